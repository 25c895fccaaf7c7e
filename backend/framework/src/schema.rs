//! The tables of the framework itself. Those of modules that it reads are in [`crate::foreign`].

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
    impersonations (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        user_name -> Text,
        user_email -> Text,
        reason -> Text,
        may_change -> Bool,
        host -> Text,
        token_hash -> Nullable<Bytea>,
        link_expires_at -> Timestamptz,
        began_at -> Nullable<Timestamptz>,
        ends_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        ended_by -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
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
    user_challenges (id) {
        id -> Uuid,
        user_id -> Uuid,
        area -> Text,
        token_hash -> Bytea,
        account_version -> Int4,
        tries -> Int4,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    user_recovery_codes (user_id, code_hash) {
        user_id -> Uuid,
        code_hash -> Bytea,
    }
}

diesel::table! {
    user_second_factors (user_id) {
        user_id -> Uuid,
        secret -> Bytea,
        confirmed_at -> Nullable<Timestamptz>,
        last_step -> Int8,
        failures -> Int4,
        failed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(idempotency_keys, jobs, mail_messages);
