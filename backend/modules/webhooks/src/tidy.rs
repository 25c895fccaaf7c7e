//! Removes what is older than the log is kept, a few rows at a time.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use orion_framework::config::Config;
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, JobOptions};
use orion_framework::periodic::Periodic;
use orion_framework::retention::{Removed, Retention};
use orion_types::StoreId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::deliver;
use crate::error::WebhookError;
use crate::queries::{deliveries, endpoints};
use crate::schema::webhook_endpoints;

/// How long deliveries and what they deliver are kept.
const KEPT: TimeDelta = TimeDelta::days(30);
/// Rows per statement, so that none holds its locks for long.
const BATCH: i64 = 2_000;

/// Tidies one store.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Tidy {}

impl Job for Tidy {
    const KIND: &'static str = "webhooks.tidy";
}

/// What the module does again and again.
pub(crate) const PERIODIC: &[Periodic] = &[Periodic {
    name: "webhooks.look_for_endpoints",
    summary: "Looks for stores that have had a webhook endpoint, to tidy their logs.",
    cron: "27 * * * *",
    run: queue_tidying,
}];

/// How long the module keeps what has served.
pub(crate) const RETENTION: &[Retention] = &[
    Retention {
        table: "webhook_deliveries",
        rows: "whatever became of them; those of a deleted endpoint go at once",
        kept: KEPT,
        removed: Removed::Job(Tidy::KIND),
    },
    Retention {
        table: "webhook_messages",
        rows: "that nothing delivers any more",
        kept: KEPT,
        removed: Removed::Job(Tidy::KIND),
    },
];

/// Queues a job for every store that has had an endpoint.
fn queue_tidying(tx: &mut PlatformTx, _: &Config) -> Result<(), DbError> {
    let stores: Vec<Uuid> = webhook_endpoints::table
        .select(webhook_endpoints::store_id)
        .distinct()
        .load(tx.conn())?;
    for store in stores {
        let options = JobOptions {
            unique_key: Some("hourly".to_owned()),
            priority: -1,
            ..JobOptions::default()
        };
        tx.enqueue_with(StoreId(store), &Tidy {}, options);
    }
    Ok(())
}

/// Removes batch after batch, each in a transaction of its own.
pub(crate) async fn tidy(context: JobContext, _: Value) -> Result<(), JobError> {
    let before = context.services().clock.now() - KEPT;
    for remove in [deliveries::remove_old, deliveries::remove_messages] {
        loop {
            let step = move |tx: &mut StoreTx| batch(tx, remove, before);
            if context.tx(step).await? < BATCH.unsigned_abs() as usize {
                break;
            }
        }
    }
    context.last_tx(finish).await
}

type Remove = fn(&mut StoreTx, DateTime<Utc>, i64) -> QueryResult<usize>;

fn batch(tx: &mut StoreTx, remove: Remove, before: DateTime<Utc>) -> Result<usize, WebhookError> {
    tx.no_audit("its time is over");
    Ok(remove(tx, before, BATCH)?)
}

/// Endpoints that are gone go, and what waits for others goes on, should its job have died.
fn finish(tx: &mut StoreTx) -> Result<(), WebhookError> {
    tx.no_audit("its time is over");
    deliveries::remove_endpoints(tx)?;
    for endpoint in endpoints::lock_all(tx)? {
        if endpoint.enabled && deliveries::is_waiting(tx, endpoint.id)? {
            deliver::ensure(tx, endpoint.id);
        }
    }
    Ok(())
}
