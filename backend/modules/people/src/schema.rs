//! The tables of this module.

diesel::table! {
    user_password_links (id) {
        id -> Uuid,
        user_id -> Uuid,
        area -> Text,
        token_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    customer_password_links (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        token_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    user_email_links (id) {
        id -> Uuid,
        user_id -> Uuid,
        area -> Text,
        email -> Text,
        token_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    customer_email_links (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        email -> Text,
        token_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    team_invitations (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        email -> Text,
        role -> Text,
        token_hash -> Bytea,
        sent_at -> Timestamptz,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        role_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    team_roles (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        description -> Text,
        rights -> Array<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    ownership_offers (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        from_user_id -> Uuid,
        member_id -> Uuid,
        user_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    user_passkeys (id) {
        id -> Uuid,
        user_id -> Uuid,
        host -> Text,
        name -> Text,
        credential_id -> Bytea,
        credential -> Jsonb,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    passkey_challenges (id) {
        id -> Uuid,
        user_id -> Nullable<Uuid>,
        area -> Text,
        host -> Text,
        token_hash -> Bytea,
        state -> Jsonb,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    customer_passkeys (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        host -> Text,
        name -> Text,
        credential_id -> Bytea,
        credential -> Jsonb,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    customer_passkey_challenges (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Nullable<Uuid>,
        host -> Text,
        token_hash -> Bytea,
        state -> Jsonb,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    admin_invitations (id) {
        id -> Uuid,
        email -> Text,
        super_admin -> Bool,
        platform_ids -> Array<Uuid>,
        invited_by -> Text,
        invited_by_id -> Uuid,
        token_hash -> Bytea,
        sent_at -> Timestamptz,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    sign_up_policies (platform_id) {
        platform_id -> Uuid,
        allowed -> Bool,
        max_stores -> Int4,
        terms_url -> Text,
        terms_version -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    sign_ups (id) {
        id -> Uuid,
        platform_id -> Uuid,
        email -> Text,
        name -> Text,
        code -> Text,
        currency -> Text,
        locale -> Text,
        terms_url -> Text,
        terms_version -> Text,
        accepted_at -> Timestamptz,
        token_hash -> Nullable<Bytea>,
        made_store -> Nullable<Uuid>,
        made_user -> Nullable<Uuid>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

/// Those that stand beside accounts.
mod beside {
    use super::{customer_passkeys, user_passkeys};
    use crate::foreign::{customers, users};

    diesel::allow_tables_to_appear_in_same_query!(user_passkeys, users);
    diesel::allow_tables_to_appear_in_same_query!(customer_passkeys, customers);
}
