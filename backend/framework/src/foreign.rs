//! Tables of modules that the framework reads by itself, before any module is asked.
//!
//! Which store a request is for, and who asks, has to be known before there is a gate that a module could stand behind; and the framework knows no
//! module. So it holds these beside their owners, and
//! `tests/architecture/tables.rs` says for which part of it:
//!
//! * platforms, stores, their addresses and the switches of modules (`tenancy`) for the directory;
//! * accounts of administrators and staff with their sessions and roles (`tenancy`, and `people` for roles that stores make), and those of customers (`customers`), for signing in and for the gates.
//!
//! Everything else about them is their owners'.

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
    customer_sessions (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        refresh_hash -> Bytea,
        previous_hash -> Nullable<Bytea>,
        rotated_at -> Timestamptz,
        user_agent -> Text,
        ip -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    customers (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        active -> Bool,
        locale -> Text,
        metadata -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        external_id -> Nullable<Text>,
        email_verified_at -> Nullable<Timestamptz>,
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
        second_factor_required -> Bool,
        label_redirects -> Bool,
    }
}

diesel::table! {
    team_roles (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        rights -> Array<Text>,
    }
}

diesel::table! {
    user_sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        area -> Text,
        refresh_hash -> Bytea,
        previous_hash -> Nullable<Bytea>,
        rotated_at -> Timestamptz,
        user_agent -> Text,
        ip -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        passkey_id -> Nullable<Uuid>,
        passkey_host -> Nullable<Text>,
        impersonation_id -> Nullable<Uuid>,
        ends_at -> Nullable<Timestamptz>,
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
        email_verified_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    admin_roles,
    customer_sessions,
    customers,
    memberships,
    platform_modules,
    platforms,
    store_domains,
    store_subdomains,
    stores,
    team_roles,
    user_sessions,
    users
);

/// Those of the server's own tables that stand beside accounts.
mod beside {
    use super::{admin_roles, stores, user_sessions, users};
    use crate::schema::{impersonations, user_challenges, user_second_factors};

    diesel::allow_tables_to_appear_in_same_query!(impersonations, stores);
    diesel::allow_tables_to_appear_in_same_query!(impersonations, admin_roles);
    diesel::allow_tables_to_appear_in_same_query!(impersonations, users);
    diesel::allow_tables_to_appear_in_same_query!(user_challenges, users);
    diesel::allow_tables_to_appear_in_same_query!(user_second_factors, user_sessions);
    diesel::allow_tables_to_appear_in_same_query!(user_second_factors, users);
}
