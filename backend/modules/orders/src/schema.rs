//! The tables of this module.

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

diesel::allow_tables_to_appear_in_same_query!(
    cart_items,
    carts,
    fulfilment_items,
    fulfilments,
    order_items,
    order_status_history,
    orders,
    shipping_methods,
    tax_rates
);
