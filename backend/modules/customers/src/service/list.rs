//! The store's customers as its staff see them.

use orion_framework::db::{DbError, StoreTx, cursor, page_limit};
use orion_framework::problem::ProblemDraft;
use orion_types::customer::{CustomerDetail, CustomerQuery, CustomerSummary};
use orion_types::{CustomerId, Page};
use uuid::Uuid;

use crate::model::CustomerRow;
use crate::queries::customers;
use crate::service::addresses;

/// What a list request asks for, understood.
#[derive(Debug)]
pub(crate) struct CustomerList {
    search: Option<String>,
    after: Option<Uuid>,
    limit: i64,
}

impl CustomerList {
    /// Reads the query string; what it says nonsense about is named.
    pub(crate) fn parse(query: CustomerQuery) -> Result<Self, ProblemDraft> {
        let CustomerQuery { q, cursor: after, limit } = query;
        let search = q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Self {
            search,
            after: cursor::decode(after.as_deref())?,
            limit: page_limit(limit)?,
        })
    }
}

/// A page of customers, newest first, with the count of all that match.
pub(crate) fn list(tx: &mut StoreTx, list: &CustomerList) -> Result<Page<CustomerSummary>, DbError> {
    let rows = customers::list(tx, list.search.as_deref(), list.after, list.limit + 1)?;
    let total = customers::count(tx, list.search.as_deref())?;
    let page = cursor::page(rows, list.limit, |row| row.id, to_wire);
    Ok(Page {
        total: Some(total),
        ..page
    })
}

/// One customer with the address book.
pub(crate) fn get(tx: &mut StoreTx, id: CustomerId) -> Result<CustomerDetail, DbError> {
    let row = customers::get(tx, id.0)?;
    let addresses = addresses::list(tx, id)?;
    let CustomerSummary {
        id,
        email,
        name,
        registered,
        created_at,
    } = to_wire(row);
    Ok(CustomerDetail {
        id,
        email,
        name,
        registered,
        addresses,
        created_at,
    })
}

fn to_wire(row: CustomerRow) -> CustomerSummary {
    let CustomerRow {
        id,
        email,
        name,
        password_hash,
        created_at,
    } = row;
    CustomerSummary {
        id: CustomerId(id),
        email,
        name,
        registered: password_hash.is_some(),
        created_at: created_at.into(),
    }
}
