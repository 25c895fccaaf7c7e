//! The tables as Diesel sees them, in alphabetical order; generated from the migrated database (`products.search_vector` is only used in SQL).

diesel::table! {
    admin_roles (id) {
        id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        platform_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit_log (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        actor_kind -> Text,
        actor_id -> Nullable<Uuid>,
        actor_label -> Text,
        action -> Text,
        entity -> Text,
        entity_id -> Nullable<Uuid>,
        changes -> Jsonb,
        request_id -> Nullable<Text>,
        ip -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    cart_items (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        cart_id -> Uuid,
        variant_id -> Uuid,
        quantity -> Int4,
        seen_price_minor -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    carts (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        token_hash -> Bytea,
        customer_id -> Nullable<Uuid>,
        status -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        expires_at -> Timestamptz,
        follows -> Nullable<Uuid>,
    }
}

diesel::table! {
    customer_addresses (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        address -> Jsonb,
        is_default -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    customer_sessions (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        customer_id -> Uuid,
        refresh_hash -> Bytea,
        previous_hash -> Nullable<Bytea>,
        rotated_at -> Timestamptz,
        user_agent -> Text,
        ip -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    customers (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        active -> Bool,
        locale -> Text,
        metadata -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        external_id -> Nullable<Text>,
    }
}

diesel::table! {
    exports (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        format -> Text,
        filter -> Text,
        status -> Text,
        done_count -> Int8,
        total_count -> Nullable<Int8>,
        cut_count -> Int8,
        file_name -> Text,
        size_bytes -> Nullable<Int8>,
        sha256 -> Nullable<Text>,
        failure -> Nullable<Text>,
        actor_label -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        expires_at -> Nullable<Timestamptz>,
        members -> Jsonb,
        missing_count -> Int8,
    }
}

diesel::table! {
    fulfilment_items (store_id, fulfilment_id, order_item_id) {
        store_id -> Uuid,
        fulfilment_id -> Uuid,
        order_item_id -> Uuid,
        quantity -> Int4,
    }
}

diesel::table! {
    fulfilments (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        order_id -> Uuid,
        carrier -> Text,
        tracking_number -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    idempotency_keys (store_id, principal, route, key) {
        store_id -> Uuid,
        principal -> Text,
        route -> Text,
        key -> Text,
        fingerprint -> Bytea,
        resource_id -> Nullable<Uuid>,
        response_status -> Nullable<Int2>,
        response_body -> Nullable<Bytea>,
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
    inventory_levels (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        location_id -> Uuid,
        variant_id -> Uuid,
        on_hand -> Int4,
        reserved -> Int4,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    inventory_locations (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        is_default -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    inventory_movements (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        level_id -> Uuid,
        variant_id -> Uuid,
        on_hand_delta -> Int4,
        reserved_delta -> Int4,
        reason -> Text,
        order_id -> Nullable<Uuid>,
        note -> Text,
        actor_label -> Text,
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
        priority -> Int2,
        unique_key -> Nullable<Text>,
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
    mail_messages (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        message_key -> Text,
        sender -> Text,
        recipient -> Text,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        status -> Text,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        reply_to -> Nullable<Text>,
        secret -> Nullable<Bytea>,
    }
}

diesel::table! {
    memberships (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    order_counters (store_id) {
        store_id -> Uuid,
        last_number -> Int8,
    }
}

diesel::table! {
    order_items (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        order_id -> Uuid,
        product_id -> Uuid,
        variant_id -> Uuid,
        title -> Text,
        variant_title -> Text,
        sku -> Text,
        image_id -> Nullable<Uuid>,
        quantity -> Int4,
        unit_price_minor -> Int8,
        subtotal_minor -> Int8,
        tax_rate_ppm -> Int4,
        tax_minor -> Int8,
        reserved -> Bool,
        requires_shipping -> Bool,
        fulfilled_quantity -> Int4,
        refunded_quantity -> Int4,
        position -> Int4,
    }
}

diesel::table! {
    order_status_history (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        order_id -> Uuid,
        event -> Text,
        from_status -> Nullable<Text>,
        to_status -> Nullable<Text>,
        actor_kind -> Text,
        actor_label -> Text,
        note -> Text,
        customer_visible -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    orders (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        number -> Nullable<Int8>,
        cart_id -> Nullable<Uuid>,
        customer_id -> Nullable<Uuid>,
        email -> Text,
        locale -> Text,
        channel -> Text,
        status -> Text,
        payment_status -> Text,
        fulfilment_status -> Text,
        currency -> Text,
        prices_include_tax -> Bool,
        subtotal_minor -> Int8,
        discount_minor -> Int8,
        shipping_minor -> Int8,
        tax_minor -> Int8,
        total_minor -> Int8,
        shipping_method -> Text,
        tax_name -> Text,
        tax_rate_ppm -> Int4,
        shipping_address -> Jsonb,
        billing_address -> Jsonb,
        note -> Text,
        cancel_reason -> Nullable<Text>,
        metadata -> Jsonb,
        placed_at -> Timestamptz,
        cancelled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        external_id -> Nullable<Text>,
    }
}

diesel::table! {
    outbox_events (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        event -> Text,
        payload -> Jsonb,
        created_at -> Timestamptz,
        dispatched_at -> Nullable<Timestamptz>,
        version -> Int2,
    }
}

diesel::table! {
    payment_ledger (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        payment_id -> Uuid,
        entry -> Text,
        amount_minor -> Int8,
        currency -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    payments (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        order_id -> Uuid,
        provider -> Text,
        status -> Text,
        amount_minor -> Int8,
        currency -> Text,
        provider_token -> Nullable<Text>,
        card_last4 -> Nullable<Text>,
        provider_reference -> Nullable<Text>,
        failure_code -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    platform_modules (platform_id, module) {
        platform_id -> Uuid,
        module -> Text,
        enabled -> Bool,
        changed_by -> Nullable<Uuid>,
        changed_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    platforms (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        domain -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
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
    catalog_changes (store_id, changed_in, product_id) {
        store_id -> Uuid,
        changed_in -> Int8,
        product_id -> Uuid,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    category_slug_redirects (store_id, slug) {
        store_id -> Uuid,
        slug -> Text,
        category_id -> Uuid,
        created_at -> Timestamptz,
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
    product_words (store_id, word, product_id) {
        store_id -> Uuid,
        word -> Text,
        product_id -> Uuid,
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

diesel::table! {
    shipping_methods (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        flat_minor -> Int8,
        free_from_minor -> Nullable<Int8>,
        active -> Bool,
        position -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    store_domains (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        host -> Text,
        status -> Text,
        is_primary -> Bool,
        token -> Text,
        last_checked_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    store_settings (store_id, key) {
        store_id -> Uuid,
        key -> Text,
        value -> Jsonb,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    store_subdomains (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        platform_id -> Uuid,
        label -> Text,
        redirect_until -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    store_themes (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        active -> Bool,
        tokens -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    stores (id) {
        id -> Uuid,
        platform_id -> Uuid,
        code -> Text,
        subdomain -> Text,
        name -> Text,
        status -> Text,
        suspended_reason -> Nullable<Text>,
        currency -> Text,
        prices_include_tax -> Bool,
        locale -> Text,
        timezone -> Text,
        contact_email -> Text,
        owner_user_id -> Uuid,
        catalog_version -> Int8,
        metadata -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        opened_at -> Nullable<Timestamptz>,
        guest_key -> Text,
        guest_password_hash -> Nullable<Text>,
        allowed_origins -> Array<Text>,
    }
}

diesel::table! {
    tax_rates (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
        rate_ppm -> Int4,
        is_default -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    test_card_charges (store_id, idempotency_key) {
        store_id -> Uuid,
        idempotency_key -> Text,
        reference -> Text,
        outcome -> Text,
        amount_minor -> Int8,
        currency -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    user_sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        area -> Text,
        refresh_hash -> Bytea,
        previous_hash -> Nullable<Bytea>,
        rotated_at -> Timestamptz,
        user_agent -> Text,
        ip -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    admin_roles,
    audit_log,
    cart_items,
    carts,
    catalog_changes,
    customer_addresses,
    customer_sessions,
    customers,
    exports,
    fulfilment_items,
    fulfilments,
    idempotency_keys,
    import_changes,
    import_errors,
    import_refused_rows,
    import_undos,
    imports,
    inventory_levels,
    inventory_locations,
    inventory_movements,
    jobs,
    mail_messages,
    memberships,
    order_counters,
    order_items,
    order_status_history,
    orders,
    outbox_events,
    payment_ledger,
    payments,
    platform_modules,
    platforms,
    product_categories,
    product_category_links,
    product_images,
    category_slug_redirects,
    product_slug_redirects,
    product_variants,
    product_words,
    products,
    shipping_methods,
    store_domains,
    store_settings,
    store_subdomains,
    store_themes,
    stores,
    tax_rates,
    test_card_charges,
    user_sessions,
    users,
);
