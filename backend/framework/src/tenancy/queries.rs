//! Reads of the directory, as the platform role.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Uuid as SqlUuid};
use orion_types::status::StoreStatus;
use orion_types::{Currency, PlatformId, StoreId};
use uuid::Uuid;

use super::context::{PlatformContext, StoreRecord};
use crate::db::{DbError, PlatformTx};
use crate::foreign::{platform_modules, platforms, store_domains, store_subdomains, stores};

#[derive(Queryable, Selectable)]
#[diesel(table_name = stores)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct StoreRow {
    id: Uuid,
    pub(super) platform_id: Uuid,
    code: String,
    subdomain: String,
    name: String,
    status: String,
    currency: String,
    prices_include_tax: bool,
    locale: String,
    timezone: String,
    contact_email: String,
    opened_at: Option<DateTime<Utc>>,
    guest_key: String,
    allowed_origins: Vec<String>,
    label_redirects: bool,
    pub(super) catalog_version: i64,
}

impl StoreRow {
    pub(super) fn id(&self) -> StoreId {
        StoreId(self.id)
    }

    /// `None` when the row holds something this program does not know, such as a currency that was withdrawn.
    pub(super) fn into_record(self, primary_domain: Option<String>, platform: Arc<PlatformContext>) -> Option<StoreRecord> {
        Some(StoreRecord {
            id: StoreId(self.id),
            code: self.code,
            subdomain: self.subdomain,
            name: self.name,
            status: self.status.parse::<StoreStatus>().ok()?,
            currency: self.currency.parse::<Currency>().ok()?,
            prices_include_tax: self.prices_include_tax,
            locale: self.locale,
            timezone: self.timezone,
            contact_email: self.contact_email,
            opened: self.opened_at.is_some(),
            guest_key: self.guest_key,
            allowed_origins: self.allowed_origins,
            label_redirects: self.label_redirects,
            primary_domain,
            platform,
        })
    }
}

/// All active platforms with their switches; there are few.
pub(super) fn list_platforms(conn: &mut PgConnection) -> QueryResult<Vec<PlatformContext>> {
    let rows: Vec<(Uuid, String, String, String)> = platforms::table
        .filter(platforms::active)
        .select((platforms::id, platforms::code, platforms::name, platforms::domain))
        .load(conn)?;
    let switches: Vec<(Uuid, String)> = platform_modules::table
        .filter(platform_modules::enabled)
        .select((platform_modules::platform_id, platform_modules::module))
        .load(conn)?;
    let of = |id: Uuid| {
        switches
            .iter()
            .filter(|(platform, _)| *platform == id)
            .map(|(_, module)| module.clone())
            .collect::<BTreeSet<_>>()
    };
    Ok(rows
        .into_iter()
        .map(|(id, code, name, domain)| PlatformContext {
            id: PlatformId(id),
            code,
            name,
            domain,
            modules: of(id),
        })
        .collect())
}

/// Everything under which a store may be asked for, as the directory looks for it: hosts, and codes as `#code`. A former label is among them
/// longer than it redirects; that costs a question and nothing else.
const NAMES: &str = "\
SELECT l.label || '.' || p.domain AS name FROM store_subdomains l JOIN platforms p ON p.id = l.platform_id \
    WHERE $1::uuid[] IS NULL OR l.store_id = ANY($1) \
UNION ALL \
SELECT d.host FROM store_domains d WHERE d.status = 'active' AND d.deleted_at IS NULL AND ($1::uuid[] IS NULL OR d.store_id = ANY($1)) \
UNION ALL \
SELECT '#' || s.code FROM stores s WHERE s.deleted_at IS NULL AND ($1::uuid[] IS NULL OR s.id = ANY($1)) \
LIMIT $2";

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The names of some stores, or of all, at most so many.
pub(super) fn list_names(conn: &mut PgConnection, stores: Option<&[Uuid]>, most: i64) -> QueryResult<Vec<String>> {
    let query = diesel::sql_query(NAMES)
        .bind::<Nullable<Array<SqlUuid>>, _>(stores)
        .bind::<BigInt, _>(most);
    let names: Vec<Name> = query.load(conn)?;
    Ok(names.into_iter().map(|name| name.name).collect())
}

/// The store that holds a label now, or held it and still redirects; then with the time until which it does.
pub(super) fn find_by_label(
    conn: &mut PgConnection,
    platform: PlatformId,
    label: &str,
    now: DateTime<Utc>,
) -> QueryResult<Option<(StoreRow, Option<DateTime<Utc>>)>> {
    store_subdomains::table
        .inner_join(stores::table.on(stores::id.eq(store_subdomains::store_id)))
        .filter(store_subdomains::platform_id.eq(platform.0))
        .filter(store_subdomains::label.eq(label))
        .filter(
            store_subdomains::redirect_until
                .is_null()
                .or(store_subdomains::redirect_until.gt(now)),
        )
        .filter(stores::deleted_at.is_null())
        .select((StoreRow::as_select(), store_subdomains::redirect_until))
        .first(conn)
        .optional()
}

/// The store of an active custom domain.
pub(super) fn find_by_domain(conn: &mut PgConnection, host: &str) -> QueryResult<Option<StoreRow>> {
    store_domains::table
        .inner_join(stores::table.on(stores::id.eq(store_domains::store_id)))
        .filter(store_domains::host.eq(host))
        .filter(store_domains::status.eq("active"))
        .filter(store_domains::deleted_at.is_null())
        .filter(stores::deleted_at.is_null())
        .select(StoreRow::as_select())
        .first(conn)
        .optional()
}

/// The store with a code.
pub(super) fn find_by_code(conn: &mut PgConnection, code: &str) -> QueryResult<Option<StoreRow>> {
    stores::table
        .filter(stores::code.eq(code))
        .filter(stores::deleted_at.is_null())
        .select(StoreRow::as_select())
        .first(conn)
        .optional()
}

/// The store with an id.
pub(super) fn find_by_id(conn: &mut PgConnection, id: StoreId) -> QueryResult<Option<StoreRow>> {
    stores::table
        .filter(stores::id.eq(id.0))
        .filter(stores::deleted_at.is_null())
        .select(StoreRow::as_select())
        .first(conn)
        .optional()
}

/// The custom domain that the others redirect to.
pub(super) fn primary_domain(conn: &mut PgConnection, store: StoreId) -> QueryResult<Option<String>> {
    store_domains::table
        .filter(store_domains::store_id.eq(store.0))
        .filter(store_domains::is_primary)
        .filter(store_domains::deleted_at.is_null())
        .select(store_domains::host)
        .first(conn)
        .optional()
}

/// The ids of all stores, also of those that are closed.
///
/// # Errors
/// When the database fails.
pub fn list_store_ids(tx: &mut PlatformTx) -> Result<Vec<Uuid>, DbError> {
    Ok(stores::table.select(stores::id).load(tx.conn())?)
}

/// The catalogue version of the store `$1` as SQL, for a statement that reads something of that version.
#[macro_export]
macro_rules! catalog_version {
    () => {
        "(SELECT catalog_version FROM stores WHERE id = $1)"
    };
}
