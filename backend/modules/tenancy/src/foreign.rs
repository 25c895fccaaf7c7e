//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

use crate::schema::{memberships, platforms, stores, users};

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
        ip -> Nullable<Text>,
        impersonation_id -> Nullable<Uuid>,
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
    team_roles (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        name -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(audit_log, stores);
diesel::allow_tables_to_appear_in_same_query!(jobs, stores);
diesel::allow_tables_to_appear_in_same_query!(team_roles, memberships);
diesel::allow_tables_to_appear_in_same_query!(team_roles, platforms);
diesel::allow_tables_to_appear_in_same_query!(team_roles, stores);
diesel::allow_tables_to_appear_in_same_query!(team_roles, users);
