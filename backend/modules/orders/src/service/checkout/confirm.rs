//! The card's owner agrees, or does not.

use orion_framework::StoreAccess;
use orion_framework::gate::Shopper;
use orion_payments::{Outcome, Payment, PaymentState};
use orion_types::OrderId;
use orion_types::checkout::{CheckoutResult, ConfirmPayment};

use super::answer;
use super::settle::settle;
use crate::Orders;
use crate::error::OrdersError;
use crate::service::access::AccessKey;
use crate::service::orders::detail;

/// Passes the answer on to the provider and applies what comes back; asking again finds it done.
pub async fn confirm_payment(shopper: &Shopper<Orders>, order_id: OrderId, request: ConfirmPayment) -> Result<CheckoutResult, OrdersError> {
    let access = AccessKey::of(shopper.services());
    if !access.opens(shopper.store().id.0, order_id, &request.access_token) {
        return Err(OrdersError::NotFound);
    }
    let payment = shopper.read(move |tx| detail::latest_payment(tx, order_id)).await?;
    let outcome = ask(&shopper.access(), &payment, request.accept).await?;
    // A declined payment is written down, so it is no error of the transaction.
    let settled = shopper.tx(move |tx| settle(tx, order_id, &payment, &outcome)).await?;
    answer::of_settled(order_id, &request.access_token, settled)
}

async fn ask(access: &StoreAccess, payment: &Payment, accept: bool) -> Result<Outcome, OrdersError> {
    match payment.state {
        PaymentState::RequiresConfirmation => Ok(orion_payments::confirm(access, payment, accept).await),
        // Settled before: the order says how.
        PaymentState::Captured | PaymentState::Failed => Ok(Outcome::Pending),
        PaymentState::Pending | PaymentState::Authorized | PaymentState::Voided | PaymentState::Refunded => {
            Err(OrdersError::NotAwaitingConfirmation)
        }
    }
}
