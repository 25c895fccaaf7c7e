//! The tables of this module.

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

diesel::allow_tables_to_appear_in_same_query!(payment_ledger, payments, test_card_charges);
