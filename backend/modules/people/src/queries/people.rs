//! Accounts as the administration lists them. The platforms that somebody administers narrow everything that is read here; `None` is all of them.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text, Uuid as SqlUuid};
use orion_framework::db::COUNT_LIMIT;
use uuid::Uuid;

use crate::foreign::{memberships, platforms, stores, users};
use crate::schema::{team_roles, user_passkeys};

/// Platforms that whoever asks may see; `None` for all.
pub(crate) type Platforms = Option<Vec<Uuid>>;

/// An account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct PersonRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) disabled_reason: Option<String>,
    pub(crate) email_verified_at: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

/// Which accounts are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonFilter {
    pub(crate) scope: Platforms,
    /// What address, name or last name begin with, in small letters.
    pub(crate) search: Option<String>,
    pub(crate) active: Option<bool>,
    pub(crate) administrator: Option<bool>,
    pub(crate) second_factor: Option<bool>,
}

type Accounts<'a> = users::BoxedQuery<'a, Pg>;
/// A condition on accounts.
type Condition<'a> = Box<dyn BoxableExpression<users::table, Pg, SqlType = Bool> + 'a>;

/// Who works for a store of these platforms, or administers one of them.
fn belongs_to(ids: &[Uuid]) -> Condition<'_> {
    let belongs = sql(
        "users.id IN (SELECT m.user_id FROM memberships m JOIN stores s ON s.id = m.store_id \
         WHERE m.deleted_at IS NULL AND s.deleted_at IS NULL AND s.platform_id = ANY(",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .sql(") UNION ALL SELECT a.user_id FROM admin_roles a WHERE a.platform_id = ANY(")
    .bind::<Array<SqlUuid>, _>(ids)
    .sql("))");
    Box::new(belongs)
}

/// Whether somebody is an administrator, or is none, as far as the platforms tell that are open to whoever asks.
fn administers(wanted: bool, scope: &Platforms) -> Condition<'_> {
    let not = if wanted { "" } else { "NOT " };
    let text = format!("{not}EXISTS (SELECT FROM admin_roles a WHERE a.user_id = users.id");
    match scope {
        None => Box::new(sql(&format!("{text})"))),
        Some(ids) => {
            let scoped = sql(&format!("{text} AND a.platform_id = ANY("));
            Box::new(scoped.bind::<Array<SqlUuid>, _>(ids.as_slice()).sql("))"))
        }
    }
}

/// Whether somebody has an authenticator app or a passkey, or has neither.
fn has_factor(wanted: bool) -> Condition<'static> {
    let not = if wanted { "" } else { "NOT " };
    Box::new(sql(&format!(
        "{not}(EXISTS (SELECT FROM user_second_factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL) \
         OR EXISTS (SELECT FROM user_passkeys k WHERE k.user_id = users.id))"
    )))
}

/// Whose address, name or last name begins with the words: each has an index that is compared byte by byte. They are found before anything else:
/// PostgreSQL takes any words for common ones, and would look for a rare one through everybody.
fn begins(words: &str) -> Condition<'_> {
    let begins = sql("users.id = ANY(ARRAY(SELECT u.id FROM users u WHERE u.deleted_at IS NULL AND (starts_with(u.email COLLATE \"C\", ")
        .bind::<Text, _>(words)
        .sql(") OR starts_with(lower(u.name) COLLATE \"C\", ")
        .bind::<Text, _>(words)
        .sql(") OR starts_with(lower(split_part(u.name, ' ', -1)) COLLATE \"C\", ")
        .bind::<Text, _>(words)
        .sql("))))");
    Box::new(begins)
}

fn sql(text: &str) -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql::<Bool>(text)
}

fn matching(filter: &PersonFilter) -> Accounts<'_> {
    let mut query = users::table.filter(users::deleted_at.is_null()).into_boxed();
    if let Some(ids) = &filter.scope {
        query = query.filter(belongs_to(ids));
    }
    if let Some(words) = &filter.search {
        query = query.filter(begins(words));
    }
    // As the index of those that are switched off has it.
    query = match filter.active {
        Some(true) => query.filter(users::active),
        Some(false) => query.filter(diesel::dsl::not(users::active)),
        None => query,
    };
    if let Some(wanted) = filter.administrator {
        query = query.filter(administers(wanted, &filter.scope));
    }
    match filter.second_factor {
        Some(wanted) => query.filter(has_factor(wanted)),
        None => query,
    }
}

/// A page of accounts, the newest first, those behind the account `after`.
pub(crate) fn list(conn: &mut PgConnection, filter: &PersonFilter, after: Option<Uuid>, limit: i64) -> QueryResult<Vec<PersonRow>> {
    let query = matching(filter).order(users::id.desc()).limit(limit);
    let query = match after {
        Some(last) => query.filter(users::id.lt(last)),
        None => query,
    };
    query.select(PersonRow::as_select()).load(conn)
}

