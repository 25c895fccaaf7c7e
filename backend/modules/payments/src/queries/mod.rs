//! SQL over payments and their ledger.

pub mod books;
pub mod settings;

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_types::{Money, OrderId, PaymentId};
use uuid::Uuid;

use crate::model::{Payment, PaymentRow, PaymentState};
use crate::provider::ProviderId;
use crate::schema::payment_ledger;
use crate::schema::payments::{self, dsl};

/// What the ledger notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerEntry {
    Captured,
    Failed,
    Voided,
    Refunded,
}

impl LedgerEntry {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Failed => "failed",
            Self::Voided => "voided",
            Self::Refunded => "refunded",
        }
    }
}

/// The CTE `asked_for` writes a new payment of the store `$1` over money of an order. The parameters are those of [`columns`], then what the order
/// says itself.
#[macro_export]
macro_rules! insert_payment {
    ($id:literal, $provider:literal, $status:literal, $token:literal, $last4:literal, $order:literal, $amount:literal, $currency:literal, $now:literal) => {
        concat!(
            ",
asked_for AS (
    INSERT INTO payments
        (store_id, id, order_id, provider, status, amount_minor, currency, provider_token, card_last4, created_at, updated_at)
    VALUES ($1, ",
            $id,
            ", ",
            $order,
            ", ",
            $provider,
            ", ",
            $status,
            ", ",
            $amount,
            ", ",
            $currency,
            ", ",
            $token,
            ", ",
            $last4,
            ", ",
            $now,
            ", ",
            $now,
            ")
)"
        )
    };
}

/// The first parameters of [`insert_payment!`](crate::insert_payment), in their order.
pub fn columns(payment: &Payment) -> impl QueryFragment<Pg> + '_ {
    (
        payment.id.0.into_sql::<SqlUuid>(),
        payment.provider.as_str().into_sql::<Text>(),
        payment.state.as_str().into_sql::<Text>(),
        payment.token.as_deref().into_sql::<Nullable<Text>>(),
        payment.card_last4.as_deref().into_sql::<Nullable<Text>>(),
    )
}

/// Writes a new payment.
pub fn insert(tx: &mut StoreTx, payment: &Payment) -> Result<(), DbError> {
    diesel::insert_into(dsl::payments)
        .values((
            dsl::store_id.eq(tx.store_id()),
            dsl::id.eq(payment.id.0),
            dsl::order_id.eq(payment.order_id.0),
            dsl::provider.eq(payment.provider.as_str()),
            dsl::status.eq(payment.state.as_str()),
            dsl::amount_minor.eq(payment.amount.amount_minor),
            dsl::currency.eq(payment.amount.currency.code()),
            dsl::provider_token.eq(&payment.token),
            dsl::card_last4.eq(&payment.card_last4),
            dsl::created_at.eq(payment.created_at),
            dsl::updated_at.eq(payment.created_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The payments of an order, oldest first.
pub fn list(tx: &mut StoreTx, order_id: OrderId) -> Result<Vec<Payment>, DbError> {
    let query = dsl::payments
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::order_id.eq(order_id.0))
        .order(dsl::id);
    let rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().filter_map(PaymentRow::into_payment).collect())
}

/// The payments of these orders, each order's oldest first.
pub fn list_of(tx: &mut StoreTx, orders: &[Uuid]) -> Result<Vec<Payment>, DbError> {
    let query = dsl::payments
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::order_id.eq_any(orders))
        .order(dsl::id);
    let rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().filter_map(PaymentRow::into_payment).collect())
}

/// One payment.
pub fn get(tx: &mut StoreTx, id: PaymentId) -> Result<Payment, DbError> {
    let query = dsl::payments.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id.0));
    let row: PaymentRow = query.select(PaymentRow::as_select()).first(tx.conn())?;
    row.into_payment().ok_or(DbError::NotFound)
}

/// What a payment becomes.
#[derive(Debug, Clone, Copy, AsChangeset)]
#[diesel(table_name = payments)]
pub struct Change<'a> {
    pub status: &'a str,
    /// Stays as it is when absent.
    pub provider_reference: Option<&'a str>,
    pub failure_code: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// A change of state only.
    pub fn to(state: PaymentState) -> Change<'a> {
        Change {
            status: state.as_str(),
            provider_reference: None,
            failure_code: None,
        }
    }
}

/// Changes a payment that is in one of these states; false when it is in none of them, as when it was changed before.
pub fn change(tx: &mut StoreTx, id: PaymentId, from: &[PaymentState], change: Change<'_>) -> Result<bool, DbError> {
    let from: Vec<&str> = from.iter().map(|state| state.as_str()).collect();
    let target = dsl::payments
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id.0))
        .filter(dsl::status.eq_any(from));
    let set = (change, dsl::updated_at.eq(tx.now()), dsl::version.eq(dsl::version + 1));
    Ok(diesel::update(target).set(set).execute(tx.conn())? == 1)
}

/// Writes a line of the ledger.
pub fn note(tx: &mut StoreTx, payment_id: PaymentId, entry: LedgerEntry, amount: Money) -> Result<(), DbError> {
    use payment_ledger::dsl as ledger;
    diesel::insert_into(ledger::payment_ledger)
        .values((
            ledger::store_id.eq(tx.store_id()),
            ledger::id.eq(tx.new_id()),
            ledger::payment_id.eq(payment_id.0),
            ledger::entry.eq(entry.as_str()),
            ledger::amount_minor.eq(amount.amount_minor),
            ledger::currency.eq(amount.currency.code()),
            ledger::created_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Since when, at the latest `before`, the oldest payment waits for a word of its provider; in any store.
pub fn oldest_unresolved(tx: &mut PlatformTx, before: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, DbError> {
    let waiting = dsl::payments
        .filter(dsl::status.eq(PaymentState::Pending.as_str()))
        // A bank transfer waits for a person, and for as long as it likes.
        .filter(dsl::provider.ne(ProviderId::Manual.as_str()))
        .filter(dsl::created_at.lt(before));
    Ok(waiting.select(dsl::created_at).order(dsl::created_at).first(tx.conn()).optional()?)
}
