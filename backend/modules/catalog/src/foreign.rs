//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

use crate::schema::product_images;

diesel::table! {
    stores (id) {
        id -> Uuid,
    }
}

diesel::allow_tables_to_appear_in_same_query!(product_images, stores);
