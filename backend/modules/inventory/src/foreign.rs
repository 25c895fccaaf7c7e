//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

use crate::schema::inventory_levels;

diesel::table! {
    product_variants (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        product_id -> Uuid,
        title -> Text,
        sku -> Nullable<Text>,
        track_inventory -> Bool,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    products (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        title -> Text,
        status -> Text,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(product_variants, products);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, product_variants);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, products);
