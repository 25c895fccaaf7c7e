//! Work that reaches out to providers.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use orion_framework::db::DbError;
use orion_framework::job::{Job, JobContext, JobError, JobHandler, JobRun, Patience, typed};
use orion_types::PaymentId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{queries, service};

/// Gives the money of a payment back at its provider; our books say so already.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefundPayment {
    pub payment_id: PaymentId,
}

impl Job for RefundPayment {
    const KIND: &'static str = "payments.refund_payment";
    const PATIENCE: Patience = Patience::DAYS;
}

/// The jobs of the module.
pub static JOBS: &[JobHandler] = &[JobHandler {
    kind: RefundPayment::KIND,
    run: JobRun::Async(refund),
}];

fn refund(context: JobContext, payload: Value) -> BoxFuture<'static, Result<(), JobError>> {
    async move {
        let RefundPayment { payment_id } = typed(&payload)?;
        let payment = context.read::<_, DbError>(move |tx| queries::get(tx, payment_id)).await?;
        let access = context.access()?;
        // The provider knows a refund by its payment, so that a second attempt gives nothing back twice.
        service::refund_at_provider(&access, &payment)
            .await
            .map_err(|error| JobError::Retry(error.to_string()))
    }
    .boxed()
}
