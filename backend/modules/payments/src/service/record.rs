//! What our own books say about money: one row per payment, and a ledger that is only ever added to.

use orion_events::{
    PaymentAuthorized, PaymentCaptured, PaymentFacts, PaymentFailed, PaymentRefunded, PaymentRequiresConfirmation, PaymentVoided,
};
use orion_framework::StoreAccess;
use orion_framework::db::{DbError, StoreTx};
use orion_types::{Money, OrderId, PaymentId};
use uuid::Uuid;

use crate::jobs::RefundPayment;
use crate::model::{Payment, PaymentState};
use crate::provider::{self, Outcome, ProviderError, ProviderId, Token};
use crate::queries::{self, Change, LedgerEntry};

/// A payment to be.
#[derive(Debug)]
pub struct NewPayment {
    /// The order.
    pub order_id: OrderId,
    /// Who moves the money.
    pub provider: ProviderId,
    /// How much.
    pub amount: Money,
    /// The card, where there is one.
    pub token: Option<Token>,
}

/// Money that is to be asked for, and is noted by the statement that writes its order; see [`crate::insert_payment`].
pub fn new_payment(tx: &StoreTx, new: NewPayment) -> Payment {
    let (token, card_last4) = new.token.map(|token| (token.token, token.last4)).unzip();
    Payment {
        id: PaymentId(tx.new_id()),
        order_id: new.order_id,
        provider: new.provider,
        state: PaymentState::Pending,
        amount: new.amount,
        token,
        card_last4,
        failure_code: None,
        created_at: tx.now(),
    }
}

fn create_payment(tx: &mut StoreTx, new: NewPayment) -> Result<Payment, DbError> {
    let payment = new_payment(tx, new);
    queries::insert(tx, &payment)?;
    Ok(payment)
}

/// The payments of an order, oldest first.
pub fn list_payments(tx: &mut StoreTx, order_id: OrderId) -> Result<Vec<Payment>, DbError> {
    queries::list(tx, order_id)
}

/// The payments of these orders, each order's oldest first.
pub fn list_payments_of(tx: &mut StoreTx, orders: &[Uuid]) -> Result<Vec<Payment>, DbError> {
    queries::list_of(tx, orders)
}

const OPEN: &[PaymentState] = &[PaymentState::Pending, PaymentState::RequiresConfirmation];

/// Notes what the provider said. A repeated answer changes nothing; false says that it was known.
pub fn record_outcome(tx: &mut StoreTx, payment: &Payment, outcome: &Outcome) -> Result<bool, DbError> {
    let (state, reference, code, entry) = match outcome {
        Outcome::Captured { reference } => (PaymentState::Captured, Some(reference), None, Some(LedgerEntry::Captured)),
        Outcome::Declined { code } => (PaymentState::Failed, None, Some(code), Some(LedgerEntry::Failed)),
        Outcome::RequiresConfirmation { reference } => (PaymentState::RequiresConfirmation, Some(reference), None, None),
        Outcome::Pending => return Ok(false),
    };
    let from = if state == PaymentState::RequiresConfirmation {
        &OPEN[..1]
    } else {
        OPEN
    };
    let change = Change {
        provider_reference: reference.map(String::as_str),
        failure_code: code.map(String::as_str),
        ..Change::to(state)
    };
    let changed = move_to(tx, payment, from, (state, change))?;
    if let (true, Some(entry)) = (changed, entry) {
        queries::note(tx, payment.id, entry, payment.amount)?;
    }
    Ok(changed)
}

