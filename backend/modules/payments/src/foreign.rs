//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

diesel::table! {
    store_settings (store_id, key) {
        store_id -> Uuid,
        key -> Text,
        value -> Jsonb,
        updated_at -> Timestamptz,
    }
}
