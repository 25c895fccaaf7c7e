//! A checkout from the request to the answer: one transaction, and with a card the provider and a second one.

use orion_framework::db::{StoreTx, write_json_text};
use orion_framework::gate::Shopper;
use orion_framework::idempotency::{self, Begun, IdempotencyScope};
use orion_i18n::Locale;
use orion_payments::Payment;
use orion_types::OrderId;
use orion_types::checkout::{CheckoutOutcome, CheckoutResult, PlaceOrder};

use super::answer::{self, Answer};
use super::input::{self, CheckedOrder};
use super::place::place_begun;
use super::settle::settle;
use super::write::Placed;
use crate::Orders;
use crate::error::OrdersError;
use crate::queries::placing::{self, Claimed};
use crate::service::access::AccessKey;
use crate::service::orders::detail;
use crate::service::owner::CartOwner;

/// The request, and what keeps a second one with the same key from having a second effect.
#[derive(Clone)]
struct Attempt {
    owner: CartOwner,
    order: CheckedOrder,
    key: IdempotencyScope,
    fingerprint: [u8; 32],
    access: AccessKey,
}

/// How far the first transaction has come.
enum Begin {
    Answered(Answer),
    /// The provider has to be asked.
    Charge(OrderId, Box<Payment>),
}

/// Places an order exactly once, however often it is asked with the same key.
pub async fn place_order(shopper: &Shopper<Orders>, key: String, locale: Locale, body: &PlaceOrder) -> Result<Answer, OrdersError> {
    let services = shopper.services();
    let today = services.clock.now().date_naive();
    let token = orion_payments::tokenise(&body.payment, today, services.config.is_production())?;
    let order = input::check(body, token, locale)?;
    let owner = CartOwner::of(shopper);
    let attempt = Attempt {
        key: IdempotencyScope::new(owner.principal(), "place_order", key),
        fingerprint: idempotency::fingerprint(&order),
        access: AccessKey::of(services),
        owner,
        order,
    };
    let first = attempt.clone();
    match shopper.tx(move |tx| first.begin(tx)).await? {
        Begin::Answered(answer) => Ok(answer),
        Begin::Charge(order_id, payment) => {
            let access = shopper.access();
            let outcome = orion_payments::charge(&access, &payment).await;
            // The error of a declined payment is an answer that must be kept, so it leaves the transaction as a value.
            shopper.tx(move |tx| attempt.end(tx, order_id, &payment, &outcome)).await?
        }
    }
}

impl Attempt {
    fn begin(&self, tx: &mut StoreTx) -> Result<Begin, OrdersError> {
        tx.no_audit("a key that is known is only locked; a new order audits itself");
        let asked = (&self.key, &self.fingerprint);
        let placing::Begun { taken, claimed } = placing::begin(tx, asked, &self.owner, self.order.shipping_method_id.0)?;
        match idempotency::begun_beside(tx, &self.key, &self.fingerprint, taken)? {
            Begun::Replay { status, body } => self.replay(tx, status, &body).map(Begin::Answered),
            Begun::Resume { resource_id } => {
                let order_id = OrderId(resource_id);
                let payment = detail::latest_payment(tx, order_id)?;
                Ok(Begin::Charge(order_id, Box::new(payment)))
            }
            Begun::New => self.place(tx, claimed),
        }
    }

    fn place(&self, tx: &mut StoreTx, claimed: Option<Claimed>) -> Result<Begin, OrdersError> {
        let Placed {
            detail,
            payment,
            bank_account,
        } = place_begun(tx, &self.owner, &self.order, claimed)?;
        let order_id = detail.row.order_id();
        if detail.row.number.is_none() {
            idempotency::attach(tx, &self.key, order_id.0)?;
            return Ok(Begin::Charge(order_id, Box::new(payment)));
        }
        let token = self.access.token(tx.store_id(), order_id);
        let confirmation = detail::with_account(tx, detail, bank_account)?;
        let result = answer::result(order_id, &token, CheckoutOutcome::Completed, Some(confirmation));
        self.answer(tx, Ok(result)).map(Begin::Answered)
    }

    fn replay(&self, tx: &StoreTx, status: u16, body: &[u8]) -> Result<Answer, OrdersError> {
        answer::replay(status, body, |order_id| self.access.token(tx.store_id(), order_id))
    }

    /// Keeps what was answered and gives it.
    fn answer(&self, tx: &mut StoreTx, result: Result<CheckoutResult, OrdersError>) -> Result<Answer, OrdersError> {
        if let Some((status, body)) = answer::kept(&result)? {
            idempotency::finish(tx, &self.key, status, &body);
        }
        let result = result?;
        Ok(Answer {
            order_id: Some(result.order_id),
            body: write_json_text(&result)?,
            replayed: false,
        })
    }

    fn end(
        &self,
        tx: &mut StoreTx,
        order_id: OrderId,
        payment: &Payment,
        outcome: &orion_payments::Outcome,
    ) -> Result<Result<Answer, OrdersError>, OrdersError> {
        tx.no_audit("the kept answer is no record of its own");
        // A second request that was resumed in parallel may have finished first; its answer is the answer.
        if let Begun::Replay { status, body } = idempotency::begin(tx, &self.key, &self.fingerprint)? {
            return Ok(self.replay(tx, status, &body));
        }
        let settled = settle(tx, order_id, payment, outcome)?;
        let token = self.access.token(tx.store_id(), order_id);
        Ok(self.answer(tx, answer::of_settled(order_id, &token, settled)))
    }
}
