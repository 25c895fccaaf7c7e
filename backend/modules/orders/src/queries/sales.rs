//! SQL for the dashboard. Days are days of the store's time zone; their bounds come from the program, whose data of time zones is one release,
//! and not from PostgreSQL, whose data is that of some machine.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use orion_framework::zone::Day;
use uuid::Uuid;

struct SalesByDay;

impl StatementText for SalesByDay {
    const SQL: &'static str = "
SELECT width_bucket(o.placed_at, $2), count(*), coalesce(sum(u.units), 0)::bigint, sum(o.total_minor)::bigint
FROM orders o
CROSS JOIN LATERAL (SELECT sum(i.quantity) AS units FROM order_items i WHERE i.store_id = $1 AND i.order_id = o.id) u
WHERE o.store_id = $1 AND o.number IS NOT NULL AND o.status <> 'cancelled' AND o.currency = $4
  AND o.placed_at >= ($2)[1] AND o.placed_at < $3
GROUP BY 1";
    type Row = (Integer, BigInt, BigInt, BigInt);
}

/// Orders, units and revenue of the days on which something was sold; the first day is 1.
pub fn sales_by_day(tx: &mut StoreTx, days: &[Day]) -> Result<Vec<(i32, i64, i64, i64)>, DbError> {
    let begins: Vec<DateTime<Utc>> = days.iter().map(|day| day.begins).collect();
    let Some(last) = days.last() else { return Ok(Vec::new()) };
    let statement = Statement::<SalesByDay, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        begins.into_sql::<Array<Timestamptz>>(),
        last.ends.into_sql::<Timestamptz>(),
        tx.store().currency.code().into_sql::<Text>(),
    ));
    Ok(statement.load(tx.conn())?)
}

struct OpenWork;

impl StatementText for OpenWork {
    const SQL: &'static str = "
SELECT (SELECT count(*) FROM orders WHERE store_id = $1 AND status = 'confirmed' AND fulfilment_status <> 'fulfilled'),
       (SELECT count(*) FROM orders WHERE store_id = $1 AND status = 'confirmed' AND payment_status = 'pending')
           + (SELECT count(*) FROM orders WHERE store_id = $1 AND status = 'pending' AND payment_status = 'pending' AND number IS NOT NULL),
       (SELECT count(*) FROM orders WHERE store_id = $1 AND payment_status = 'failed' AND placed_at >= $2 - interval '7 days')";
    type Row = (BigInt, BigInt, BigInt);
}

/// How many orders wait to be shipped, how many for their money, and how many payments were refused in the last 7 days. The index
/// `orders_open` alone answers each; only an order that is pending may lack a number, which it does not tell.
pub fn count_open_work(tx: &mut StoreTx) -> Result<(i64, i64, i64), DbError> {
    let statement = Statement::<OpenWork, _>::new((tx.store_id().into_sql::<SqlUuid>(), tx.now().into_sql::<Timestamptz>()));
    Ok(statement.get_result(tx.conn())?)
}

struct TopProducts;

impl StatementText for TopProducts {
    const SQL: &'static str = "
SELECT i.product_id, max(i.title), sum(i.quantity)::bigint, sum(i.subtotal_minor)::bigint
FROM orders o JOIN order_items i ON i.store_id = $1 AND i.order_id = o.id
WHERE o.store_id = $1 AND o.number IS NOT NULL AND o.status <> 'cancelled' AND o.currency = $3
  AND o.placed_at >= $2
GROUP BY i.product_id
ORDER BY 4 DESC, 1
LIMIT 5";
    type Row = (SqlUuid, Text, BigInt, BigInt);
}

/// Product, title, units and revenue of what sold best since a moment.
pub fn list_top_products(tx: &mut StoreTx, since: DateTime<Utc>) -> Result<Vec<(Uuid, String, i64, i64)>, DbError> {
    let statement = Statement::<TopProducts, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        since.into_sql::<Timestamptz>(),
        tx.store().currency.code().into_sql::<Text>(),
    ));
    Ok(statement.load(tx.conn())?)
}
