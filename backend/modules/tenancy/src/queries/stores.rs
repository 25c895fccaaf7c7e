//! Stores across platforms, as operators see them.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use orion_framework::db::in_common_order;
use orion_types::RoleId;
use orion_types::status::{MemberRole, StoreStatus};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::contains;
use crate::foreign::team_roles;
use crate::model::{DomainRow, MembershipRow, Scope, StoreRow};
use crate::schema::{memberships, platforms, store_domains, stores, users};

/// The code and the id of every store there is or was, by code.
pub(crate) fn codes(conn: &mut PgConnection) -> QueryResult<Vec<(String, Uuid)>> {
    stores::table.order(stores::code).select((stores::code, stores::id)).load(conn)
}

/// How many live stores of a platform are somebody's.
pub(crate) fn count_owned(conn: &mut PgConnection, platform: Uuid, owner: Uuid) -> QueryResult<i64> {
    stores::table
        .filter(stores::platform_id.eq(platform))
        .filter(stores::owner_user_id.eq(owner))
        .filter(stores::deleted_at.is_null())
        .count()
        .get_result(conn)
}

/// Which stores are asked for.
#[derive(Debug, Clone)]
pub(crate) struct StoreFilter {
    pub(crate) scope: Scope,
    pub(crate) search: Option<String>,
    pub(crate) status: Option<StoreStatus>,
    pub(crate) platform: Option<Uuid>,
    pub(crate) sort: StoreSort,
    /// The oldest or A first.
    pub(crate) ascending: bool,
    /// The store behind which the page starts.
    pub(crate) after: Option<Behind>,
}

/// What stores are sorted by. Ids sort by the time they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoreSort {
    Created,
    Name,
}

/// The place behind a store, in one of the sortings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Behind {
    Created(Uuid),
    Name(String, Uuid),
}

impl StoreSort {
    /// Whether a place is one of this sorting.
    pub(crate) fn has(self, place: &Behind) -> bool {
        matches!((self, place), (Self::Created, Behind::Created(_)) | (Self::Name, Behind::Name(..)))
    }

    /// The place behind a row.
    pub(crate) fn place(self, row: &StoreRow) -> Behind {
        match self {
            Self::Created => Behind::Created(row.id),
            Self::Name => Behind::Name(row.name.clone(), row.id),
        }
    }
}

fn matching(filter: &StoreFilter) -> stores::BoxedQuery<'_, Pg> {
    let mut query = stores::table.filter(stores::deleted_at.is_null()).into_boxed();
    if let Scope::Platforms(ids) = &filter.scope {
        query = query.filter(stores::platform_id.eq_any(ids));
    }
    if let Some(platform) = filter.platform {
        query = query.filter(stores::platform_id.eq(platform));
    }
    if let Some(status) = filter.status {
        query = query.filter(stores::status.eq(status.as_str()));
    }
    if let Some(search) = &filter.search {
        let pattern = contains(search);
        let by_domain = store_domains::table
            .filter(store_domains::host.ilike(pattern.clone()))
            .filter(store_domains::deleted_at.is_null())
            .select(store_domains::store_id);
        let by_owner = users::table.filter(users::email.ilike(pattern.clone())).select(users::id);
        query = query.filter(
            stores::name
                .ilike(pattern.clone())
                .or(stores::code.ilike(pattern.clone()))
                .or(stores::subdomain.ilike(pattern))
                .or(stores::id.eq_any(by_domain))
                .or(stores::owner_user_id.eq_any(by_owner)),
        );
    }
    query
}

/// Stores, newest first unless the filter says otherwise.
pub(crate) fn list_stores(conn: &mut PgConnection, filter: &StoreFilter, limit: i64) -> QueryResult<Vec<StoreRow>> {
    use stores::{id, name};
    let by_name = || in_common_order("stores.name");
    let query = matching(filter).limit(limit);
    let query = match (filter.sort, filter.ascending) {
        (StoreSort::Created, false) => query.order(id.desc()),
        (StoreSort::Created, true) => query.order(id.asc()),
        (StoreSort::Name, false) => query.order((by_name().desc(), id.desc())),
        (StoreSort::Name, true) => query.order((by_name().asc(), id.asc())),
    };
    let query = match (filter.after.clone(), filter.ascending) {
        (None, _) => query,
        (Some(Behind::Created(last)), false) => query.filter(id.lt(last)),
        (Some(Behind::Created(last)), true) => query.filter(id.gt(last)),
        (Some(Behind::Name(text, last)), false) => query.filter(by_name().lt(text.clone()).or(name.eq(text).and(id.lt(last)))),
        (Some(Behind::Name(text, last)), true) => query.filter(by_name().gt(text.clone()).or(name.eq(text).and(id.gt(last)))),
    };
    query.select(StoreRow::as_select()).load(conn)
}

/// How many stores match.
pub(crate) fn count_stores(conn: &mut PgConnection, filter: &StoreFilter) -> QueryResult<i64> {
    matching(filter).count().get_result(conn)
}

/// A live store inside the scope.
pub(crate) fn find_store(conn: &mut PgConnection, scope: &Scope, id: Uuid) -> QueryResult<Option<StoreRow>> {
    let row: Option<StoreRow> = stores::table
        .find(id)
        .filter(stores::deleted_at.is_null())
        .select(StoreRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.filter(|row| scope.holds(row.platform_id)))
}

