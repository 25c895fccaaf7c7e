//! The tables of this module.

diesel::table! {
    customer_addresses (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        address -> Jsonb,
        is_default -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
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

diesel::allow_tables_to_appear_in_same_query!(customer_addresses, customers);
