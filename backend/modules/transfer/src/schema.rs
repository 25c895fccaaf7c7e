//! The tables of this module.

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
