//! The statements of a checkout.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
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
    //
    // Every value has its type: rows made of JSON by name cost PostgreSQL 0.2 ms of an order.
    const SQL: &'static str = ",
lines AS (
    INSERT INTO order_items (store_id, order_id, id, product_id, variant_id, title, variant_title, sku, image_id, quantity, unit_price_minor,
        subtotal_minor, tax_rate_ppm, tax_minor, reserved, requires_shipping, position)
    SELECT $1, $2, i.* FROM unnest($26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40) AS i
    RETURNING 1
),
noted AS (
    INSERT INTO order_status_history
        (store_id, order_id, created_at, id, event, to_status, actor_kind, actor_label, note, customer_visible)
    VALUES ($1, $2, $25, $41, $42, $43, $44, $45, $46, $47)
    RETURNING 1
),
counter AS (
    INSERT INTO order_counters AS c (store_id, last_number)
    SELECT $1, 1001 FROM (SELECT count(*) FROM lines) l, (SELECT count(*) FROM noted) n WHERE $48
    ON CONFLICT (store_id) DO UPDATE SET last_number = c.last_number + 1
    RETURNING c.last_number
),
placed AS (
    INSERT INTO orders (store_id, id, number, cart_id, customer_id, email, locale, channel, status, payment_status, fulfilment_status, currency,
        prices_include_tax, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, shipping_method, tax_name, tax_rate_ppm,
        shipping_address, billing_address, note, metadata, placed_at, created_at, updated_at)
    SELECT $1, $2, (SELECT last_number FROM counter), $3, $4, $5, $6, $7, $8, $9, $10, $11,
        $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25, $25, $25
    RETURNING number
)
SELECT number FROM placed";
    type Row = Nullable<BigInt>;
}

/// Writes a new order with its lines and the first entry of its history; `numbered` takes the store's next number for it.
pub fn insert_order(
    tx: &mut StoreTx,
    order: &OrderRow,
    items: &[ItemRow],
    first: &HistoryRow,
    numbered: bool,
) -> Result<Option<i64>, DbError> {
    let (what, sums, lines, entry) = (order_columns(order), sum_columns(order), line_columns(items), entry_columns(first));
    let statement = Statement::<InsertOrder, _>::new((what, sums, lines, entry, numbered.into_sql::<Bool>()));
    Ok(statement.get_result(tx.conn())?)
}

/// `$1` to `$11`.
fn order_columns(order: &OrderRow) -> impl QueryFragment<Pg> {
    (
        order.store_id.into_sql::<SqlUuid>(),
        order.id.into_sql::<SqlUuid>(),
        order.cart_id.into_sql::<Nullable<SqlUuid>>(),
        order.customer_id.into_sql::<Nullable<SqlUuid>>(),
        order.email.as_str().into_sql::<Text>(),
        order.locale.as_str().into_sql::<Text>(),
        order.channel.as_str().into_sql::<Text>(),
        order.status.as_str().into_sql::<Text>(),
        order.payment_status.as_str().into_sql::<Text>(),
        order.fulfilment_status.as_str().into_sql::<Text>(),
        order.currency.as_str().into_sql::<Text>(),
    )
}

/// `$12` to `$25`.
fn sum_columns(order: &OrderRow) -> impl QueryFragment<Pg> {
    (
        order.prices_include_tax.into_sql::<Bool>(),
        order.subtotal_minor.into_sql::<BigInt>(),
        order.discount_minor.into_sql::<BigInt>(),
        order.shipping_minor.into_sql::<BigInt>(),
        order.tax_minor.into_sql::<BigInt>(),
        order.total_minor.into_sql::<BigInt>(),
        order.shipping_method.as_str().into_sql::<Text>(),
        order.tax_name.as_str().into_sql::<Text>(),
        order.tax_rate_ppm.into_sql::<Integer>(),
        (&order.shipping_address).into_sql::<Jsonb>(),
        (&order.billing_address).into_sql::<Jsonb>(),
        order.note.as_str().into_sql::<Text>(),
        (&order.metadata).into_sql::<Jsonb>(),
        order.placed_at.into_sql::<Timestamptz>(),
    )
}

/// `$26` to `$40`.
fn line_columns(items: &[ItemRow]) -> impl QueryFragment<Pg> {
    (
        each(items, |item| item.id).into_sql::<Array<SqlUuid>>(),
        each(items, |item| item.product_id).into_sql::<Array<SqlUuid>>(),
        each(items, |item| item.variant_id).into_sql::<Array<SqlUuid>>(),
        each(items, |item| item.title.as_str()).into_sql::<Array<Text>>(),
        each(items, |item| item.variant_title.as_str()).into_sql::<Array<Text>>(),
        each(items, |item| item.sku.as_str()).into_sql::<Array<Text>>(),
        each(items, |item| item.image_id).into_sql::<Array<Nullable<SqlUuid>>>(),
        each(items, |item| item.quantity).into_sql::<Array<Integer>>(),
        each(items, |item| item.unit_price_minor).into_sql::<Array<BigInt>>(),
        each(items, |item| item.subtotal_minor).into_sql::<Array<BigInt>>(),
        each(items, |item| item.tax_rate_ppm).into_sql::<Array<Integer>>(),
        each(items, |item| item.tax_minor).into_sql::<Array<BigInt>>(),
        each(items, |item| item.reserved).into_sql::<Array<Bool>>(),
        each(items, |item| item.requires_shipping).into_sql::<Array<Bool>>(),
        each(items, |item| item.position).into_sql::<Array<Integer>>(),
    )
}

/// `$41` to `$47`.
fn entry_columns(first: &HistoryRow) -> impl QueryFragment<Pg> {
    (
        first.id.into_sql::<SqlUuid>(),
        first.event.as_str().into_sql::<Text>(),
        first.to_status.as_deref().into_sql::<Nullable<Text>>(),
        first.actor_kind.as_str().into_sql::<Text>(),
        first.actor_label.as_str().into_sql::<Text>(),
        first.note.as_str().into_sql::<Text>(),
        first.customer_visible.into_sql::<Bool>(),
    )
}

/// A column of the lines.
fn each<'a, T>(items: &'a [ItemRow], column: impl Fn(&'a ItemRow) -> T) -> Vec<T> {
    items.iter().map(column).collect()
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
