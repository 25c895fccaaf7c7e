//! A store's own domains, as the store sees them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::StoreTx;
use orion_types::status::{DomainStatus, StoreStatus};
use serde_json::Value;
use uuid::Uuid;

use crate::schema::store_domains::{self, dsl};
use crate::schema::stores;

/// A domain of a store with what is known of its proof.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = store_domains)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct OwnDomain {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) host: String,
    pub(crate) status: String,
    pub(crate) is_primary: bool,
    pub(crate) token: String,
    pub(crate) last_checked_at: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
    pub(crate) next_check_at: Option<DateTime<Utc>>,
    pub(crate) missed: i32,
    pub(crate) proven_at: Option<DateTime<Utc>>,
    pub(crate) lost_since: Option<DateTime<Utc>>,
    pub(crate) last_check: Option<Value>,
}

impl OwnDomain {
    /// Whether the shop answers there.
    pub(crate) fn is_active(&self) -> bool {
        self.status == DomainStatus::Active.as_str()
    }
}

/// The domains of the store.
macro_rules! own {
    ($tx:expr) => {
        store_domains::table
            .filter(dsl::store_id.eq($tx.store_id()))
            .filter(dsl::deleted_at.is_null())
    };
}

/// The domains, the primary one first.
pub(crate) fn list(tx: &mut StoreTx) -> QueryResult<Vec<OwnDomain>> {
    let query = own!(tx).order((dsl::is_primary.desc(), dsl::host));
    query.select(OwnDomain::as_select()).load(tx.conn())
}

/// The domains, all of them held until the transaction ends: which one is primary is up to all.
pub(crate) fn lock(tx: &mut StoreTx) -> QueryResult<Vec<OwnDomain>> {
    let query = own!(tx).order(dsl::id);
    query.select(OwnDomain::as_select()).for_no_key_update().load(tx.conn())
}

/// A domain.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<OwnDomain> {
    own!(tx).filter(dsl::id.eq(id)).select(OwnDomain::as_select()).first(tx.conn())
}

/// How many there are.
pub(crate) fn count(tx: &mut StoreTx) -> QueryResult<i64> {
    own!(tx).count().get_result(tx.conn())
}

/// Adds a domain.
pub(crate) fn insert(tx: &mut StoreTx, row: &OwnDomain) -> QueryResult<()> {
    diesel::insert_into(store_domains::table).values(row).execute(tx.conn()).map(|_| ())
}

/// Writes a domain's row anew, but for what never changes of it.
pub(crate) fn save(conn: &mut PgConnection, row: &OwnDomain) -> QueryResult<()> {
    let own = store_domains::table
        .filter(dsl::store_id.eq(row.store_id))
        .filter(dsl::id.eq(row.id));
    diesel::update(own)
        .set((
            dsl::status.eq(&row.status),
            dsl::is_primary.eq(row.is_primary),
            dsl::last_checked_at.eq(row.last_checked_at),
            dsl::updated_at.eq(row.updated_at),
            dsl::version.eq(row.version),
            dsl::next_check_at.eq(row.next_check_at),
            dsl::missed.eq(row.missed),
            dsl::proven_at.eq(row.proven_at),
            dsl::lost_since.eq(row.lost_since),
            dsl::last_check.eq(&row.last_check),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Takes a domain away.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    diesel::delete(own!(tx).filter(dsl::id.eq(id))).execute(tx.conn()).map(|_| ())
}

/// Whether the shop's pages at the label redirect.
pub(crate) fn label_redirects(tx: &mut StoreTx) -> QueryResult<bool> {
    let store = tx.store_id();
    stores::table.find(store).select(stores::label_redirects).first(tx.conn())
}

/// Says whether they do.
pub(crate) fn set_label_redirects(tx: &mut StoreTx, redirects: bool) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(stores::table.find(store))
        .set((stores::label_redirects.eq(redirects), stores::updated_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

/// A domain of any store, held until the transaction ends.
pub(crate) fn lock_of(conn: &mut PgConnection, store: Uuid, id: Uuid) -> QueryResult<Option<OwnDomain>> {
    store_domains::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::id.eq(id))
        .filter(dsl::deleted_at.is_null())
        .select(OwnDomain::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()
}

/// Whoever has a host, held until the transaction ends.
pub(crate) fn lock_holder(conn: &mut PgConnection, host: &str) -> QueryResult<Option<OwnDomain>> {
    store_domains::table
        .filter(dsl::host.eq(host))
        .filter(dsl::status.eq(DomainStatus::Active.as_str()))
        .filter(dsl::deleted_at.is_null())
        .select(OwnDomain::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()
}

/// Store and host of every domain that leads to a shop.
pub(crate) fn served(conn: &mut PgConnection) -> QueryResult<Vec<(Uuid, String)>> {
    store_domains::table
        .inner_join(stores::table.on(stores::id.eq(dsl::store_id)))
        .filter(dsl::status.eq(DomainStatus::Active.as_str()))
        .filter(dsl::deleted_at.is_null())
        .filter(stores::deleted_at.is_null())
        .filter(stores::status.ne(StoreStatus::Archived.as_str()))
        .select((dsl::store_id, dsl::host))
        .load(conn)
}

/// Whether a store has a primary domain.
pub(crate) fn has_primary(conn: &mut PgConnection, store: Uuid) -> QueryResult<bool> {
    let primary = store_domains::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::is_primary)
        .filter(dsl::deleted_at.is_null());
    diesel::select(diesel::dsl::exists(primary)).get_result(conn)
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = SqlUuid)]
    store_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Those that have waited longest for a look; each is due again at `again` should the look come to nothing.
const TAKE_DUE: &str = "\
UPDATE store_domains d SET next_check_at = $2 \
FROM (SELECT store_id, id FROM store_domains WHERE next_check_at <= $1 AND deleted_at IS NULL \
    ORDER BY next_check_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED) AS due \
WHERE d.store_id = due.store_id AND d.id = due.id RETURNING d.store_id, d.id";

/// Store and id of domains whose proof is to be looked for, at most so many.
pub(crate) fn take_due(
    conn: &mut PgConnection,
    (now, again): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> QueryResult<Vec<(Uuid, Uuid)>> {
    let due: Vec<Due> = diesel::sql_query(TAKE_DUE)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(again)
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    Ok(due.into_iter().map(|due| (due.store_id, due.id)).collect())
}
