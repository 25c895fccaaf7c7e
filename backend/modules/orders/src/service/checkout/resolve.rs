//! What becomes of a checkout that nobody finished: the server died, the provider was silent, the customer went away.

use chrono::TimeDelta;
use orion_framework::StoreAccess;
use orion_framework::job::{JobContext, JobError};
use orion_payments::{Outcome, Payment};
use orion_types::OrderId;

use super::settle::settle;
use crate::error::OrdersError;
use crate::jobs::ResolvePayment;
use crate::queries::orders;
use crate::service::orders::detail;

/// How long the card's owner may think.
const CONFIRM_WITHIN: TimeDelta = TimeDelta::minutes(15);
/// After how long a charge that the provider has never heard of will not come any more.
const ARRIVES_WITHIN: TimeDelta = TimeDelta::minutes(2);

/// Asks the provider what became of a payment and applies it, or comes back later.
pub async fn resolve(context: &JobContext, job: ResolvePayment) -> Result<(), JobError> {
    let order_id = job.order_id;
    let Some(payment) = context.read(move |tx| open_payment(tx, order_id)).await? else {
        return Ok(());
    };
    let access = context.access()?;
    let age = context.services().clock.now() - payment.created_at;
    let outcome = decide(&access, &payment, age).await;
    context
        .tx(move |tx| {
            let known = !matches!(outcome, Outcome::Pending | Outcome::RequiresConfirmation { .. });
            settle(tx, order_id, &payment, &outcome)?;
            if !known && !job.reported {
                job.next().enqueue(tx);
            }
            Ok::<_, OrdersError>(())
        })
        .await
}

/// The payment of an order that still waits for it.
fn open_payment(tx: &mut orion_framework::db::StoreTx, order_id: OrderId) -> Result<Option<Payment>, OrdersError> {
    let Some(order) = orders::find_order(tx, order_id.0)? else {
        return Ok(None);
    };
    let waits = order.number.is_none() && order.status == "pending";
    if waits {
        detail::latest_payment(tx, order_id).map(Some)
    } else {
        Ok(None)
    }
}

/// What to apply. Before an order is called off the provider promises to take nothing any more, so that no charge comes after.
async fn decide(access: &StoreAccess, payment: &Payment, age: TimeDelta) -> Outcome {
    let known = orion_payments::lookup(access, payment).await;
    let give_up = match &known {
        Some(Outcome::Captured { .. } | Outcome::Declined { .. }) => false,
        Some(Outcome::RequiresConfirmation { .. } | Outcome::Pending) => age >= CONFIRM_WITHIN,
        None => age >= ARRIVES_WITHIN,
    };
    if !give_up {
        return known.unwrap_or(Outcome::Pending);
    }
    match orion_payments::call_off(access, payment).await {
        Some(Outcome::Declined { .. }) => Outcome::Declined {
            code: "not_confirmed".to_owned(),
        },
        Some(outcome) => outcome,
        None => Outcome::Pending,
    }
}
