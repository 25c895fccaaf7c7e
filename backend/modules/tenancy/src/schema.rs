//! The tables of this module.

diesel::table! {
    admin_roles (id) {
        id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        platform_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    memberships (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        role_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    platform_modules (platform_id, module) {
        platform_id -> Uuid,
        module -> Text,
        enabled -> Bool,
        changed_by -> Nullable<Uuid>,
        changed_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    platforms (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        domain -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    store_domains (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        host -> Text,
        status -> Text,
        is_primary -> Bool,
        token -> Text,
        last_checked_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        next_check_at -> Nullable<Timestamptz>,
        missed -> Int4,
        proven_at -> Nullable<Timestamptz>,
        lost_since -> Nullable<Timestamptz>,
        last_check -> Nullable<Jsonb>,
    }
}

diesel::table! {
    store_settings (store_id, key) {
        store_id -> Uuid,
        key -> Text,
        value -> Jsonb,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    store_subdomains (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        platform_id -> Uuid,
        label -> Text,
        redirect_until -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    store_themes (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        active -> Bool,
        tokens -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    stores (id) {
        id -> Uuid,
        platform_id -> Uuid,
        code -> Text,
        subdomain -> Text,
        name -> Text,
        status -> Text,
        suspended_reason -> Nullable<Text>,
        currency -> Text,
        prices_include_tax -> Bool,
        locale -> Text,
        timezone -> Text,
        contact_email -> Text,
        owner_user_id -> Uuid,
        catalog_version -> Int8,
        metadata -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        opened_at -> Nullable<Timestamptz>,
        guest_key -> Text,
        guest_password_hash -> Nullable<Text>,
        allowed_origins -> Array<Text>,
        label_redirects -> Bool,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    admin_roles,
    memberships,
    platform_modules,
    platforms,
    store_domains,
    store_settings,
    store_subdomains,
    store_themes,
    stores,
    users
);
