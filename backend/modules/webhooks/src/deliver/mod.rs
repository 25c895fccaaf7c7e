//! The job of an endpoint: sends what is due, several requests at a time, until nothing is.
//!
//! There is one of each endpoint at a time, in places of their own: a receiver that is slow holds up itself. What was sent and not yet noted
//! when a server dies is sent again by whoever takes the job over, with the same id.

mod record;
mod schedule;
mod send;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, JobOptions, Patience, hasten, typed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{AcquireError, Semaphore};
use uuid::Uuid;

use crate::error::WebhookError;
use crate::queries::{due, endpoints};

use send::Target;
pub(crate) use send::headers;

/// How long a job goes on before others have their turn; what is left is for the next one.
const RUN: Duration = Duration::from_secs(10);
/// The shortest wait for what is not due yet: the clocks of this server and of the database may differ.
const LEAST_WAIT: TimeDelta = TimeDelta::seconds(1);

/// Connections to the database that all these jobs of a server have together: the shops have to get on with what is left.
static CONNECTIONS: Semaphore = Semaphore::const_new(2);

/// Sends what an endpoint is to be sent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Deliver {
    endpoint_id: Uuid,
}

impl Job for Deliver {
    const KIND: &'static str = "webhooks.deliver";
    // Only a fault of ours fails the job; what receivers do is noted with the deliveries.
    const PATIENCE: Patience = Patience::DAYS;
}

/// Queues the job of an endpoint, or has the one that waits for a later time begin now. The caller holds the endpoint's row: a job that is about
/// to end looks once more when it gets it.
pub(crate) fn enqueue(tx: &mut StoreTx, endpoint: Uuid) -> Result<(), DbError> {
    let key = endpoint.to_string();
    hasten::<Deliver>(tx, &key)?;
    enqueue_at(tx, endpoint, None);
    Ok(())
}

/// Queues the job of an endpoint where there is none, whenever the one that is there begins.
pub(crate) fn ensure(tx: &mut StoreTx, endpoint: Uuid) {
    enqueue_at(tx, endpoint, None);
}

fn enqueue_at(tx: &mut StoreTx, endpoint: Uuid, run_at: Option<chrono::DateTime<chrono::Utc>>) {
    let options = JobOptions {
        unique_key: Some(endpoint.to_string()),
        run_at,
        ..JobOptions::default()
    };
    tx.enqueue_with(&Deliver { endpoint_id: endpoint }, options);
}

/// Sends batch after batch.
pub(crate) async fn deliver(context: JobContext, payload: Value) -> Result<(), JobError> {
    let Deliver { endpoint_id } = typed(&payload)?;
    let started = Instant::now();
    let mut ended = Vec::new();
    loop {
        let more = started.elapsed() < RUN;
        let turn = move |tx: &mut StoreTx| record::turn(tx, endpoint_id, &ended, more);
        let connection = CONNECTIONS.acquire().await.map_err(closed)?;
        let found = context.tx(turn).await?;
        drop(connection);
        let Some((row, due)) = found else { break };
        let services = context.services();
        let target = Target::of(&row, &services.vault, services.clock.now()).map_err(WebhookError::from)?;
        ended = send::all(services, &target, due).await;
    }
    let _connection = CONNECTIONS.acquire().await.map_err(closed)?;
    context.last_tx(move |tx| settle(tx, endpoint_id)).await
}

fn closed(error: AcquireError) -> JobError {
    JobError::Retry(error.to_string())
}

/// When nothing is due the job ends, and the next one is queued for what will be.
fn settle(tx: &mut StoreTx, endpoint: Uuid) -> Result<(), WebhookError> {
    tx.no_audit("deliveries are their own log");
    let Some(row) = endpoints::find_locked(tx, endpoint)?.filter(|row| row.enabled) else {
        return Ok(());
    };
    if let Some(next) = due::next(tx, endpoint)? {
        let now = tx.now();
        let at = row.paused_until.map_or(next, |paused| paused.max(next));
        enqueue_at(tx, endpoint, (at > now).then(|| at.max(now + LEAST_WAIT)));
    }
    Ok(())
}
