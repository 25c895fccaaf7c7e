//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

diesel::table! {
    audit_log (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        actor_kind -> Text,
        actor_label -> Text,
        action -> Text,
        entity -> Text,
        entity_id -> Nullable<Uuid>,
        changes -> Jsonb,
        request_id -> Nullable<Text>,
        ip -> Nullable<Text>,
        impersonation_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}
