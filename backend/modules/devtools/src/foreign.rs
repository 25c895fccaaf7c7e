//! Tables of other modules that this one still reads by itself, with the columns that it reads. `tests/architecture/tables.rs` knows each
//! with the reason; there are to be fewer.

diesel::table! {
    admin_roles (id) {
        id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        platform_id -> Nullable<Uuid>,
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
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    platform_modules (platform_id, module) {
        platform_id -> Uuid,
        module -> Text,
        enabled -> Bool,
    }
}

diesel::table! {
    platforms (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        domain -> Text,
        active -> Bool,
    }
}

diesel::table! {
    store_domains (store_id, id) {
        store_id -> Uuid,
        id -> Uuid,
        host -> Text,
        status -> Text,
        is_primary -> Bool,
        deleted_at -> Nullable<Timestamptz>,
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
        currency -> Text,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        active -> Bool,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    admin_roles,
    mail_messages,
    memberships,
    platform_modules,
    platforms,
    store_domains,
    stores,
    users
);
