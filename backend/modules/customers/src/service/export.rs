//! Customers as files: a row each with the default address, and a document with the whole address book.

use std::collections::HashMap;

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, Cell, ExportError, ExportSource, Reader, Record};
use orion_framework::http::Query;
use orion_framework::offer::Bought;
use orion_framework::problem::ProblemDraft;
use orion_types::Money;
use orion_types::customer::CustomerQuery;
use orion_types::permission::Permission;
use serde_json::{Value, json};
use uuid::Uuid;

use super::list::CustomerList;
use crate::model::{AddressRow, CustomerRow};
use crate::queries::addresses;
use crate::queries::customers::{self, CustomerFilter};

/// Customers of one batch.
const BATCH: usize = 500;

/// What this module can write out.
pub(crate) static SOURCES: &[ExportSource] = &[ExportSource {
    kind: "customers",
    layout: None,
    right: Permission::CustomersRead,
    tables: &["customers", "customer_addresses"],
    columns: COLUMNS,
    check: |filter| parse(filter).map(|_| ()),
    count,
    read: Reader::Store(read),
}];

const COLUMNS: &[&str] = &[
    "E-mail",
    "Name",
    "Has account",
    "Created at",
    "Orders",
    "Spent",
    "Currency",
    "Last order at",
    "Address name",
    "Address line 1",
    "Address line 2",
    "City",
    "Region",
    "Postal code",
    "Country",
    "Phone",
];

fn parse(filter: &str) -> Result<CustomerFilter, ProblemDraft> {
    let query = Query::<CustomerQuery>::parse(filter)?;
    CustomerList::parse(query, true).map(CustomerList::into_filter)
}

fn count(tx: &mut StoreTx, filter: &str) -> Result<Option<i64>, ExportError> {
    Ok(Some(customers::count_all(tx, &parse(filter)?)?))
}

fn read(tx: &mut StoreTx, filter: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let filter = CustomerFilter {
        after: place.map(serde_json::from_value).transpose()?,
        ..parse(filter)?
    };
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = customers::list(tx, &filter, limit)?;
    let more = rows.len() > BATCH;
    rows.truncate(BATCH);
    let next = rows.last().filter(|_| more).map(|row| json!(filter.sort.place(row)));
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    // What was bought belongs to a module that may be off; its data stays, and is not told then.
    let bought = match tx.offered(|module| module.bought) {
        Some(bought) => bought(tx, &ids)?,
        None => HashMap::new(),
    };
    let mut books: HashMap<Uuid, Vec<AddressRow>> = HashMap::new();
    for (customer, address) in addresses::list_of(tx, &ids)? {
        books.entry(customer).or_default().push(address);
    }
    let currency = tx.store().currency;
    let records = rows.iter().map(|row| {
        let bought = bought.get(&row.id).copied().unwrap_or_default();
        let book = books.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        record(row, bought, Money::new(bought.spent_minor, currency), book)
    });
    Ok(Batch {
        records: records.collect(),
        next,
    })
}

fn record(row: &CustomerRow, bought: Bought, money: Money, book: &[AddressRow]) -> Record {
    let Bought {
        orders,
        spent_minor: spent,
        last_placed_at: last,
    } = bought;
    let home = book.first();
    let part = |name: &str| {
        let value = home.and_then(|home| home.address.get(name)).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let lines = ["name", "line1", "line2", "city", "region", "postal_code", "country", "phone"];
    let (registered, created) = (row.password_hash.is_some(), row.created_at.to_rfc3339());
    let mut cells = vec![
        Cell::text(&row.email),
        Cell::text(&row.name),
        Cell::flag(registered),
        Cell::text(&created),
        Cell::number(orders),
        Cell::Number(money.to_decimal_string()),
        Cell::text(money.currency.code()),
        last.map_or(Cell::Empty, |at| Cell::text(at.to_rfc3339())),
    ];
    cells.extend(lines.map(|name| Cell::text(part(name))));
    let document = json!({
        "id": row.id, "external_id": row.external_id, "email": row.email, "name": row.name, "registered": registered, "active": row.active,
        "email_verified_at": row.email_verified_at.map(|at| at.to_rfc3339()),
        "locale": row.locale, "metadata": row.metadata, "created_at": created, "updated_at": row.updated_at.to_rfc3339(),
        "orders": orders, "spent_minor": spent, "currency": money.currency.code(), "last_order_at": last.map(|at| at.to_rfc3339()),
        "address": home.map(|home| &home.address), "addresses": book.iter().map(|entry| &entry.address).collect::<Vec<_>>(),
    });
    Record::new(vec![cells], document)
}
