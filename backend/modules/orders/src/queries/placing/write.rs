//! The statement that writes an order.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_customers::NewGuest;
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use orion_inventory::{MovedRow, Movement};
use orion_payments::Payment;
use serde_json::Value;
use uuid::Uuid;

use crate::model::order::{HistoryRow, ItemRow, OrderRow};
use crate::schema::orders;

struct InsertOrder;

impl StatementText for InsertOrder {
    // One statement for all that an order is, since each costs PostgreSQL and this server about as much as two rows. The counter's row lock
    // makes the checkouts of a store take turns until they commit. So everything else comes before: `placed` counts what the others have
    // written, and asks for the number when it writes its own row. Foreign keys are checked at the end. Where stock is refused, no number is
    // asked for, and whoever reads it lets go of all of it.
    //
    // Every value has its type: rows made of JSON by name cost PostgreSQL 0.2 ms of an order.
    const SQL: &'static str = concat!(
        orion_customers::find_or_add_guest!("$61", "$62", "$63", "$64", "$65", "$6", "$25"),
        // A guest before stock, in every plan, so that no two orders wait for each other in a circle.
        orion_inventory::move_stock!("EXISTS (SELECT 1 FROM guest)", "$49", "$50", "$51", "$52", "$53", "$54", "$55", "$2", "$25"),
        orion_payments::insert_payment!("$56", "$57", "$58", "$59", "$60", "$2", "$17", "$11", "$25"),
        ",
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
    SELECT $1, 1001
    FROM (SELECT count(*) FROM lines) l, (SELECT count(*) FROM noted) n, (SELECT count(*) AS units FROM moved) m, (SELECT is_new FROM guest) g
    WHERE $48 AND m.units = cardinality($49)
    ON CONFLICT (store_id) DO UPDATE SET last_number = c.last_number + 1
    RETURNING c.last_number
),
placed AS (
    INSERT INTO orders (store_id, id, number, cart_id, customer_id, email, locale, channel, status, payment_status, fulfilment_status, currency,
        prices_include_tax, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, shipping_method, tax_name, tax_rate_ppm,
        shipping_address, billing_address, note, metadata, placed_at, created_at, updated_at)
    SELECT $1, $2, (SELECT last_number FROM counter), $3, coalesce($4, guest.id), $5, $6, $7, $8, $9, $10, $11,
        $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25, $25, $25
    FROM guest
    RETURNING number, customer_id
)
SELECT p.number, p.customer_id, g.is_new, g.is_contested, ",
        orion_tenancy::setting!("$66"),
        ",
    j.variant_id, j.on_hand, j.reserved, j.on_hand_delta, j.reserved_delta, m.id IS NOT NULL
FROM placed p CROSS JOIN guest g LEFT JOIN judged j ON true LEFT JOIN moved m ON m.variant_id = j.variant_id
ORDER BY j.variant_id"
    );
    type Row = (
        Nullable<BigInt>,
        Nullable<SqlUuid>,
        Bool,
        Bool,
        Nullable<Jsonb>,
        Nullable<SqlUuid>,
        Nullable<Integer>,
        Nullable<Integer>,
        Nullable<Integer>,
        Nullable<Integer>,
        Bool,
    );
}

type WrittenRow = (
    Option<i64>,
    Option<Uuid>,
    bool,
    bool,
    Option<Value>,
    Option<Uuid>,
    Option<i32>,
    Option<i32>,
    Option<i32>,
    Option<i32>,
    bool,
);

/// An order to be written, with all that comes into being with it.
#[derive(Debug)]
pub struct NewOrder<'a> {
    pub order: &'a OrderRow,
    pub items: &'a [ItemRow],
    /// The first entry of its history.
    pub first: &'a HistoryRow,
    /// Whether it takes the store's next number.
    pub numbered: bool,
    pub stock: &'a Movement,
    pub payment: &'a Payment,
    pub guest: &'a NewGuest,
}

/// What came of it.
#[derive(Debug)]
pub struct Written {
    pub number: Option<i64>,
    pub customer_id: Option<Uuid>,
    /// The guest was added.
    pub is_new_guest: bool,
    /// Somebody else was adding the guest at the same moment.
    pub is_contested_guest: bool,
    /// The shop's bank account.
    pub bank_account: Option<Value>,
    /// What became of the stock.
    pub moved: Vec<MovedRow>,
}

/// Writes a new order with its lines, the first entry of its history, its payment and its guest, and promises it its stock. When stock is
/// refused, which `moved` tells, the transaction must not be committed.
pub fn insert_order(tx: &mut StoreTx, new: &NewOrder<'_>) -> Result<Written, DbError> {
    let order = (
        order_columns(new.order),
        sum_columns(new.order),
        line_columns(new.items),
        entry_columns(new.first),
    );
    let beside = (
        new.stock.columns(),
        orion_payments::payment_columns(new.payment),
        new.guest.columns(),
    );
    let (numbered, account) = (new.numbered.into_sql::<Bool>(), orion_payments::BANK_ACCOUNT.into_sql::<Text>());
    let rows: Vec<WrittenRow> = Statement::<InsertOrder, _>::new((order, numbered, beside, account)).load(tx.conn())?;
    let (number, customer_id, is_new_guest, is_contested_guest, bank_account, ..) = rows.first().cloned().ok_or(DbError::NotFound)?;
    let moved = |(.., variant_id, on_hand, reserved, on_hand_delta, reserved_delta, moved): WrittenRow| {
        Some((variant_id?, on_hand?, reserved?, on_hand_delta?, reserved_delta?, moved))
    };
    Ok(Written {
        number,
        customer_id,
        is_new_guest,
        is_contested_guest,
        bank_account,
        moved: rows.into_iter().filter_map(moved).collect(),
    })
}

/// Ties an order that this transaction has written to its guest.
pub fn set_customer(tx: &mut StoreTx, order_id: Uuid, customer_id: Uuid) -> Result<(), DbError> {
    let order = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(orders::id.eq(order_id));
    diesel::update(order).set(orders::customer_id.eq(customer_id)).execute(tx.conn())?;
    Ok(())
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
