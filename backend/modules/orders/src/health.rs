//! How the module feels, and what it counts.

use std::time::Duration;

use futures_util::FutureExt;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::health::HealthCheck;
use orion_framework::job::{Job, count_dead};
use orion_framework::module::CounterInfo;

use crate::jobs::ResolvePayment;

/// Orders that were placed: those that have a number.
pub const ORDERS_CREATED: &str = "orders_created_total";

/// Carts that got their first line; beside the orders they say how many carts become one.
pub const CARTS_CREATED: &str = "carts_created_total";

/// What the module counts.
pub static COUNTERS: &[CounterInfo] = &[
    CounterInfo {
        name: ORDERS_CREATED,
        help: "Orders that were placed.",
    },
    CounterInfo {
        name: CARTS_CREATED,
        help: "Carts that got their first line.",
    },
];

/// What the module looks at.
pub static CHECKS: &[HealthCheck] = &[HealthCheck {
    name: "orders.given_up",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |context| {
        async move {
            let count = context.look(count_given_up);
            match count.await {
                Ok(0) => Ok(()),
                Ok(count) => Err(format!(
                    "nobody looks after the payment of {count} orders any more: their jobs are dead"
                )),
                Err(error) => Err(error.to_string()),
            }
        }
        .boxed()
    },
}];

/// Orders that hold goods and whose payment is followed by no job, since the job has used up its attempts.
fn count_given_up(tx: &mut PlatformTx) -> Result<i64, DbError> {
    count_dead(tx, ResolvePayment::KIND)
}
