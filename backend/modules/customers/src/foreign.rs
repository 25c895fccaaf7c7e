//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

diesel::table! {
    orders (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        number -> Nullable<Int8>,
        customer_id -> Nullable<Uuid>,
        status -> Text,
        currency -> Text,
        placed_at -> Timestamptz,
    }
}
