//! The tables of this module.

diesel::table! {
    oauth_clients (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        client_id -> Text,
        by_document -> Bool,
        name -> Text,
        redirect_uris -> Array<Text>,
        created_by -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    oauth_grants (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        client_id -> Uuid,
        user_id -> Uuid,
        person -> Text,
        scopes -> Array<Text>,
        host -> Text,
        by_passkey -> Bool,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        ends_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        last_used_ip -> Nullable<Text>,
    }
}

diesel::table! {
    oauth_codes (store_id, code_hash) {
        store_id -> Uuid,
        code_hash -> Bytea,
        grant_id -> Uuid,
        redirect_uri -> Text,
        challenge -> Text,
        resource -> Text,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    oauth_tokens (store_id, token_hash) {
        store_id -> Uuid,
        token_hash -> Bytea,
        grant_id -> Uuid,
        kind -> Text,
        scopes -> Array<Text>,
        issued_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(oauth_clients, oauth_grants, oauth_codes, oauth_tokens);
