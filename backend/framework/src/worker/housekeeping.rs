//! Removes what nobody asks for any more, and lets modules look over all stores. Several workers may do it at once: each row goes only once,
//! and what modules queue is one job for each store.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;

use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta};
use crate::idempotency;

/// Rows per statement, so that none holds its locks for long.
const BATCH: usize = 5000;

/// Finished jobs and dispatched events are kept for a look back; dead jobs stay until a person decides.
const KEEP_DAYS: i64 = 7;

const DONE_JOBS: &str = "DELETE FROM jobs WHERE (store_id, id) IN \
     (SELECT store_id, id FROM jobs WHERE status IN ('done', 'cancelled') AND finished_at < $1 LIMIT 5000)";
const DISPATCHED_EVENTS: &str = "DELETE FROM outbox_events WHERE (store_id, id) IN \
     (SELECT store_id, id FROM outbox_events WHERE dispatched_at < $1 LIMIT 5000)";
const OLD_KEYS: &str = "DELETE FROM idempotency_keys WHERE (store_id, principal, route, key) IN \
     (SELECT store_id, principal, route, key FROM idempotency_keys WHERE created_at < $1 LIMIT 5000)";

pub(super) async fn tidy(backend: &Backend) -> Result<(), DbError> {
    let now = backend.clock.now();
    let days_ago = now - TimeDelta::days(KEEP_DAYS);
    for (statement, before) in [
        (DONE_JOBS, days_ago),
        (DISPATCHED_EVENTS, days_ago),
        (OLD_KEYS, now - idempotency::KEEP),
    ] {
        while delete(backend, statement, before).await? == BATCH {}
    }
    for hourly in backend.modules.all().iter().filter_map(|module| module.hourly) {
        let config = backend.config.clone();
        let look = move |tx: &mut PlatformTx| {
            tx.no_audit("a look over all stores");
            hourly(tx, &config)
        };
        backend
            .platform_tx(Actor::system("housekeeping"), RequestMeta::default(), look)
            .await?;
    }
    Ok(())
}

async fn delete(backend: &Backend, statement: &'static str, before: DateTime<Utc>) -> Result<usize, DbError> {
    let work = move |tx: &mut PlatformTx| -> Result<usize, DbError> {
        tx.no_audit("machinery that has served");
        Ok(diesel::sql_query(statement).bind::<Timestamptz, _>(before).execute(tx.conn())?)
    };
    backend
        .platform_tx(Actor::system("housekeeping"), RequestMeta::default(), work)
        .await
}
