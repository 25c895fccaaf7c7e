//! The tables of this module.

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

diesel::allow_tables_to_appear_in_same_query!(inventory_levels, inventory_movements);
