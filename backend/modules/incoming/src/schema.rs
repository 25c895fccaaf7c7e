//! The tables of this module.

diesel::table! {
    incoming_webhooks (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        source -> Text,
        event_id -> Text,
        event -> Text,
        body -> Text,
        received_at -> Timestamptz,
        handled_at -> Nullable<Timestamptz>,
        outcome -> Nullable<Text>,
    }
}
