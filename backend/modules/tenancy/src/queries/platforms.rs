//! Platforms and their module switches.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use crate::model::{PlatformRow, Scope};
use crate::schema::{platform_modules, platforms, store_domains, stores};

/// The platforms inside the scope, by code.
pub(crate) fn list_platforms(conn: &mut PgConnection, scope: &Scope) -> QueryResult<Vec<PlatformRow>> {
    let mut query = platforms::table
        .select(PlatformRow::as_select())
        .order(platforms::code)
        .into_boxed();
    if let Scope::Platforms(ids) = scope {
        query = query.filter(platforms::id.eq_any(ids));
    }
    query.load(conn)
}

/// One platform.
pub(crate) fn find_platform(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<PlatformRow>> {
    platforms::table.find(id).select(PlatformRow::as_select()).first(conn).optional()
}

/// What changes of platforms hold alone, and stores share whose domains are switched on; who works for a store may not lock the table.
const HOSTS: &str = "hashtextextended('hosts of platforms and stores', 0)";

/// Lets nobody else add or change a platform until the transaction ends, and no store's domain be switched on: whether a domain is free depends on all
/// rows, and on some that there are not yet.
pub(crate) fn take_turns(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "LOCK TABLE platforms IN SHARE ROW EXCLUSIVE MODE; SELECT pg_advisory_xact_lock({HOSTS})"
    ))
}

/// The domains of all platforms, also of those that are not active, which stay as they are until the transaction ends.
pub(crate) fn hold_domains(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    conn.batch_execute(&format!("SELECT pg_advisory_xact_lock_shared({HOSTS})"))?;
    platforms::table.select(platforms::domain).load(conn)
}

/// The domain of another platform than `but` that is this one, or lies below or above it.
pub(crate) fn find_near(conn: &mut PgConnection, domain: &str, but: Uuid) -> QueryResult<Option<String>> {
    let below = platforms::domain.like(format!("%.{domain}"));
    let above = domain.into_sql::<Text>().like("%.".into_sql::<Text>().concat(platforms::domain));
    let near = platforms::table
        .filter(platforms::domain.eq(domain).or(below).or(above))
        .filter(platforms::id.ne(but));
    near.select(platforms::domain).first(conn).optional()
}

/// An active domain of a store that is this one or lies below it, which would be taken for a label of the platform and found no more; or that this one is
/// `www.` before, which leads to the store.
pub(crate) fn find_store_domain(conn: &mut PgConnection, domain: &str) -> QueryResult<Option<String>> {
    let below = store_domains::host.like(format!("%.{domain}"));
    let bare = domain.strip_prefix("www.").unwrap_or(domain);
    let near = store_domains::table
        .filter(store_domains::status.eq("active"))
        .filter(store_domains::deleted_at.is_null())
        .filter(store_domains::host.eq(domain).or(store_domains::host.eq(bare)).or(below));
    near.select(store_domains::host).first(conn).optional()
}

/// Whether a platform is on beside another.
pub(crate) fn has_other_active(conn: &mut PgConnection, but: Uuid) -> QueryResult<bool> {
    let others = platforms::table.filter(platforms::active).filter(platforms::id.ne(but));
    diesel::select(diesel::dsl::exists(others)).get_result(conn)
}

/// What is changed of a platform; `None` stays.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = platforms)]
pub(crate) struct PlatformChanges<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) domain: Option<&'a str>,
    pub(crate) active: Option<bool>,
}

/// Changes a platform.
pub(crate) fn update_platform(
    conn: &mut PgConnection,
    id: Uuid,
    changes: &PlatformChanges<'_>,
    now: DateTime<Utc>,
) -> QueryResult<PlatformRow> {
    diesel::update(platforms::table.find(id))
        .set((
            changes,
            platforms::updated_at.eq(now),
            platforms::version.eq(platforms::version + 1),
        ))
        .returning(PlatformRow::as_returning())
        .get_result(conn)
}

/// Holds the platform's row, so that switches of one platform happen one after the other: whether a module may be switched depends on
/// the rows of others, which a version of its own row could not guard.
pub(crate) fn lock_platform(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<PlatformRow>> {
    platforms::table
        .find(id)
        .select(PlatformRow::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()
}

/// How many live stores each platform has.
pub(crate) fn count_stores(conn: &mut PgConnection) -> QueryResult<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i64)> = stores::table
        .filter(stores::deleted_at.is_null())
        .group_by(stores::platform_id)
        .select((stores::platform_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Every switch that is on, by platform. A row may name a module that this build no longer has.
pub(crate) fn list_enabled(conn: &mut PgConnection, scope: &Scope) -> QueryResult<HashMap<Uuid, BTreeSet<String>>> {
    let mut query = platform_modules::table
        .filter(platform_modules::enabled)
        .select((platform_modules::platform_id, platform_modules::module))
        .into_boxed();
    if let Scope::Platforms(ids) = scope {
        query = query.filter(platform_modules::platform_id.eq_any(ids));
    }
    let mut enabled: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    for (platform, module) in query.load::<(Uuid, String)>(conn)? {
        enabled.entry(platform).or_default().insert(module);
    }
    Ok(enabled)
}

/// Adds a platform.
pub(crate) fn insert_platform(conn: &mut PgConnection, row: &PlatformRow, now: DateTime<Utc>) -> QueryResult<()> {
    let PlatformRow {
        id,
        code,
        name,
        domain,
        active,
        version,
    } = row;
    diesel::insert_into(platforms::table)
        .values((
            platforms::id.eq(id),
            platforms::code.eq(code),
            platforms::name.eq(name),
            platforms::domain.eq(domain),
            platforms::active.eq(active),
            platforms::version.eq(version),
            platforms::created_at.eq(now),
            platforms::updated_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// A switch to be set.
pub(crate) struct SetSwitch<'a> {
    pub(crate) platform: Uuid,
    pub(crate) module: &'a str,
    pub(crate) enabled: bool,
    pub(crate) by: Option<Uuid>,
    pub(crate) at: DateTime<Utc>,
}

/// Sets a switch; its version counts how often it was moved.
pub(crate) fn set_switch(conn: &mut PgConnection, switch: &SetSwitch<'_>) -> QueryResult<()> {
    use platform_modules::dsl;
    diesel::insert_into(platform_modules::table)
        .values((
            dsl::platform_id.eq(switch.platform),
            dsl::module.eq(switch.module),
            dsl::enabled.eq(switch.enabled),
            dsl::changed_by.eq(switch.by),
            dsl::changed_at.eq(switch.at),
        ))
        .on_conflict((dsl::platform_id, dsl::module))
        .do_update()
        .set((
            dsl::enabled.eq(switch.enabled),
            dsl::changed_by.eq(switch.by),
            dsl::changed_at.eq(switch.at),
            dsl::version.eq(platform_modules::version + 1),
        ))
        .execute(conn)
        .map(|_| ())
}
