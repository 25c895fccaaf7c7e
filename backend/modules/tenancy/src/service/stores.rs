//! Stores as operators see them: lists and details.

use std::collections::HashMap;

use orion_framework::db::{DbError, PlatformTx, cursor, page_limit, page_order};
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::admin::{AdminStore, StoreDomain, StoreQuery};
use orion_types::{Currency, Page, PlatformId, StoreId};
use uuid::Uuid;

use super::links::{Links, subdomain_host};
use crate::error::TenancyError;
use crate::model::{DomainRow, PlatformRow, Scope, StoreRow, UserRow};
use crate::queries::stores::{StoreFilter, StoreSort};
use crate::queries::{accounts, platforms, stores};

/// The sortings by their names in addresses.
const SORTS: [(&str, StoreSort); 2] = [("created_at", StoreSort::Created), ("name", StoreSort::Name)];

/// What a list request asks for, understood.
#[derive(Debug)]
pub(crate) struct StoreList {
    filter: StoreFilter,
    limit: i64,
}

impl StoreList {
    /// Reads the query string; what it says nonsense about is named.
    pub(crate) fn parse(query: StoreQuery, scope: Scope) -> Result<Self, ProblemDraft> {
        let StoreQuery {
            q,
            status,
            platform,
            sort,
            cursor: after,
            limit,
        } = query;
        let (sort, descending) = page_order(sort.as_deref(), "-created_at", &SORTS)?;
        Ok(Self {
            limit: page_limit(limit)?,
            filter: StoreFilter {
                scope,
                search: q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
                status: parameter("status", status)?,
                platform: parameter("platform", platform)?,
                sort,
                ascending: !descending,
                after: cursor::decode_in(after.as_deref(), |place| sort.has(place))?,
            },
        })
    }
}

/// A query parameter as a value; 400 with its name when it is none. Empty counts as absent.
pub(super) fn parameter<T: std::str::FromStr>(name: &str, text: Option<String>) -> Result<Option<T>, ProblemDraft> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let refused = || ProblemDraft::new(&BAD_QUERY).field(name, "invalid", format!("{text:?} is no value of this parameter"));
    text.parse().map(Some).map_err(|_| refused())
}

/// A page of stores with the count of all that match.
pub(crate) fn list(tx: &mut PlatformTx, links: &Links, list: &StoreList) -> Result<Page<AdminStore>, DbError> {
    let rows = stores::list_stores(tx.conn(), &list.filter, list.limit + 1)?;
    let total = stores::count_stores(tx.conn(), &list.filter)?;
    let mut page = cursor::page(rows, list.limit, |row| list.filter.sort.place(row), |row| row);
    let data = describe(tx, links, std::mem::take(&mut page.data))?;
    let page = Page {
        data,
        has_more: page.has_more,
        next_cursor: page.next_cursor,
        total: None,
        total_capped: false,
    };
    Ok(page.counted(total))
}

/// The newest stores.
pub(crate) fn newest(tx: &mut PlatformTx, links: &Links, scope: &Scope, limit: i64) -> Result<Vec<AdminStore>, DbError> {
    let filter = StoreFilter {
        scope: scope.clone(),
        search: None,
        status: None,
        platform: None,
        sort: StoreSort::Created,
        ascending: false,
        after: None,
    };
    let rows = stores::list_stores(tx.conn(), &filter, limit)?;
    describe(tx, links, rows)
}

/// One store inside the scope.
pub(crate) fn get(tx: &mut PlatformTx, links: &Links, scope: &Scope, id: StoreId) -> Result<AdminStore, TenancyError> {
    let row = stores::find_store(tx.conn(), scope, id.0)?.ok_or(DbError::NotFound)?;
    Ok(describe_one(tx, links, row)?)
}

/// A row with what belongs to it.
pub(crate) fn describe_one(tx: &mut PlatformTx, links: &Links, row: StoreRow) -> Result<AdminStore, DbError> {
    describe(tx, links, vec![row])?.pop().ok_or(DbError::NotFound)
}

/// Rows with their owners, platforms and domains, in three queries for any number of them.
fn describe(tx: &mut PlatformTx, links: &Links, rows: Vec<StoreRow>) -> Result<Vec<AdminStore>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let owner_ids: Vec<Uuid> = rows.iter().map(|row| row.owner_user_id).collect();
    let owners = accounts::list_by_ids(tx.conn(), &owner_ids)?;
    let owners: HashMap<Uuid, UserRow> = owners.into_iter().map(|owner| (owner.id, owner)).collect();
    let platforms = platforms::list_platforms(tx.conn(), &Scope::All)?;
    let platforms: HashMap<Uuid, PlatformRow> = platforms.into_iter().map(|platform| (platform.id, platform)).collect();
    let mut domains: HashMap<Uuid, Vec<DomainRow>> = HashMap::new();
    for domain in stores::list_domains(tx.conn(), &ids)? {
        domains.entry(domain.store_id).or_default().push(domain);
    }
    let describe = |row: StoreRow| {
        let (owner, platform) = (owners.get(&row.owner_user_id)?, platforms.get(&row.platform_id)?);
        let domains = domains.remove(&row.id).unwrap_or_default();
        to_wire(row, links, (owner, platform, domains))
    };
    Ok(rows.into_iter().filter_map(describe).collect())
}

/// `None` when the row holds something this program does not know, such as a currency that was withdrawn.
fn to_wire(row: StoreRow, links: &Links, parts: (&UserRow, &PlatformRow, Vec<DomainRow>)) -> Option<AdminStore> {
    let (owner, platform, domains) = parts;
    let StoreRow {
        id,
        platform_id,
        code,
        subdomain,
        name,
        status,
        suspended_reason,
        currency,
        owner_user_id: _,
        created_at,
        version,
    } = row;
    let own_host = subdomain_host(&subdomain, &platform.domain);
    let own_domain = domains.iter().find(|domain| domain.is_primary).map(|domain| domain.host.as_str());
    Some(AdminStore {
        id: StoreId(id),
        platform_id: PlatformId(platform_id),
        platform_code: platform.code.clone(),
        code,
        subdomain,
        name,
        status: status.parse().ok()?,
        suspended_reason,
        currency: currency.parse::<Currency>().ok()?,
        owner_email: owner.email.clone(),
        owner_name: owner.name.clone(),
        storefront_url: links.storefront(&own_host, own_domain),
        dashboard_url: links.dashboard(&own_host),
        domains: domains
            .into_iter()
            .map(
                |DomainRow {
                     store_id: _,
                     host,
                     status,
                     is_primary,
                 }| StoreDomain { host, status, is_primary },
            )
            .collect(),
        created_at: created_at.into(),
        version,
    })
}
