//! What the provider remembers: one entry per key, so that a repeated request gets the same answer and moves money once.

use diesel::prelude::*;
use orion_framework::StoreAccess;
use orion_framework::db::{Actor, DbError, StoreTx};
use orion_types::Money;
use uuid::Uuid;

use crate::provider::{Charge, Outcome, ProviderError};
use crate::schema::test_card_charges::{self, dsl};

/// What the provider decided about a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    Declined,
    RequiresConfirmation,
}

impl Verdict {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::RequiresConfirmation => "requires_confirmation",
        }
    }
}

/// An entry of the books.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = test_card_charges)]
pub struct Entry {
    reference: String,
    outcome: String,
    amount_minor: i64,
}

impl Entry {
    /// The answer it gives.
    pub fn outcome(self) -> Outcome {
        match self.outcome.as_str() {
            "approved" => Outcome::Captured { reference: self.reference },
            "requires_confirmation" => Outcome::RequiresConfirmation { reference: self.reference },
            _ => Outcome::Declined {
                code: "card_declined".to_owned(),
            },
        }
    }
}

/// Enters a charge, or finds the one that has its key.
pub async fn open(access: &StoreAccess, charge: &Charge, verdict: Verdict) -> Result<Entry, ProviderError> {
    let (key, amount) = (charge.key, charge.amount);
    let entry = in_books(access, move |tx| {
        enter(tx, &key.to_string(), verdict, amount)?;
        get(tx, &key.to_string())
    })
    .await?;
    // A charge that was called off before it arrived stands in the books without an amount.
    let same = entry.amount_minor == amount.amount_minor || entry.outcome == Verdict::Declined.as_str();
    if same { Ok(entry) } else { Err(ProviderError::Conflict(key)) }
}

/// Records what the card's owner answered, unless it was answered before.
pub async fn decide(access: &StoreAccess, key: Uuid, verdict: Verdict) -> Result<Option<Entry>, ProviderError> {
    let entry = in_books(access, move |tx| {
        settle_open(tx, &key.to_string(), verdict)?;
        find_entry(tx, &key.to_string())
    });
    Ok(entry.await?)
}

/// The charge with this key.
pub async fn find(access: &StoreAccess, key: Uuid) -> Result<Option<Entry>, ProviderError> {
    Ok(in_books(access, move |tx| find_entry(tx, &key.to_string())).await?)
}

/// Declines whatever is still open, and what has not arrived yet.
pub async fn call_off(access: &StoreAccess, key: Uuid) -> Result<Entry, ProviderError> {
    let nothing = Money::zero(access.store().currency);
    let entry = in_books(access, move |tx| {
        let key = key.to_string();
        settle_open(tx, &key, Verdict::Declined)?;
        enter(tx, &key, Verdict::Declined, nothing)?;
        get(tx, &key)
    });
    Ok(entry.await?)
}

/// Gives money back; a refund is a charge of its own in the other direction.
pub async fn refund(access: &StoreAccess, key: Uuid, amount: Money) -> Result<(), ProviderError> {
    Ok(in_books(access, move |tx| enter(tx, &format!("{key}:refund"), Verdict::Approved, amount)).await?)
}

async fn in_books<T: Send + 'static>(
    access: &StoreAccess,
    work: impl FnOnce(&mut StoreTx) -> Result<T, DbError> + Send + 'static,
) -> Result<T, DbError> {
    let entering = move |tx: &mut StoreTx| {
        tx.no_audit("the books of the test provider belong to the other side");
        work(tx)
    };
    access.named(Actor::system("test-card")).tx(entering).await
}

fn enter(tx: &mut StoreTx, key: &str, verdict: Verdict, amount: Money) -> Result<(), DbError> {
    diesel::insert_into(dsl::test_card_charges)
        .values((
            dsl::store_id.eq(tx.store_id()),
            dsl::idempotency_key.eq(key),
            dsl::reference.eq(format!("tch_{key}")),
            dsl::outcome.eq(verdict.as_str()),
            dsl::amount_minor.eq(amount.amount_minor),
            dsl::currency.eq(amount.currency.code()),
            dsl::created_at.eq(tx.now()),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

fn settle_open(tx: &mut StoreTx, key: &str, verdict: Verdict) -> Result<(), DbError> {
    let open = dsl::test_card_charges
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::idempotency_key.eq(key))
        .filter(dsl::outcome.eq(Verdict::RequiresConfirmation.as_str()));
    diesel::update(open).set(dsl::outcome.eq(verdict.as_str())).execute(tx.conn())?;
    Ok(())
}

fn find_entry(tx: &mut StoreTx, key: &str) -> Result<Option<Entry>, DbError> {
    let query = dsl::test_card_charges
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::idempotency_key.eq(key));
    Ok(query.select(Entry::as_select()).first(tx.conn()).optional()?)
}

fn get(tx: &mut StoreTx, key: &str) -> Result<Entry, DbError> {
    find_entry(tx, key)?.ok_or(DbError::NotFound)
}
