//! The tables of this module.

diesel::table! {
    acme_accounts (directory) {
        directory -> Text,
        sealed_credentials -> Nullable<Bytea>,
        failures -> Int4,
        failure -> Nullable<Text>,
        due_at -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    acme_challenges (token) {
        token -> Text,
        host -> Text,
        answer -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    certificates (store_id, host) {
        store_id -> Uuid,
        host -> Text,
        due_at -> Timestamptz,
        order_url -> Nullable<Text>,
        failures -> Int4,
        failure -> Nullable<Text>,
        failed_at -> Nullable<Timestamptz>,
        chain -> Nullable<Text>,
        sealed_key -> Nullable<Bytea>,
        issuer -> Nullable<Text>,
        valid_from -> Nullable<Timestamptz>,
        valid_until -> Nullable<Timestamptz>,
        issued_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}
