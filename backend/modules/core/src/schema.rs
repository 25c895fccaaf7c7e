//! The tables of this module.

diesel::table! {
    platform_sidebars (platform_id) {
        platform_id -> Uuid,
        entry_order -> Array<Text>,
        hidden -> Array<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}
