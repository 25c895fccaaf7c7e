//! SQL for the dashboard. Days are days of the store's time zone, and their bounds are computed there, so that a day of 23 or 25
//! hours is one day.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use uuid::Uuid;

struct SalesByDay;

impl StatementText for SalesByDay {
    const SQL: &'static str = ",
span AS (
    SELECT ($2 AT TIME ZONE $3)::date AS today
),
days AS (
    SELECT generate_series(today - 29, today, interval '1 day')::date AS day FROM span
),
sold AS (
    SELECT (o.placed_at AT TIME ZONE $3)::date AS day, count(*) AS orders, sum(u.units)::bigint AS units, sum(o.total_minor) AS revenue
    FROM span, orders o
    CROSS JOIN LATERAL (SELECT sum(i.quantity) AS units FROM order_items i WHERE i.store_id = $1 AND i.order_id = o.id) u
    WHERE o.store_id = $1 AND o.number IS NOT NULL AND o.status <> 'cancelled' AND o.currency = $4
      AND o.placed_at >= ((today - 29)::timestamp AT TIME ZONE $3)
      AND o.placed_at < ((today + 1)::timestamp AT TIME ZONE $3)
    GROUP BY 1
)
SELECT to_char(d.day, 'YYYY-MM-DD'), coalesce(s.orders, 0), coalesce(s.units, 0), coalesce(s.revenue, 0)::bigint
FROM days d LEFT JOIN sold s ON s.day = d.day
ORDER BY d.day";
    type Row = (Text, BigInt, BigInt, BigInt);
}

/// Day, orders, units and revenue of the last 30 days, today last; days without orders are zero.
pub fn sales_by_day(tx: &mut StoreTx) -> Result<Vec<(String, i64, i64, i64)>, DbError> {
    let (store_id, now, zone, currency) = frame(tx);
    let statement = Statement::<SalesByDay, _>::new((
        store_id.into_sql::<SqlUuid>(),
        now.into_sql::<Timestamptz>(),
        zone.into_sql::<Text>(),
        currency.into_sql::<Text>(),
    ));
    Ok(statement.load(tx.conn())?)
}

struct OpenWork;

impl StatementText for OpenWork {
    const SQL: &'static str = "
SELECT count(*) FILTER (WHERE status = 'confirmed' AND fulfilment_status <> 'fulfilled'),
       count(*) FILTER (WHERE payment_status = 'pending'),
       (SELECT count(*) FROM orders WHERE store_id = $1 AND payment_status = 'failed' AND placed_at >= $2 - interval '7 days')
FROM orders
WHERE store_id = $1 AND number IS NOT NULL AND status IN ('pending', 'confirmed')";
    type Row = (BigInt, BigInt, BigInt);
}

/// How many orders wait to be shipped, how many for their money, and how many payments were refused in the last 7 days.
pub fn count_open_work(tx: &mut StoreTx) -> Result<(i64, i64, i64), DbError> {
    let statement = Statement::<OpenWork, _>::new((tx.store_id().into_sql::<SqlUuid>(), tx.now().into_sql::<Timestamptz>()));
    Ok(statement.get_result(tx.conn())?)
}

struct TopProducts;

impl StatementText for TopProducts {
    const SQL: &'static str = "
SELECT i.product_id, max(i.title), sum(i.quantity)::bigint, sum(i.subtotal_minor)::bigint
FROM orders o JOIN order_items i ON i.store_id = $1 AND i.order_id = o.id
WHERE o.store_id = $1 AND o.number IS NOT NULL AND o.status <> 'cancelled' AND o.currency = $4
  AND o.placed_at >= ((($2 AT TIME ZONE $3)::date - 29)::timestamp AT TIME ZONE $3)
GROUP BY i.product_id
ORDER BY 4 DESC, 1
LIMIT 5";
    type Row = (SqlUuid, Text, BigInt, BigInt);
}

/// Product, title, units and revenue of what sold best in the last 30 days.
pub fn list_top_products(tx: &mut StoreTx) -> Result<Vec<(Uuid, String, i64, i64)>, DbError> {
    let (store_id, now, zone, currency) = frame(tx);
    let statement = Statement::<TopProducts, _>::new((
        store_id.into_sql::<SqlUuid>(),
        now.into_sql::<Timestamptz>(),
        zone.into_sql::<Text>(),
        currency.into_sql::<Text>(),
    ));
    Ok(statement.load(tx.conn())?)
}

fn frame(tx: &StoreTx) -> (Uuid, DateTime<Utc>, String, &'static str) {
    (tx.store_id(), tx.now(), tx.store().timezone.clone(), tx.store().currency.code())
}
