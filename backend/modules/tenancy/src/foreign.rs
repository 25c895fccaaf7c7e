//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

use crate::schema::stores;

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
        created_at -> Timestamptz,
    }
}

diesel::table! {
    jobs (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        status -> Text,
        attempts -> Int4,
        max_attempts -> Int4,
        run_at -> Timestamptz,
        leased_by -> Nullable<Text>,
        lease_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        progress_done -> Nullable<Int4>,
        progress_total -> Nullable<Int4>,
        retry_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    product_categories (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        parent_id -> Nullable<Uuid>,
        slug -> Text,
        name -> Text,
        description -> Text,
        position -> Int4,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    product_category_links (store_id, category_id, product_id) {
        store_id -> Uuid,
        category_id -> Uuid,
        product_id -> Uuid,
    }
}

diesel::table! {
    products (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        status -> Text,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(product_category_links, products);
diesel::allow_tables_to_appear_in_same_query!(audit_log, stores);
diesel::allow_tables_to_appear_in_same_query!(jobs, stores);
