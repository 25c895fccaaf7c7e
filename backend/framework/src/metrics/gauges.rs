//! Gauges that are asked for when somebody reads the metrics.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use orion_types::status::ModuleTier;

use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta};

/// How long the database may take: who reads the metrics wants to know most of all when it is away.
const PATIENCE: Duration = Duration::from_secs(1);

/// Jobs that are done are many and kept for a while only; `orion_jobs_total` counts them. Each of the others has an index of its own.
const UNFINISHED: &str = "SELECT (SELECT count(*) FROM jobs WHERE status = 'queued') AS queued, \
     (SELECT count(*) FROM jobs WHERE status = 'running') AS running, \
     (SELECT count(*) FROM jobs WHERE status = 'dead') AS dead";

#[derive(QueryableByName)]
struct Unfinished {
    #[diesel(sql_type = BigInt)]
    queued: i64,
    #[diesel(sql_type = BigInt)]
    running: i64,
    #[diesel(sql_type = BigInt)]
    dead: i64,
}

/// Brings the gauges of jobs and module switches up to date; while the database is away they stay as they were.
pub async fn refresh(backend: &Backend) {
    let up = match tokio::time::timeout(PATIENCE, ask(backend)).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the metrics are read while the database is away");
            false
        }
        Err(_) => false,
    };
    super::database_up(up);
}

async fn ask(backend: &Backend) -> Result<(), DbError> {
    let read = |tx: &mut PlatformTx| -> Result<Unfinished, DbError> { Ok(diesel::sql_query(UNFINISHED).get_result(tx.conn())?) };
    let jobs = backend.platform_tx(Actor::system("metrics"), RequestMeta::default(), read).await?;
    super::jobs_by_state(&[("queued", jobs.queued), ("running", jobs.running), ("dead", jobs.dead)]);
    let optional = backend.modules.all().iter().filter(|module| module.tier == ModuleTier::Optional);
    let modules: Vec<&'static str> = optional.map(|module| module.id).collect();
    for platform in backend.directory.platforms().await?.iter() {
        for module in &modules {
            super::module_enabled(&platform.code, module, platform.modules.contains(*module));
        }
    }
    Ok(())
}
