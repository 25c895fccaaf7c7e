//! The tables of this module.

diesel::table! {
    api_keys (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        scopes -> Array<Text>,
        prefix -> Text,
        secret_hash -> Bytea,
        previous_prefix -> Nullable<Text>,
        previous_hash -> Nullable<Bytea>,
        previous_until -> Nullable<Timestamptz>,
        expires_at -> Nullable<Timestamptz>,
        last_used_at -> Nullable<Timestamptz>,
        last_used_ip -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}