/// Money came for an order that was called off in the meantime: it is noted, and given back by a job.
pub fn record_late_capture(tx: &mut StoreTx, payment: &Payment, reference: &str) -> Result<bool, DbError> {
    let from = [
        PaymentState::Pending,
        PaymentState::RequiresConfirmation,
        PaymentState::Failed,
        PaymentState::Voided,
    ];
    let change = Change {
        provider_reference: Some(reference),
        ..Change::to(PaymentState::Refunded)
    };
    let changed = move_to(tx, payment, &from, (PaymentState::Refunded, change))?;
    if changed {
        queries::note(tx, payment.id, LedgerEntry::Captured, payment.amount)?;
        queries::note(tx, payment.id, LedgerEntry::Refunded, payment.amount)?;
        tx.enqueue(&RefundPayment { payment_id: payment.id });
    }
    Ok(changed)
}

/// A person says that the money for an order has arrived.
pub fn record_manual(tx: &mut StoreTx, order_id: OrderId, amount: Money) -> Result<(), DbError> {
    let payments = queries::list(tx, order_id)?;
    let waiting = payments
        .into_iter()
        .find(|payment| payment.provider == ProviderId::Manual && payment.state.is_open());
    let payment = match waiting {
        Some(payment) => payment,
        None => create_payment(
            tx,
            NewPayment {
                order_id,
                provider: ProviderId::Manual,
                amount,
                token: None,
            },
        )?,
    };
    if put(tx, &payment, OPEN, PaymentState::Captured)? {
        queries::note(tx, payment.id, LedgerEntry::Captured, payment.amount)?;
    }
    Ok(())
}

/// Settles the payments of an order that is called off: what is open is voided, what was taken is given back.
pub fn close(tx: &mut StoreTx, order_id: OrderId) -> Result<(), DbError> {
    for payment in queries::list(tx, order_id)? {
        let untaken = [PaymentState::Pending, PaymentState::RequiresConfirmation, PaymentState::Authorized];
        if put(tx, &payment, &untaken, PaymentState::Voided)? {
            queries::note(tx, payment.id, LedgerEntry::Voided, payment.amount)?;
        }
        if put(tx, &payment, &[PaymentState::Captured], PaymentState::Refunded)? {
            queries::note(tx, payment.id, LedgerEntry::Refunded, payment.amount)?;
            tx.enqueue(&RefundPayment { payment_id: payment.id });
        }
    }
    Ok(())
}

/// Brings a payment to a state and nothing else.
fn put(tx: &mut StoreTx, payment: &Payment, from: &[PaymentState], to: PaymentState) -> Result<bool, DbError> {
    move_to(tx, payment, from, (to, Change::to(to)))
}

/// The one way a payment changes: others are told where it stands then.
fn move_to(tx: &mut StoreTx, payment: &Payment, from: &[PaymentState], (to, change): (PaymentState, Change<'_>)) -> Result<bool, DbError> {
    let changed = queries::change(tx, payment.id, from, change)?;
    if changed {
        tell(tx, payment, to, change.failure_code);
    }
    Ok(changed)
}

fn tell(tx: &mut StoreTx, payment: &Payment, to: PaymentState, failure_code: Option<&str>) {
    let facts = PaymentFacts {
        payment_id: payment.id,
        order_id: payment.order_id,
        provider: payment.provider.as_str().to_owned(),
        status: to.as_str().to_owned(),
        amount: payment.amount,
        failure_code: failure_code.map(str::to_owned),
    };
    match to {
        // Where every payment begins, and none comes back to.
        PaymentState::Pending => {}
        PaymentState::RequiresConfirmation => tx.emit(&PaymentRequiresConfirmation(facts)),
        PaymentState::Authorized => tx.emit(&PaymentAuthorized(facts)),
        PaymentState::Captured => tx.emit(&PaymentCaptured(facts)),
        PaymentState::Failed => tx.emit(&PaymentFailed(facts)),
        PaymentState::Voided => tx.emit(&PaymentVoided(facts)),
        PaymentState::Refunded => tx.emit(&PaymentRefunded(facts)),
    }
}

/// Tells the provider to give the money of a payment back.
pub async fn refund_at_provider(access: &StoreAccess, payment: &Payment) -> Result<(), ProviderError> {
    provider::provider(payment.provider)
        .refund(access, payment.id.0, payment.amount)
        .await
}
