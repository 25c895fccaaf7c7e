//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

use crate::schema::carts;

diesel::table! {
    jobs (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        status -> Text,
    }
}

diesel::table! {
    stores (id) {
        id -> Uuid,
    }
}

diesel::allow_tables_to_appear_in_same_query!(carts, stores);
