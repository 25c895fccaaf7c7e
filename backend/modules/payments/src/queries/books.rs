//! SQL over payments and their ledger as they are written into files: every row, whoever moved the money.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::schema::{payment_ledger, payments};

/// A payment without what its provider needs to charge it again.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = payments)]
pub struct BookedPayment {
    pub id: Uuid,
    pub order_id: Uuid,
    pub provider: String,
    pub status: String,
    pub amount_minor: i64,
    pub currency: String,
    pub card_last4: Option<String>,
    pub provider_reference: Option<String>,
    pub failure_code: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A line of the ledger.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = payment_ledger)]
pub struct LedgerRow {
    pub payment_id: Uuid,
    pub entry: String,
    pub amount_minor: i64,
    pub currency: String,
    pub created_at: DateTime<Utc>,
}

/// Payments, oldest first, from behind `after`.
pub fn list_booked(tx: &mut StoreTx, after: Option<Uuid>, limit: i64) -> Result<Vec<BookedPayment>, DbError> {
    let mut query = payments::table
        .filter(payments::store_id.eq(tx.store_id()))
        .order(payments::id)
        .limit(limit)
        .select(BookedPayment::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(payments::id.gt(after));
    }
    Ok(query.load(tx.conn())?)
}

/// The ledger of these payments, oldest line first.
pub fn list_ledger_of(tx: &mut StoreTx, payments: &[Uuid]) -> Result<Vec<LedgerRow>, DbError> {
    let query = payment_ledger::table
        .filter(payment_ledger::store_id.eq(tx.store_id()))
        .filter(payment_ledger::payment_id.eq_any(payments))
        .order(payment_ledger::id);
    Ok(query.select(LedgerRow::as_select()).load(tx.conn())?)
}
