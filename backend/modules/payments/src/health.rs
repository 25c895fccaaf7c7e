//! How the module feels.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use orion_framework::db::PlatformTx;
use orion_framework::health::HealthCheck;
use orion_framework::job::{Job, failing};

use crate::jobs::RefundPayment;
use crate::queries;

/// A provider is asked again every minute; what it has not told for so long needs a person.
const TOO_LONG: TimeDelta = TimeDelta::hours(1);

/// What the module looks at.
pub(crate) static CHECKS: &[HealthCheck] = &[UNRESOLVED, REFUNDS];

/// The books say refunded when the job is queued, so that nobody else would notice.
const REFUNDS: HealthCheck = HealthCheck {
    name: "payments.refunds",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |context| {
        async move {
            let look = |tx: &mut PlatformTx| failing(tx, RefundPayment::KIND, "refunds");
            let found = context.look(look).await;
            found.map_err(|error| error.to_string())?.map_or(Ok(()), Err)
        }
        .boxed()
    },
};

const UNRESOLVED: HealthCheck = HealthCheck {
    name: "payments.unresolved",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |context| {
        async move {
            let before = context.clock.now() - TOO_LONG;
            let oldest = context.look(move |tx| queries::oldest_unresolved(tx, before));
            match oldest.await {
                Ok(None) => Ok(()),
                Ok(Some(since)) => Err(format!("the fate of a payment is unknown since {}", since.to_rfc3339())),
                Err(error) => Err(error.to_string()),
            }
        }
        .boxed()
    },
};
