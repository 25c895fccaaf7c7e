//! Removes rows whose time is over, as their tables' modules have declared it; one job for all servers.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use orion_types::NO_STORE;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Services;
use crate::db::{DbError, PlatformTx};
use crate::job::{Job, JobContext, JobError, JobHandler, JobOptions, JobRun};
use crate::periodic::Periodic;
use crate::retention::{RETENTION, Removed, Retention};

/// Rows per statement, so that none holds its locks for long.
const BATCH: usize = 5000;

/// Removes what has served.
#[derive(Debug, Serialize, Deserialize)]
struct Housekeep {}

impl Job for Housekeep {
    const KIND: &'static str = "framework.housekeeping";
}

/// The jobs of the worker itself.
pub static JOBS: &[JobHandler] = &[JobHandler {
    kind: Housekeep::KIND,
    run: JobRun::Bulk(|context, _: Value| Box::pin(housekeep(context))),
}];

/// When the job is queued.
pub(super) static HOUSEKEEPING: Periodic = Periodic {
    name: Housekeep::KIND,
    summary: "Removes rows whose time is over.",
    cron: "37 * * * *",
    run: |tx, _| {
        let options = JobOptions {
            unique_key: Some("hourly".to_owned()),
            priority: -1,
            ..JobOptions::default()
        };
        tx.enqueue_with(NO_STORE, &Housekeep {}, options);
        Ok(())
    },
};

/// How long every table keeps what, those of the server first; with the module.
pub fn retention(services: &Services) -> Vec<(&'static str, &'static Retention)> {
    let own = RETENTION.iter().map(|retention| ("framework", retention));
    let modules = services.modules.all().iter();
    let of_modules = modules.flat_map(|module| module.retention.iter().map(|retention| (module.id, retention)));
    own.chain(of_modules).collect()
}

/// Batch after batch, each in a transaction of its own.
async fn housekeep(context: JobContext) -> Result<(), JobError> {
    let now = context.services().clock.now();
    let mut failed = None;
    for (_, retention) in retention(context.services()) {
        let Removed::Rows { key, over } = retention.removed else {
            continue;
        };
        let table = retention.table;
        let delete = format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {over} LIMIT {BATCH})");
        // One table that cannot be tidied does not keep the others from it.
        if let Err(error) = empty(&context, &delete, now - retention.kept).await {
            tracing::warn!(%error, table, "rows whose time is over are still there");
            failed = failed.or(Some(error));
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn empty(context: &JobContext, delete: &str, before: DateTime<Utc>) -> Result<(), JobError> {
    while remove(context, delete.to_owned(), before).await? == BATCH {
        context.heartbeat().await?;
    }
    Ok(())
}

async fn remove(context: &JobContext, delete: String, before: DateTime<Utc>) -> Result<usize, JobError> {
    let work = move |tx: &mut PlatformTx| -> Result<usize, DbError> {
        tx.no_audit("its time is over");
        Ok(diesel::sql_query(delete).bind::<Timestamptz, _>(before).execute(tx.conn())?)
    };
    context.platform_tx(work).await
}
