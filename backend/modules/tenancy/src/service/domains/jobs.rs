//! Looking for proofs by itself.

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use orion_framework::config::Config;
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, JobHandler, JobOptions, JobRun, typed};
use orion_framework::periodic::Periodic;
use orion_types::status::DomainProof;
use orion_types::{DomainId, StoreId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dns;
use super::place::Place;
use super::settle::settle;
use super::take_over::take_over;
use super::tell::{TellOwner, tell_owner};
use crate::error::TenancyError;
use crate::queries::domains;

/// Domains that are queued by one statement.
const BATCH: i64 = 500;
/// Batches that one look queues at most; the others come with the next. All together are some three million looks a day.
const BATCHES: usize = 20;
/// When a domain is due again whose look came to nothing.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// Looks for the proof of a domain.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CheckDomain {
    pub(crate) domain_id: DomainId,
}

impl Job for CheckDomain {
    const KIND: &'static str = "tenancy.check_domain";
}

/// What the module does after the commit.
pub(crate) const JOBS: &[JobHandler] = &[
    JobHandler {
        kind: CheckDomain::KIND,
        run: JobRun::Outbound(check_domain),
    },
    JobHandler {
        kind: TellOwner::KIND,
        run: JobRun::Async(|context, payload| tell_owner(context, payload).boxed()),
    },
];

/// What it does again and again.
pub(crate) const PERIODIC: &[Periodic] = &[Periodic {
    name: "tenancy.look_for_due_domains",
    summary: "Looks for domains whose proof is to be looked for: new ones after growing pauses, active ones daily.",
    cron: "*/5 * * * *",
    run: queue_checks,
}];

fn queue_checks(tx: &mut PlatformTx, _: &Config) -> Result<(), DbError> {
    let now = tx.now();
    for _ in 0..BATCHES {
        let due = domains::take_due(tx.conn(), (now, now + AGAIN), BATCH)?;
        let is_last = (due.len() as i64) < BATCH;
        for (store, id) in due {
            let options = JobOptions {
                unique_key: Some(id.to_string()),
                priority: -1,
                ..JobOptions::default()
            };
            tx.enqueue_with(StoreId(store), &CheckDomain { domain_id: id.into() }, options);
        }
        if is_last {
            break;
        }
    }
    Ok(())
}

fn check_domain(context: JobContext, payload: Value) -> BoxFuture<'static, Result<(), JobError>> {
    async move {
        let id = typed::<CheckDomain>(&payload)?.domain_id.0;
        let find = move |tx: &mut StoreTx| match domains::get(tx, id).map_err(DbError::from) {
            Ok(row) => Ok(Some(row)),
            Err(DbError::NotFound) => Ok(None),
            Err(error) => Err(error),
        };
        let Some(row) = context.read(find).await? else {
            return Ok(());
        };
        let config = context.services().config.clone();
        let (store, place) = (context.store()?.id, Place::of(&config, context.store()?));
        let seen = dns::look(context.services(), &row.host, &place).await;
        let found = seen.clone();
        let write = move |tx: &mut StoreTx| match settle(tx, id, &found, false) {
            Ok((_, proof)) => Ok(Some(proof)),
            // Removed meanwhile.
            Err(TenancyError::Db(DbError::NotFound)) => Ok(None),
            Err(error) => Err(error),
        };
        if context.tx(write).await? == Some(DomainProof::Held) {
            context
                .platform_tx(move |tx: &mut PlatformTx| take_over(tx, store, id, &seen))
                .await?;
        }
        Ok(())
    }
    .boxed()
}
