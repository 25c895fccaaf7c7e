//! What other modules ask about carts and orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, max, sql};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use orion_framework::offer::Bought;
use uuid::Uuid;

use crate::schema::orders;

#[derive(QueryableByName)]
struct CartsRow {
    #[diesel(sql_type = SqlUuid)]
    variant_id: Uuid,
    #[diesel(sql_type = BigInt)]
    carts: i64,
}

/// In how many open carts each of the variants lies; those that lie in none are not among them.
pub fn count_carts(tx: &mut StoreTx, variants: &[Uuid]) -> Result<HashMap<Uuid, i64>, DbError> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let query = "SELECT i.variant_id, count(*) AS carts FROM cart_items i \
         JOIN carts c ON c.store_id = i.store_id AND c.id = i.cart_id AND c.status = 'open' \
         WHERE i.store_id = $1 AND i.variant_id = ANY($2) GROUP BY i.variant_id";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(variants);
    let rows: Vec<CartsRow> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row.carts)).collect())
}

/// Customer, number of orders, their sum and the last.
type BoughtRow = (Option<Uuid>, i64, i64, Option<DateTime<Utc>>);

/// What these customers have ordered and not called off; who has ordered nothing is not in it.
pub fn bought(tx: &mut StoreTx, customers: &[Uuid]) -> Result<HashMap<Uuid, Bought>, DbError> {
    let (store, currency) = (tx.store_id(), tx.store().currency.code());
    // A sum of bigint is numeric to PostgreSQL; what a shop sells to one customer stays below the bounds of an order's total.
    let spent = sql::<BigInt>("sum(total_minor)::bigint");
    let rows: Vec<BoughtRow> = orders::table
        .filter(orders::store_id.eq(store))
        .filter(orders::customer_id.eq_any(customers))
        .filter(orders::number.is_not_null())
        .filter(orders::status.ne("cancelled"))
        .filter(orders::currency.eq(currency))
        .group_by(orders::customer_id)
        .select((orders::customer_id, count_star(), spent, max(orders::placed_at)))
        .load(tx.conn())?;
    let known = rows.into_iter().filter_map(|(id, orders, spent_minor, last_placed_at)| {
        let bought = Bought {
            orders,
            spent_minor,
            last_placed_at,
        };
        Some((id?, bought))
    });
    Ok(known.collect())
}
