//! The store's customers as its staff see them.

use orion_framework::db::{DbError, StoreTx, cursor, page_limit, page_order};
use orion_framework::marks;
use orion_framework::offer::BoughtBy;
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::customer::{CustomerDetail, CustomerOrders, CustomerQuery, CustomerSummary};
use orion_types::{CustomerId, Money, Page};
use uuid::Uuid;

use crate::model::CustomerRow;
use crate::queries::customers::{self, CustomerFilter, CustomerSort};
use crate::service::addresses;

/// The sortings by their names in addresses.
const SORTS: [(&str, CustomerSort); 2] = [("created_at", CustomerSort::Created), ("name", CustomerSort::Name)];

/// What a list request asks for, understood.
#[derive(Debug)]
pub(crate) struct CustomerList {
    filter: CustomerFilter,
    limit: i64,
    /// Who asks may see orders too.
    with_orders: bool,
}

impl CustomerList {
    /// What it is narrowed and sorted by.
    pub(crate) fn into_filter(self) -> CustomerFilter {
        self.filter
    }

    /// Reads the query string; what it says nonsense about is named.
    pub(crate) fn parse(query: CustomerQuery, with_orders: bool) -> Result<Self, ProblemDraft> {
        let CustomerQuery {
            q,
            kind,
            updated_since,
            external_id,
            sort,
            cursor: after,
            limit,
        } = query;
        let (sort, descending) = page_order(sort.as_deref(), "-created_at", &SORTS)?;
        Ok(Self {
            filter: CustomerFilter {
                search: q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
                registered: registered(kind.as_deref())?,
                since: cursor::since(updated_since.as_deref())?,
                external_id: external_id.filter(|id| !id.is_empty()),
                sort,
                ascending: !descending,
                after: cursor::decode_in(after.as_deref(), |place| sort.has(place))?,
            },
            limit: page_limit(limit)?,
            with_orders,
        })
    }
}

fn registered(kind: Option<&str>) -> Result<Option<bool>, ProblemDraft> {
    match kind {
        None | Some("") => Ok(None),
        Some("account") => Ok(Some(true)),
        Some("guest") => Ok(Some(false)),
        Some(_) => Err(ProblemDraft::new(&BAD_QUERY).field("kind", "not_allowed", "must be account or guest")),
    }
}

/// A page of customers with the count of all that match.
pub(crate) fn list(tx: &mut StoreTx, list: &CustomerList) -> Result<Page<CustomerSummary>, DbError> {
    let rows = customers::list(tx, &list.filter, list.limit + 1)?;
    let total = customers::count(tx, &list.filter)?;
    let page = cursor::page(rows, list.limit, |row| list.filter.sort.place(row), to_wire);
    let data = match tx.offered(|module| module.bought) {
        Some(bought) if list.with_orders => with_orders(tx, bought, page.data)?,
        Some(_) | None => page.data,
    };
    let page = Page {
        data,
        has_more: page.has_more,
        next_cursor: page.next_cursor,
        total: None,
        total_capped: false,
    };
    Ok(page.counted(total))
}

/// The customers with what they have ordered, in one query for all of them.
fn with_orders(tx: &mut StoreTx, bought: BoughtBy, customers: Vec<CustomerSummary>) -> Result<Vec<CustomerSummary>, DbError> {
    let ids: Vec<Uuid> = customers.iter().map(|customer| customer.id.0).collect();
    let bought = bought(tx, &ids)?;
    let currency = tx.store().currency;
    let orders = |id: Uuid| {
        let bought = bought.get(&id).copied().unwrap_or_default();
        CustomerOrders {
            count: bought.orders,
            spent: Money::new(bought.spent_minor, currency),
            last_placed_at: bought.last_placed_at.map(Into::into),
        }
    };
    let known = customers.into_iter().map(|customer| CustomerSummary {
        orders: Some(orders(customer.id.0)),
        ..customer
    });
    Ok(known.collect())
}

/// One customer with the address book.
pub(crate) fn get(tx: &mut StoreTx, id: CustomerId) -> Result<CustomerDetail, DbError> {
    let row = customers::get(tx, id.0)?;
    let addresses = addresses::list(tx, id)?;
    let (metadata, version) = (marks::shown(row.metadata.clone()), row.version);
    let CustomerSummary {
        id,
        email,
        name,
        registered,
        email_verified,
        orders: _,
        external_id,
        created_at,
        updated_at,
    } = to_wire(row);
    Ok(CustomerDetail {
        id,
        email,
        name,
        registered,
        email_verified,
        addresses,
        metadata,
        external_id,
        created_at,
        updated_at,
        version,
    })
}

fn to_wire(row: CustomerRow) -> CustomerSummary {
    let CustomerRow {
        id,
        email,
        name,
        password_hash,
        active: _,
        locale: _,
        metadata: _,
        created_at,
        updated_at,
        version: _,
        external_id,
        email_verified_at,
    } = row;
    CustomerSummary {
        id: CustomerId(id),
        email,
        name,
        registered: password_hash.is_some(),
        email_verified: email_verified_at.is_some(),
        orders: None,
        external_id,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
    }
}
