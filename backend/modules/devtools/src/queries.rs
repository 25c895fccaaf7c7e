//! Reads across stores.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::foreign::{admin_roles, mail_messages, memberships, platform_modules, platforms, store_domains, stores, users};

/// A platform.
#[derive(Debug, Queryable)]
pub(crate) struct PlatformRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) domain: String,
}

/// A store.
#[derive(Debug, Queryable)]
pub(crate) struct StoreRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) subdomain: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) currency: String,
}

/// A mail.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = mail_messages)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct MailRow {
    pub(crate) id: Uuid,
    pub(crate) store_id: Uuid,
    pub(crate) sender: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) recipient: String,
    pub(crate) subject: String,
    pub(crate) text_body: String,
    pub(crate) html_body: String,
    pub(crate) status: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) sent_at: Option<DateTime<Utc>>,
    pub(crate) message_key: String,
    pub(crate) secret: Option<Vec<u8>>,
}

/// The active platforms, the oldest first.
pub(crate) fn list_platforms(conn: &mut PgConnection) -> QueryResult<Vec<PlatformRow>> {
    platforms::table
        .filter(platforms::active)
        .order(platforms::id)
        .select((platforms::id, platforms::code, platforms::name, platforms::domain))
        .load(conn)
}

/// The modules that are switched on for a platform.
pub(crate) fn list_modules(conn: &mut PgConnection, platform: Uuid) -> QueryResult<Vec<String>> {
    platform_modules::table
        .filter(platform_modules::platform_id.eq(platform))
        .filter(platform_modules::enabled)
        .order(platform_modules::module)
        .select(platform_modules::module)
        .load(conn)
}

/// The oldest stores of a platform.
pub(crate) fn list_stores(conn: &mut PgConnection, platform: Uuid, limit: i64) -> QueryResult<Vec<StoreRow>> {
    stores::table
        .filter(stores::platform_id.eq(platform))
        .filter(stores::deleted_at.is_null())
        .order(stores::id)
        .limit(limit)
        .select((
            stores::id,
            stores::code,
            stores::subdomain,
            stores::name,
            stores::status,
            stores::currency,
        ))
        .load(conn)
}

/// How many stores a platform has.
pub(crate) fn count_stores(conn: &mut PgConnection, platform: Uuid) -> QueryResult<i64> {
    stores::table
        .filter(stores::platform_id.eq(platform))
        .filter(stores::deleted_at.is_null())
        .count()
        .get_result(conn)
}

/// Active domains of some stores.
pub(crate) fn list_domains(conn: &mut PgConnection, store_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    store_domains::table
        .filter(store_domains::store_id.eq_any(store_ids))
        .filter(store_domains::status.eq("active"))
        .filter(store_domains::deleted_at.is_null())
        .order((store_domains::is_primary.desc(), store_domains::host))
        .select((store_domains::store_id, store_domains::host))
        .load(conn)
}

/// The teams of some stores as (store, e-mail, role), owners first.
pub(crate) fn list_staff(conn: &mut PgConnection, store_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String, String)>> {
    memberships::table
        .inner_join(users::table.on(users::id.eq(memberships::user_id)))
        .filter(memberships::store_id.eq_any(store_ids))
        .filter(memberships::active)
        .filter(memberships::deleted_at.is_null())
        .order(memberships::id)
        .select((memberships::store_id, users::email, memberships::role))
        .load(conn)
}

/// The administrators as (e-mail, role, platform's name).
pub(crate) fn list_admins(conn: &mut PgConnection) -> QueryResult<Vec<(String, String, Option<String>)>> {
    admin_roles::table
        .inner_join(users::table.on(users::id.eq(admin_roles::user_id)))
        .left_join(platforms::table.on(platforms::id.nullable().eq(admin_roles::platform_id)))
        .filter(users::active)
        .filter(users::deleted_at.is_null())
        .order(admin_roles::id)
        .select((users::email, admin_roles::role, platforms::name.nullable()))
        .load(conn)
}

/// Names of stores.
pub(crate) fn list_store_names(conn: &mut PgConnection, store_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    stores::table
        .filter(stores::id.eq_any(store_ids))
        .select((stores::id, stores::name))
        .load(conn)
}

/// The newest mails, to one recipient or to all.
pub(crate) fn list_mails(conn: &mut PgConnection, recipient: Option<&str>, limit: i64) -> QueryResult<Vec<MailRow>> {
    let mut query = mail_messages::table.order(mail_messages::id.desc()).limit(limit).into_boxed();
    if let Some(recipient) = recipient {
        query = query.filter(mail_messages::recipient.eq(recipient));
    }
    query.select(MailRow::as_select()).load(conn)
}

/// One mail of any store.
pub(crate) fn find_mail(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<MailRow>> {
    mail_messages::table
        .filter(mail_messages::id.eq(id))
        .select(MailRow::as_select())
        .first(conn)
        .optional()
}
