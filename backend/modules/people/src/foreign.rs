//! Tables of other modules that this one still works with by itself, with the columns that it uses. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

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
    customers (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        email -> Text,
        name -> Text,
        locale -> Text,
        password_hash -> Nullable<Text>,
        active -> Bool,
        updated_at -> Timestamptz,
        email_verified_at -> Nullable<Timestamptz>,
        deleted_at -> Nullable<Timestamptz>,
        version -> Int4,
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
        deleted_at -> Nullable<Timestamptz>,
        version -> Int4,
        role_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    platforms (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        domain -> Text,
        active -> Bool,
    }
}

diesel::table! {
    stores (id) {
        id -> Uuid,
        platform_id -> Uuid,
        code -> Text,
        name -> Text,
        deleted_at -> Nullable<Timestamptz>,
        second_factor_required -> Bool,
    }
}

diesel::table! {
    user_sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        rotated_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        active -> Bool,
        disabled_reason -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        email_verified_at -> Nullable<Timestamptz>,
        deleted_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::allow_tables_to_appear_in_same_query!(admin_roles, memberships, platforms, stores, user_sessions, users);
