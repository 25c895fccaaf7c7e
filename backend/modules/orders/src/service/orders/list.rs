//! Lists of orders.

use orion_framework::db::{StoreTx, cursor, page_limit, page_order};
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::Page;
use orion_types::order::{OrderQuery, OrderSummary};
use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use uuid::Uuid;

use crate::error::OrdersError;
use crate::model::order::OrderRow;
use crate::queries::order_list::{self, OrderFilter, OrderSort};

/// The sortings by their names in addresses.
const SORTS: [(&str, OrderSort); 2] = [("placed_at", OrderSort::Placed), ("total", OrderSort::Total)];

/// A page of the dashboard's list. Attempts whose payment never came are hidden unless a status is asked for, or
/// payments that failed: those are all attempts.
pub fn list_orders(tx: &mut StoreTx, query: &OrderQuery) -> Result<Page<OrderSummary>, OrdersError> {
    page(tx, &filter(query)?)
}

/// What a list request asks for, understood.
pub fn filter(query: &OrderQuery) -> Result<OrderFilter, ProblemDraft> {
    let (sort, descending) = page_order(query.sort.as_deref(), "-placed_at", &SORTS)?;
    let payment_status = chosen::<PaymentStatus>("payment_status", query.payment_status.as_deref(), PaymentStatus::as_str)?;
    let asks_status = query.status.as_deref().is_some_and(|status| !status.is_empty());
    Ok(OrderFilter {
        words: query.q.as_deref().unwrap_or_default().trim().to_owned(),
        status: chosen::<OrderStatus>("status", query.status.as_deref(), OrderStatus::as_str)?,
        payment_status,
        fulfilment_status: chosen::<FulfilmentStatus>("fulfilment_status", query.fulfilment_status.as_deref(), FulfilmentStatus::as_str)?,
        since: cursor::since(query.updated_since.as_deref())?,
        external_id: query.external_id.clone().filter(|id| !id.is_empty()),
        customer_id: customer(query.customer.as_deref())?,
        attempts: asks_status || payment_status == Some(PaymentStatus::Failed.as_str()),
        sort,
        ascending: !descending,
        after: cursor::decode_in(query.cursor.as_deref(), |place| sort.has(place))?,
        limit: page_limit(query.limit)?,
    })
}

/// A page of orders.
pub fn page(tx: &mut StoreTx, filter: &OrderFilter) -> Result<Page<OrderSummary>, OrdersError> {
    let rows = order_list::list_orders(tx, filter)?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let units = order_list::count_units(tx, &ids)?;
    let summary = |row: OrderRow| {
        let count = units.get(&row.id).copied().unwrap_or(0);
        row.summary(count)
    };
    Ok(cursor::page(rows, filter.limit, |row| filter.sort.place(row), summary))
}

fn customer(text: Option<&str>) -> Result<Option<Uuid>, ProblemDraft> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => match text.parse() {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(ProblemDraft::new(&BAD_QUERY).field("customer", "invalid", "is no id")),
        },
    }
}

fn chosen<S: std::str::FromStr>(
    name: &str,
    text: Option<&str>,
    spelling: fn(S) -> &'static str,
) -> Result<Option<&'static str>, ProblemDraft> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => match text.parse() {
            Ok(status) => Ok(Some(spelling(status))),
            Err(_) => Err(ProblemDraft::new(&BAD_QUERY).field(name, "not_allowed", "is no such status")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_status_is_refused_by_name() {
        let refused = chosen::<OrderStatus>("status", Some("shipped"), OrderStatus::as_str).unwrap_err();
        assert_eq!((refused.kind.status, refused.errors[0].parameter.as_deref()), (400, Some("status")));
        let known = chosen::<PaymentStatus>("payment_status", Some("paid"), PaymentStatus::as_str).unwrap();
        assert_eq!(known, Some("paid"));
        assert_eq!(chosen::<OrderStatus>("status", Some(""), OrderStatus::as_str).unwrap(), None);
    }
}
