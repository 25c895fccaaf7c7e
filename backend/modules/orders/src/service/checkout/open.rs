//! Checkouts whose payment is not decided yet, for a buyer who has lost the page.

use orion_framework::db::StoreTx;
use orion_payments::{Payment, PaymentState};
use orion_types::OrderId;
use orion_types::checkout::{CheckoutOutcome, OpenCheckout};

use crate::error::OrdersError;
use crate::queries::carts;
use crate::service::access::AccessKey;
use crate::service::orders::detail;
use crate::service::owner::CartOwner;

/// What the owner has ordered and not paid yet, the newest first.
pub fn open_checkouts(tx: &mut StoreTx, owner: &CartOwner, access: &AccessKey) -> Result<Vec<OpenCheckout>, OrdersError> {
    if !owner.is_known() {
        return Ok(Vec::new());
    }
    let orders = carts::list_unpaid(tx, owner)?.into_iter().map(OrderId);
    let open = |order_id| {
        let payment = detail::latest_payment(tx, order_id)?;
        Ok(OpenCheckout {
            order_id,
            outcome: outcome(&payment),
            access_token: access.token(tx.store_id(), order_id),
            total: payment.amount,
        })
    };
    orders.map(open).collect()
}

fn outcome(payment: &Payment) -> CheckoutOutcome {
    match payment.state {
        PaymentState::RequiresConfirmation => CheckoutOutcome::RequiresConfirmation,
        PaymentState::Pending
        | PaymentState::Authorized
        | PaymentState::Captured
        | PaymentState::Failed
        | PaymentState::Voided
        | PaymentState::Refunded => CheckoutOutcome::Processing,
    }
}
