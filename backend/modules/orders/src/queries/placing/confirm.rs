//! An attempt becomes an order that counts.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};

use crate::model::order::OrderRow;

struct ConfirmOrder;

impl StatementText for ConfirmOrder {
    const SQL: &'static str = ",
target AS (
    SELECT id FROM orders WHERE store_id = $1 AND id = $2 AND number IS NULL AND status = 'pending'
),
counter AS (
    INSERT INTO order_counters AS c (store_id, last_number)
    SELECT $1, 1001 FROM target
    ON CONFLICT (store_id) DO UPDATE SET last_number = c.last_number + 1
    RETURNING c.last_number
)
UPDATE orders o
SET number = (SELECT last_number FROM counter), status = $3, payment_status = $4, placed_at = $5, updated_at = $5,
    version = o.version + 1
FROM target
WHERE o.store_id = $1 AND o.id = target.id AND o.number IS NULL AND o.status = 'pending'
RETURNING o.number";
    type Row = Nullable<BigInt>;
}

/// Gives a locked order whose money has come its number; `None` when it has one already or was called off.
pub fn confirm_order(tx: &mut StoreTx, order: &OrderRow) -> Result<Option<i64>, DbError> {
    let statement = Statement::<ConfirmOrder, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        order.id.into_sql::<SqlUuid>(),
        order.status.clone().into_sql::<Text>(),
        order.payment_status.clone().into_sql::<Text>(),
        tx.now().into_sql::<Timestamptz>(),
    ));
    let number: Option<Option<i64>> = statement.get_result(tx.conn()).optional()?;
    Ok(number.flatten())
}
