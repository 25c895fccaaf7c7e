//! The statements of a checkout.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::settings::Terms;
use crate::model::cart::{CartLineRow, CartRow};
use crate::model::order::{HistoryRow, ItemRow, OrderRow};
use crate::service::owner::CartOwner;

/// The lines of the cart that `claimed` names, with the terms that they are sold at.
macro_rules! with_terms {
    () => {
        "
SELECT c.id, (SELECT catalog_version FROM stores WHERE id = $1), s.name, s.flat_minor, s.free_from_minor, t.name, t.rate_ppm, i.id, i.variant_id, i.quantity, i.seen_price_minor
FROM claimed c
LEFT JOIN shipping_methods s ON s.store_id = $1 AND s.id = $5 AND s.active
LEFT JOIN tax_rates t ON t.store_id = $1 AND t.is_default
LEFT JOIN cart_items i ON i.store_id = $1 AND i.cart_id = c.id
ORDER BY i.created_at, i.id"
    };
}

struct ReadCart;

impl StatementText for ReadCart {
    const SQL: &'static str = concat!(
        ",
claimed AS (
    SELECT id FROM carts WHERE store_id = $1 AND status = 'open' AND customer_id = $2
    UNION ALL
    SELECT id FROM carts WHERE store_id = $1 AND status = 'open' AND token_hash = $3 AND customer_id IS NULL AND expires_at > $4
    LIMIT 1
)",
        with_terms!()
    );
    type Row = ClaimedSql;
}

struct ClaimCart;

impl StatementText for ClaimCart {
    // Lines and cart are read from one snapshot. Should the cart have changed since, which is why every change of a line also
    // writes the cart's row, then `ctid` names another version than the one that is updated, and nothing is claimed.
    const SQL: &'static str = concat!(
        ",
cart AS (
    SELECT id, ctid AS version FROM carts WHERE store_id = $1 AND status = 'open' AND customer_id = $2
    UNION ALL
    SELECT id, ctid FROM carts WHERE store_id = $1 AND status = 'open' AND token_hash = $3 AND customer_id IS NULL AND expires_at > $4
    LIMIT 1
),
claimed AS (
    UPDATE carts c SET status = 'ordered', updated_at = $4 FROM cart
    WHERE c.store_id = $1 AND c.id = cart.id AND c.ctid = cart.version AND c.status = 'open'
    RETURNING c.id
)",
        with_terms!()
    );
    type Row = ClaimedSql;
}

type ClaimedSql = (
    SqlUuid,
    Nullable<BigInt>,
    Nullable<Text>,
    Nullable<BigInt>,
    Nullable<BigInt>,
    Nullable<Text>,
    Nullable<Integer>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Integer>,
    Nullable<BigInt>,
);

type ClaimedRow = (
    Uuid,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<i32>,
    Option<Uuid>,
    Option<Uuid>,
    Option<i32>,
    Option<i64>,
);

/// A cart that is becoming an order, or is priced like one.
#[derive(Debug)]
pub struct Claimed {
    pub cart: CartRow,
    pub terms: Terms,
    /// The version of what the shop sells, from before anything of that was read.
    pub catalog_version: i64,
}

/// Takes the owner's cart for an order, and with it its row's lock; `None` when there is no open one, or when another request
/// changed it at the same moment.
pub fn claim_cart(tx: &mut StoreTx, owner: &CartOwner, shipping_method_id: Uuid) -> Result<Option<Claimed>, DbError> {
    find::<ClaimCart>(tx, owner, Some(shipping_method_id))
}

/// The owner's open cart and the terms for a way of shipping, as an order would have them.
pub fn read_cart(tx: &mut StoreTx, owner: &CartOwner, shipping_method_id: Option<Uuid>) -> Result<Option<Claimed>, DbError> {
    if !owner.is_known() {
        return Ok(None);
    }
    find::<ReadCart>(tx, owner, shipping_method_id)
}

fn find<S: StatementText<Row = ClaimedSql>>(
    tx: &mut StoreTx,
    owner: &CartOwner,
    shipping_method_id: Option<Uuid>,
) -> Result<Option<Claimed>, DbError> {
    let statement = Statement::<S, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        owner.customer_id.into_sql::<Nullable<SqlUuid>>(),
        owner.token_hash.clone().into_sql::<Nullable<Binary>>(),
        tx.now().into_sql::<Timestamptz>(),
        shipping_method_id.into_sql::<Nullable<SqlUuid>>(),
    ));
    let rows: Vec<ClaimedRow> = statement.load(tx.conn())?;
    let Some((id, version, name, flat, free_from, tax_name, rate_ppm, ..)) = rows.first().cloned() else {
        return Ok(None);
    };
    let line = |(.., id, variant_id, quantity, seen_price_minor): ClaimedRow| {
        let (id, variant_id) = id.zip(variant_id)?;
        Some(CartLineRow {
            id,
            variant_id,
            quantity: quantity?,
            seen_price_minor: seen_price_minor?,
        })
    };
    let lines = rows.into_iter().filter_map(line).collect();
    Ok(Some(Claimed {
        cart: CartRow { id, lines },
        terms: Terms::from_row((name, flat, free_from, tax_name, rate_ppm)),
        catalog_version: version.ok_or(DbError::NotFound)?,
    }))
}

struct InsertOrder;

impl StatementText for InsertOrder {
    // The counter's row lock makes the checkouts of a store take turns until they commit. So everything else comes before: `placed`
    // counts what the others have written, and asks for the number when it writes its own row. Foreign keys are checked at the end.
    const SQL: &'static str = ",
lines AS (
    INSERT INTO order_items SELECT * FROM jsonb_populate_recordset(NULL::order_items, $3) RETURNING 1
),
noted AS (
    INSERT INTO order_status_history SELECT * FROM jsonb_populate_record(NULL::order_status_history, $4) RETURNING 1
),
counter AS (
    INSERT INTO order_counters AS c (store_id, last_number)
    SELECT $1, 1001 FROM (SELECT count(*) FROM lines) l, (SELECT count(*) FROM noted) n WHERE $5
    ON CONFLICT (store_id) DO UPDATE SET last_number = c.last_number + 1
    RETURNING c.last_number
),
placed AS (
    INSERT INTO orders
    SELECT o.* FROM jsonb_populate_record(
        NULL::orders, $2 || jsonb_build_object('number', (SELECT last_number FROM counter))
    ) o
    RETURNING number
)
SELECT number FROM placed";
    type Row = Nullable<BigInt>;
}

/// Writes an order with its lines and the first entry of its history; `numbered` takes the store's next number for it.
pub fn insert_order(
    tx: &mut StoreTx,
    order: &OrderRow,
    items: &[ItemRow],
    first: &HistoryRow,
    numbered: bool,
) -> Result<Option<i64>, DbError> {
    let statement = Statement::<InsertOrder, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        json(order)?.into_sql::<Jsonb>(),
        json(items)?.into_sql::<Jsonb>(),
        json(first)?.into_sql::<Jsonb>(),
        numbered.into_sql::<Bool>(),
    ));
    Ok(statement.get_result(tx.conn())?)
}

fn json<T: Serialize + ?Sized>(rows: &T) -> Result<Value, DbError> {
    serde_json::to_value(rows).map_err(|error| DbError::Other(diesel::result::Error::SerializationError(Box::new(error))))
}

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