/// How many accounts match, as far as lists count. Their ids are few enough to be counted here: looked for among everybody once more, as a count of
/// some would be, they took longer than finding them.
pub(crate) fn count(conn: &mut PgConnection, filter: &PersonFilter) -> QueryResult<i64> {
    let some = matching(filter).select(users::id).limit(COUNT_LIMIT);
    let ids: Vec<Uuid> = some.load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(COUNT_LIMIT))
}

/// One that the platforms show.
pub(crate) fn find(conn: &mut PgConnection, scope: &Platforms, id: Uuid) -> QueryResult<Option<PersonRow>> {
    let filter = PersonFilter {
        scope: scope.clone(),
        ..PersonFilter::default()
    };
    let found = matching(&filter).filter(users::id.eq(id));
    found.select(PersonRow::as_select()).first(conn).optional()
}

/// One, held until the transaction ends, whatever its state; whoever signs in meanwhile waits.
pub(crate) fn lock(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<PersonRow>> {
    let account = users::table.filter(users::deleted_at.is_null()).filter(users::id.eq(id));
    account.select(PersonRow::as_select()).for_no_key_update().first(conn).optional()
}

/// Switches an account on, or off for a reason.
pub(crate) fn set_active(conn: &mut PgConnection, id: Uuid, disabled_reason: Option<&str>, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(users::table.filter(users::id.eq(id)))
        .set((
            users::active.eq(disabled_reason.is_none()),
            users::disabled_reason.eq(disabled_reason),
            users::updated_at.eq(now),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Counts another part in the administration as a change of the account: who has read it before has read something else.
pub(crate) fn note_change(conn: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(users::table.filter(users::id.eq(id)))
        .set((users::updated_at.eq(now), users::version.eq(users::version + 1)))
        .execute(conn)
        .map(|_| ())
}

/// In how many teams each of these is.
pub(crate) fn count_stores(conn: &mut PgConnection, scope: &Platforms, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, i64)>> {
    let mut query = memberships::table
        .inner_join(stores::table.on(stores::id.eq(memberships::store_id)))
        .filter(memberships::user_id.eq_any(ids))
        .filter(memberships::deleted_at.is_null())
        .filter(stores::deleted_at.is_null())
        .group_by(memberships::user_id)
        .select((memberships::user_id, count_star()))
        .into_boxed();
    if let Some(platforms) = scope {
        query = query.filter(stores::platform_id.eq_any(platforms));
    }
    query.load(conn)
}

/// How many passkeys each of these has; who has none is left out.
pub(crate) fn count_passkeys(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, i64)>> {
    user_passkeys::table
        .filter(user_passkeys::user_id.eq_any(ids))
        .group_by(user_passkeys::user_id)
        .select((user_passkeys::user_id, count_star()))
        .load(conn)
}

/// Somebody's place in a team, with the store.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct PlaceRow {
    pub(crate) store_id: Uuid,
    pub(crate) store: String,
    pub(crate) store_name: String,
    pub(crate) platform_id: Uuid,
    pub(crate) role: String,
    pub(crate) role_id: Option<Uuid>,
    pub(crate) active: bool,
    pub(crate) joined_at: DateTime<Utc>,
}

/// The teams that somebody is in, by the codes of the stores.
pub(crate) fn list_places(conn: &mut PgConnection, scope: &Platforms, user: Uuid) -> QueryResult<Vec<PlaceRow>> {
    let mut query = memberships::table
        .inner_join(stores::table.on(stores::id.eq(memberships::store_id)))
        .filter(memberships::user_id.eq(user))
        .filter(memberships::deleted_at.is_null())
        .filter(stores::deleted_at.is_null())
        .order(stores::code)
        .select((
            memberships::store_id,
            stores::code,
            stores::name,
            stores::platform_id,
            memberships::role,
            memberships::role_id,
            memberships::active,
            memberships::created_at,
        ))
        .into_boxed();
    if let Some(platforms) = scope {
        query = query.filter(stores::platform_id.eq_any(platforms));
    }
    query.load(conn)
}

/// What roles of stores' own are called.
pub(crate) fn list_role_names(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    let roles = team_roles::table.filter(team_roles::id.eq_any(ids));
    roles.select((team_roles::id, team_roles::name)).load(conn)
}

/// Codes, names and domains of platforms, with whether they are on, by code.
pub(crate) fn list_platforms(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<PlatformRow>> {
    let some = platforms::table.filter(platforms::id.eq_any(ids));
    some.order(platforms::code).select(PlatformRow::as_select()).load(conn)
}

/// A platform.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = platforms)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct PlatformRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) active: bool,
}
