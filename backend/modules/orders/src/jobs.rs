//! Work that happens after the commit.

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use orion_events::PaymentReported;
use orion_framework::Services;
use orion_framework::auth::cookie::CART_LIFETIME;
use orion_framework::config::Config;
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_framework::event::Told;
use orion_framework::job::{Job, JobContext, JobError, JobHandler, JobOptions, JobRun, Patience, typed};
use orion_framework::periodic::Periodic;
use orion_framework::retention::{Removed, Retention};
use orion_types::{FulfilmentId, OrderId, PaymentId, StoreId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::OrdersError;
use crate::mail;
use crate::queries::carts;
use crate::service::checkout;

/// The jobs of the module.
pub static JOBS: &[JobHandler] = &[
    JobHandler {
        kind: SendOrderMail::KIND,
        run: JobRun::Together(send_mails),
    },
    JobHandler {
        kind: ResolvePayment::KIND,
        run: JobRun::Async(resolve_payment),
    },
    JobHandler {
        kind: ExpireCarts::KIND,
        run: JobRun::Store(expire_carts),
    },
];

impl From<OrdersError> for JobError {
    fn from(error: OrdersError) -> Self {
        Self::Retry(error.to_string())
    }
}

/// Tells the buyer about their order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendOrderMail {
    pub order_id: OrderId,
    pub message: Message,
}

/// What the buyer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub enum Message {
    Confirmation,
    Shipped { fulfilment_id: FulfilmentId },
    Cancelled,
}

impl Job for SendOrderMail {
    const KIND: &'static str = "orders.send_mail";
    const PATIENCE: Patience = Patience::DAYS;
}

fn send_mails(services: &Services, tx: &mut StoreTx, payloads: &[Value]) -> Result<(), JobError> {
    let jobs = payloads.iter().map(typed).collect::<Result<Vec<_>, _>>()?;
    Ok(mail::send(services, tx, &jobs)?)
}

/// Finds out what became of a payment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResolvePayment {
    pub order_id: OrderId,
    pub payment_id: PaymentId,
    /// How often it was tried before.
    pub round: u32,
    /// The provider has told by itself that there is something to find out: a look beside those that follow one another anyway.
    #[serde(default)]
    pub reported: bool,
}

impl Job for ResolvePayment {
    const KIND: &'static str = "orders.resolve_payment";
    const PATIENCE: Patience = Patience::DAYS;
}

impl ResolvePayment {
    /// The first look, when the checkout itself should long be through.
    pub fn first(order_id: OrderId, payment_id: PaymentId) -> Self {
        Self {
            order_id,
            payment_id,
            round: 0,
            reported: false,
        }
    }

    /// The look after this one.
    pub fn next(self) -> Self {
        Self {
            round: self.round.saturating_add(1),
            ..self
        }
    }

    /// How long until it is tried: soon at first, since the buyer is looking at a page that waits; then each minute, and every ten
    /// minutes when a provider stays away for long.
    fn pause(&self) -> TimeDelta {
        match self.round {
            0..4 => TimeDelta::seconds(15),
            4..20 => TimeDelta::minutes(1),
            _ => TimeDelta::minutes(10),
        }
    }

    /// Queues a look at once, since the provider has reported something.
    pub fn hear(tx: &mut StoreTx, told: &Told) -> Result<(), JobError> {
        tx.no_audit("what is found out is audited");
        let PaymentReported { payment_id, order_id } = told.typed()?;
        let look = Self {
            reported: true,
            ..Self::first(order_id, payment_id)
        };
        let options = JobOptions {
            // Of its own for each report: a look that runs may have asked before there was something to find out.
            unique_key: Some(format!("{order_id}:{}", told.id)),
            ..JobOptions::default()
        };
        tx.enqueue_with(&look, options);
        Ok(())
    }

    /// Queues it.
    pub fn enqueue(self, tx: &mut StoreTx) {
        let options = JobOptions {
            run_at: Some(tx.now() + self.pause()),
            // The round is part of the key, since the round before is still running when it queues this one.
            unique_key: Some(format!("{}:{}", self.order_id, self.round)),
            ..JobOptions::default()
        };
        tx.enqueue_with(&self, options);
    }
}

fn resolve_payment(context: JobContext, payload: Value) -> BoxFuture<'static, Result<(), JobError>> {
    async move { checkout::resolve(&context, typed(&payload)?).await }.boxed()
}

/// Removes carts that nobody came back to.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExpireCarts {}

impl Job for ExpireCarts {
    const KIND: &'static str = "orders.expire_carts";
}

/// Carts per statement.
const BATCH: i64 = 1000;

/// What the module does again and again.
pub static PERIODIC: &[Periodic] = &[Periodic {
    name: "orders.look_for_expired_carts",
    summary: "Looks for stores with carts that nobody came back to.",
    cron: "17 * * * *",
    run: queue_sweeps,
}];

/// How long the module keeps what has served.
pub static RETENTION: &[Retention] = &[Retention {
    table: "carts",
    rows: "that no order came from, since they were last changed",
    kept: CART_LIFETIME,
    removed: Removed::Job(ExpireCarts::KIND),
}];

/// Queues a sweep for every store that has carts to sweep.
fn queue_sweeps(tx: &mut PlatformTx, _: &Config) -> Result<(), DbError> {
    let now = tx.now();
    for store in carts::stores_with_left(tx, now)? {
        let options = JobOptions {
            unique_key: Some("hourly".to_owned()),
            priority: -1,
            ..JobOptions::default()
        };
        tx.enqueue_with(StoreId(store), &ExpireCarts {}, options);
    }
    Ok(())
}

fn expire_carts(tx: &mut StoreTx, _: &Value) -> Result<(), JobError> {
    tx.no_audit("carts come and go");
    let now = tx.now();
    while carts::delete_expired(tx, now, BATCH)? > 0 {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_message_is_read_back_as_it_was_queued() {
        let order_id = OrderId(Uuid::from_u128(1));
        let messages = [
            Message::Confirmation,
            Message::Shipped {
                fulfilment_id: FulfilmentId(Uuid::from_u128(2)),
            },
            Message::Cancelled,
        ];
        for message in messages {
            let payload = serde_json::to_value(SendOrderMail { order_id, message }).unwrap();
            assert_eq!(typed::<SendOrderMail>(&payload).unwrap().message, message);
        }
    }

    #[test]
    fn every_look_has_a_key_of_its_own() {
        let first = ResolvePayment::first(OrderId(Uuid::nil()), PaymentId(Uuid::nil()));
        assert_eq!((first.round, first.clone().next().round), (0, 1));
    }
}
