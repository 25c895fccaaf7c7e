//! The tables of this module.

diesel::table! {
    webhook_endpoints (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        url -> Text,
        description -> Text,
        events -> Array<Text>,
        payload -> Text,
        enabled -> Bool,
        off_reason -> Nullable<Text>,
        off_at -> Nullable<Timestamptz>,
        secret -> Bytea,
        previous_secret -> Nullable<Bytea>,
        previous_secret_until -> Nullable<Timestamptz>,
        last_sequence -> Int8,
        failures -> Int4,
        failing_since -> Nullable<Timestamptz>,
        paused_until -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    webhook_messages (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        event -> Text,
        event_version -> Int4,
        object_id -> Text,
        occurred_at -> Timestamptz,
        data -> Jsonb,
        is_test -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    webhook_deliveries (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        endpoint_id -> Uuid,
        message_id -> Uuid,
        sequence -> Int8,
        event -> Text,
        object_id -> Text,
        status -> Text,
        attempts -> Int4,
        next_at -> Nullable<Timestamptz>,
        tries -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(webhook_endpoints, webhook_messages, webhook_deliveries);