/// Like [`find_store`], and holds the row until the transaction ends.
pub(crate) fn lock_store(conn: &mut PgConnection, scope: &Scope, id: Uuid) -> QueryResult<Option<StoreRow>> {
    let row: Option<StoreRow> = stores::table
        .find(id)
        .filter(stores::deleted_at.is_null())
        .select(StoreRow::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()?;
    Ok(row.filter(|row| scope.holds(row.platform_id)))
}

/// Domains of some stores, the primary one first.
pub(crate) fn list_domains(conn: &mut PgConnection, store_ids: &[Uuid]) -> QueryResult<Vec<DomainRow>> {
    store_domains::table
        .filter(store_domains::store_id.eq_any(store_ids))
        .filter(store_domains::deleted_at.is_null())
        .order((store_domains::is_primary.desc(), store_domains::host))
        .select(DomainRow::as_select())
        .load(conn)
}

/// A store to be added.
#[derive(Debug, Insertable)]
#[diesel(table_name = stores)]
pub(crate) struct InsertStore<'a> {
    pub(crate) id: Uuid,
    pub(crate) platform_id: Uuid,
    pub(crate) code: &'a str,
    pub(crate) subdomain: &'a str,
    pub(crate) name: &'a str,
    pub(crate) currency: &'a str,
    pub(crate) prices_include_tax: bool,
    pub(crate) locale: &'a str,
    pub(crate) timezone: &'a str,
    pub(crate) contact_email: &'a str,
    pub(crate) owner_user_id: Uuid,
    pub(crate) opened_at: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// Adds a store.
pub(crate) fn insert_store(conn: &mut PgConnection, row: &InsertStore<'_>) -> QueryResult<()> {
    diesel::insert_into(stores::table).values(row).execute(conn).map(|_| ())
}

/// What an operator changes of a store; `None` stays. `suspended_reason: Some(None)` clears it.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = stores)]
pub(crate) struct StoreChanges<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) subdomain: Option<&'a str>,
    pub(crate) status: Option<&'a str>,
    pub(crate) suspended_reason: Option<Option<&'a str>>,
}

/// Changes a store.
pub(crate) fn update_store(conn: &mut PgConnection, id: Uuid, changes: &StoreChanges<'_>, now: DateTime<Utc>) -> QueryResult<StoreRow> {
    diesel::update(stores::table.find(id))
        .set((changes, stores::updated_at.eq(now), stores::version.eq(stores::version + 1)))
        .returning(StoreRow::as_returning())
        .get_result(conn)
}

/// The stores that a person belongs to, by name.
pub(crate) fn list_memberships(conn: &mut PgConnection, user: Uuid) -> QueryResult<Vec<MembershipRow>> {
    memberships::table
        .inner_join(stores::table.on(stores::id.eq(memberships::store_id)))
        .inner_join(platforms::table.on(platforms::id.eq(stores::platform_id)))
        .left_join(
            team_roles::table.on(team_roles::store_id
                .eq(memberships::store_id)
                .and(team_roles::id.nullable().eq(memberships::role_id))),
        )
        .filter(memberships::user_id.eq(user))
        .filter(memberships::active)
        .filter(memberships::deleted_at.is_null())
        .filter(stores::deleted_at.is_null())
        .order((in_common_order("stores.name"), stores::id))
        .select((
            memberships::store_id,
            stores::platform_id,
            stores::code,
            stores::subdomain,
            stores::name,
            stores::status,
            platforms::domain,
            memberships::role,
            team_roles::name.nullable(),
        ))
        .load(conn)
}

/// Makes a person a member of a store.
pub(crate) fn insert_membership(
    conn: &mut PgConnection,
    id: Uuid,
    (store, user): (Uuid, Uuid),
    (role, role_id): (MemberRole, Option<RoleId>),
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::store_id.eq(store),
            memberships::id.eq(id),
            memberships::user_id.eq(user),
            memberships::role.eq(role.as_str()),
            memberships::role_id.eq(role_id.map(|id| id.0)),
            memberships::created_at.eq(now),
            memberships::updated_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// A domain to be added, active at once.
pub(crate) struct InsertDomain<'a> {
    pub(crate) id: Uuid,
    pub(crate) store: Uuid,
    pub(crate) host: &'a str,
    pub(crate) primary: bool,
    pub(crate) token: &'a str,
    pub(crate) now: DateTime<Utc>,
}

/// Adds an active domain.
pub(crate) fn insert_domain(conn: &mut PgConnection, domain: &InsertDomain<'_>) -> QueryResult<()> {
    use store_domains::dsl;
    diesel::insert_into(store_domains::table)
        .values((
            dsl::store_id.eq(domain.store),
            dsl::id.eq(domain.id),
            dsl::host.eq(domain.host),
            dsl::status.eq("active"),
            dsl::is_primary.eq(domain.primary),
            dsl::token.eq(domain.token),
            dsl::last_checked_at.eq(domain.now),
            dsl::created_at.eq(domain.now),
            dsl::updated_at.eq(domain.now),
        ))
        .execute(conn)
        .map(|_| ())
}
