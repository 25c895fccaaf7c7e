//! SQL over lists of orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::sum;
use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx};
use orion_schema::{order_items, orders};
use uuid::Uuid;

use crate::model::order::OrderRow;

/// Which orders to list.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// A number, or part of the e-mail address.
    pub words: String,
    pub status: Option<&'static str>,
    pub payment_status: Option<&'static str>,
    pub fulfilment_status: Option<&'static str>,
    pub customer_id: Option<Uuid>,
    /// Also attempts whose payment never came.
    pub attempts: bool,
    /// The order behind which the page starts.
    pub after: Option<(DateTime<Utc>, Uuid)>,
    pub limit: i64,
}

/// Orders, newest first; one more than `limit`.
pub fn list_orders(tx: &mut StoreTx, filter: &OrderFilter) -> Result<Vec<OrderRow>, DbError> {
    let mut query = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .select(OrderRow::as_select())
        .order((orders::placed_at.desc(), orders::id.desc()))
        .limit(filter.limit + 1)
        .into_boxed();
    if !filter.attempts {
        query = query.filter(orders::number.is_not_null());
    }
    if let Some(status) = filter.status {
        query = query.filter(orders::status.eq(status));
    }
    if let Some(status) = filter.payment_status {
        query = query.filter(orders::payment_status.eq(status));
    }
    if let Some(status) = filter.fulfilment_status {
        query = query.filter(orders::fulfilment_status.eq(status));
    }
    if let Some(customer_id) = filter.customer_id {
        query = query.filter(orders::customer_id.eq(customer_id));
    }
    if !filter.words.is_empty() {
        let words = filter.words.trim_start_matches('#');
        let in_email = orders::email.ilike(format!("%{}%", escaped(words)));
        query = match words.parse::<i64>() {
            Ok(number) => query.filter(orders::number.eq(number).assume_not_null().or(in_email)),
            Err(_) => query.filter(in_email),
        };
    }
    if let Some((placed_at, id)) = filter.after {
        let same_moment = orders::placed_at.eq(placed_at).and(orders::id.lt(id));
        query = query.filter(orders::placed_at.lt(placed_at).or(same_moment));
    }
    Ok(query.load(tx.conn())?)
}

/// Units in each of these orders.
pub fn count_units(tx: &mut StoreTx, ids: &[Uuid]) -> Result<HashMap<Uuid, i64>, DbError> {
    let rows: Vec<(Uuid, Option<i64>)> = order_items::table
        .filter(order_items::store_id.eq(tx.store_id()))
        .filter(order_items::order_id.eq_any(ids))
        .group_by(order_items::order_id)
        .select((order_items::order_id, sum(order_items::quantity)))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, units)| (id, units.unwrap_or(0))).collect())
}

/// Text that `LIKE` takes literally.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
