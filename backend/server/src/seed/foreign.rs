//! Tables of modules of which seeds look up what is there already, with the columns that they read.

diesel::table! {
    customers (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        email -> Text,
    }
}

diesel::table! {
    order_items (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        order_id -> Uuid,
        position -> Int4,
    }
}

diesel::table! {
    orders (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
    }
}

diesel::table! {
    platforms (id) {
        id -> Uuid,
        code -> Text,
    }
}

diesel::table! {
    product_categories (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        slug -> Text,
    }
}

diesel::table! {
    product_images (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        product_id -> Uuid,
    }
}

diesel::table! {
    product_variants (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        product_id -> Uuid,
        sku -> Nullable<Text>,
    }
}

diesel::table! {
    products (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        slug -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(product_images, products);
