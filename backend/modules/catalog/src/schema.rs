//! The tables of this module.

diesel::table! {
    category_slug_redirects (store_id, slug) {
        store_id -> Uuid,
        slug -> Text,
        category_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    import_changes (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        import_id -> Uuid,
        kind -> Text,
        thing_id -> Uuid,
        version_before -> Int4,
        version -> Int4,
        variants -> Array<Uuid>,
        before -> Jsonb,
        left_because -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    import_errors (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        import_id -> Uuid,
        line -> Int4,
        column_name -> Text,
        code -> Text,
        detail -> Text,
        severity -> Text,
        product -> Text,
        value -> Text,
    }
}

diesel::table! {
    import_mappings (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        headings -> Array<Text>,
        mapping -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    import_refused_rows (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        import_id -> Uuid,
        line -> Int4,
        reason -> Text,
        cells -> Array<Text>,
    }
}

diesel::table! {
    import_undos (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        import_id -> Uuid,
        status -> Text,
        place -> Nullable<Uuid>,
        total_count -> Int4,
        processed_count -> Int4,
        removed_count -> Int4,
        restored_count -> Int4,
        left_count -> Int4,
        category_count -> Int4,
        failure -> Nullable<Text>,
        actor_label -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    imports (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        status -> Text,
        dry_run -> Bool,
        file_name -> Text,
        storage_key -> Text,
        total_rows -> Int4,
        processed_rows -> Int4,
        created_count -> Int4,
        updated_count -> Int4,
        unchanged_count -> Int4,
        failed_count -> Int4,
        failure -> Nullable<Text>,
        actor_label -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        note_count -> Int4,
        header -> Array<Text>,
        choices -> Jsonb,
        left_count -> Int4,
        missing_count -> Int4,
        mapping -> Jsonb,
        seen_columns -> Jsonb,
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
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    product_category_links (store_id, category_id, product_id) {
        store_id -> Uuid,
        category_id -> Uuid,
        product_id -> Uuid,
        position -> Int4,
    }
}

diesel::table! {
    product_images (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        product_id -> Uuid,
        variant_id -> Nullable<Uuid>,
        position -> Int4,
        alt -> Text,
        status -> Text,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        placeholder -> Nullable<Text>,
        source_url -> Nullable<Text>,
        fetch_error -> Nullable<Text>,
        import_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        avif_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    product_slug_redirects (store_id, slug) {
        store_id -> Uuid,
        slug -> Text,
        product_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    product_variants (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        product_id -> Uuid,
        title -> Text,
        option_values -> Array<Text>,
        sku -> Nullable<Text>,
        barcode -> Text,
        price_minor -> Int8,
        compare_at_minor -> Nullable<Int8>,
        weight_grams -> Int4,
        taxable -> Bool,
        requires_shipping -> Bool,
        track_inventory -> Bool,
        position -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        external_id -> Nullable<Text>,
        metadata -> Jsonb,
        cost_minor -> Nullable<Int8>,
        content_milli -> Nullable<Int8>,
        content_unit -> Nullable<Text>,
    }
}

diesel::table! {
    products (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        slug -> Text,
        title -> Text,
        description_html -> Text,
        vendor -> Text,
        product_type -> Text,
        tags -> Array<Text>,
        status -> Text,
        featured -> Bool,
        options -> Jsonb,
        min_price_minor -> Int8,
        max_price_minor -> Int8,
        seo_title -> Text,
        seo_description -> Text,
        metadata -> Jsonb,
        published_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        import_key -> Nullable<Text>,
        external_id -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    category_slug_redirects,
    import_changes,
    import_errors,
    import_mappings,
    import_refused_rows,
    import_undos,
    imports,
    product_categories,
    product_category_links,
    product_images,
    product_slug_redirects,
    product_variants,
    products
);
