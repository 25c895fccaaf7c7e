//! SQL over lists of orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::{sql, sum};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use orion_framework::db::{DbError, StoreTx, is_long};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::order::OrderRow;
use crate::schema::{order_items, orders};

/// Which orders to list.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// A number, or part of the e-mail address; in a long list its beginning.
    pub words: String,
    pub status: Option<&'static str>,
    pub payment_status: Option<&'static str>,
    pub fulfilment_status: Option<&'static str>,
    pub customer_id: Option<Uuid>,
    /// Those that have changed since.
    pub since: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    /// Also attempts whose payment never came.
    pub attempts: bool,
    pub sort: OrderSort,
    /// The smallest or oldest first.
    pub ascending: bool,
    /// The order behind which the page starts.
    pub after: Option<Behind>,
    pub limit: i64,
}

/// What orders are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrderSort {
    #[default]
    Placed,
    Total,
}

/// The place behind an order, in one of the sortings.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Behind {
    Total(i64, Uuid),
    Placed(DateTime<Utc>, Uuid),
}

impl OrderSort {
    /// Whether a place is one of this sorting.
    pub fn has(self, place: &Behind) -> bool {
        matches!((self, place), (Self::Placed, Behind::Placed(..)) | (Self::Total, Behind::Total(..)))
    }

    /// The place behind a row.
    pub fn place(self, row: &OrderRow) -> Behind {
        match self {
            Self::Placed => Behind::Placed(row.placed_at, row.id),
            Self::Total => Behind::Total(row.total_minor, row.id),
        }
    }
}

type Query<'a> = orders::BoxedQuery<'a, Pg>;

/// Sorted, and only what is behind the place.
fn sorted<'a>(query: Query<'a>, filter: &OrderFilter) -> Query<'a> {
    use orders::{id, placed_at, total_minor};
    let query = match (filter.sort, filter.ascending) {
        (OrderSort::Placed, false) => query.order((placed_at.desc(), id.desc())),
        (OrderSort::Placed, true) => query.order((placed_at, id)),
        (OrderSort::Total, false) => query.order((total_minor.desc(), id.desc())),
        (OrderSort::Total, true) => query.order((total_minor, id)),
    };
    match (filter.after, filter.ascending) {
        (None, _) => query,
        // The first condition is where the index begins to be read; without it the pages before would be read and thrown away.
        (Some(Behind::Placed(at, last)), false) => query.filter(placed_at.le(at)).filter(placed_at.lt(at).or(id.lt(last))),
        (Some(Behind::Placed(at, last)), true) => query.filter(placed_at.ge(at)).filter(placed_at.gt(at).or(id.gt(last))),
        (Some(Behind::Total(sum, last)), false) => query.filter(total_minor.le(sum)).filter(total_minor.lt(sum).or(id.lt(last))),
        (Some(Behind::Total(sum, last)), true) => query.filter(total_minor.ge(sum)).filter(total_minor.gt(sum).or(id.gt(last))),
    }
}

/// Orders, newest first unless the filter says otherwise; one more than `limit`.
pub fn list_orders(tx: &mut StoreTx, filter: &OrderFilter) -> Result<Vec<OrderRow>, DbError> {
    let store_id = tx.store_id();
    let query = orders::table
        .filter(orders::store_id.eq(store_id))
        .limit(filter.limit + 1)
        .into_boxed();
    let mut query = sorted(query, filter);
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
    if let Some(since) = filter.since {
        query = query.filter(orders::updated_at.ge(since));
    }
    if let Some(id) = &filter.external_id {
        query = query.filter(orders::external_id.eq(id.clone()));
    }
    if !filter.words.is_empty() {
        query = query.filter(found_by(
            filter.words.trim_start_matches('#'),
            is_long(tx, "orders WHERE number IS NOT NULL")?,
        ));
    }
    Ok(query.select(OrderRow::as_select()).load(tx.conn())?)
}

type Found<'a> = Box<dyn BoxableExpression<orders::table, Pg, SqlType = Bool> + 'a>;

/// The order of a number, and those whose e-mail address has the words in it; in a long list, begins with them.
fn found_by(words: &str, long: bool) -> Found<'static> {
    let in_email: Found<'_> = if long {
        // Compared byte by byte, as the index is.
        Box::new(
            sql::<Bool>("starts_with(orders.email COLLATE \"C\", ")
                .bind::<Text, _>(words.to_lowercase())
                .sql(")"),
        )
    } else {
        Box::new(orders::email.ilike(format!("%{}%", escaped(words))))
    };
    match words.parse::<i64>() {
        Ok(number) => Box::new(orders::number.eq(number).assume_not_null().or(in_email)),
        Err(_) => in_email,
    }
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
