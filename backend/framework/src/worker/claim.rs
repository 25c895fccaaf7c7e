//! Takes due jobs, one of each store in turn, so that ten thousand jobs of one store do not starve the others.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Double, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::Handlers;
use super::handlers::Lane;
use super::lease::LEASE;
use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, Prepared, RequestMeta};
use crate::tenancy::PlatformContext;

/// Most jobs that share a transaction.
pub(super) const TOGETHER: usize = 64;

/// What to take.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// Jobs of which lanes.
    pub(super) lanes: &'static [Lane],
    /// The first store whose turn it is; stores have their turns in the order of their ids.
    pub(super) from: Uuid,
    /// How many stores at most: one job of each, and with one that is done together with others, those that wait behind it.
    pub(super) limit: i32,
    /// Stores that already have their share of this worker.
    pub(super) busy: Vec<Uuid>,
    /// Whether to look for jobs whose worker died as well.
    pub(super) reclaim: bool,
}

impl Default for Claim {
    fn default() -> Self {
        Self {
            lanes: &[Lane::Prompt, Lane::Bulk, Lane::Outbound, Lane::Idle],
            from: Uuid::nil(),
            limit: 0,
            busy: Vec::new(),
            reclaim: false,
        }
    }
}

/// A job that is ours for the length of its lease.
#[derive(Debug, QueryableByName)]
pub(super) struct Claimed {
    #[diesel(sql_type = SqlUuid)]
    pub(super) store_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub(super) id: Uuid,
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Jsonb)]
    pub(super) payload: Value,
    #[diesel(sql_type = Integer)]
    pub(super) attempts: i32,
    #[diesel(sql_type = Integer)]
    pub(super) max_attempts: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub(super) retry_until: Option<DateTime<Utc>>,
}

/// Waiting and due by the database's clock, which all servers share (`$1` is the time that a test holds still); of a kind that this build
/// knows, of a store that is not busy, of a platform that is active, of a module that is on.
macro_rules! due {
    () => {
        "job.status = 'queued' AND job.run_at <= coalesce($1, now()) AND job.kind = ANY($2) AND job.store_id <> ALL($3) \
         AND coalesce((SELECT store.platform_id = ANY($10) FROM stores AS store WHERE store.id = job.store_id), true) \
         AND job.kind <> ALL(ARRAY(SELECT off.kind FROM stores AS store \
             JOIN unnest($4, $5) AS off(platform_id, kind) ON off.platform_id = store.platform_id WHERE store.id = job.store_id))"
    };
}

/// A worker that died never finishes: what its leases covered waits again.
const RECLAIM: &str = "UPDATE jobs SET status = 'queued', leased_by = NULL, lease_until = NULL WHERE (store_id, id) IN \
     (SELECT store_id, id FROM jobs WHERE status = 'running' AND lease_until <= coalesce($1, now()) FOR UPDATE SKIP LOCKED)";

/// The planner takes a store with ten thousand waiting jobs for one with ten, and would sort them all to find the first; and it would
/// plan anew each time, which takes longer than the claim. The commit does not wait for the disk: a lease that a crash forgets is a job
/// that still waits, and before a claimed job runs the disk is waited for once, together with whoever else does.
const SETTINGS: &str = "SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL jit = off; \
     SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL synchronous_commit = off";

/// The recursion steps from store to store through the index instead of reading every waiting job.
const CLAIM: &str = concat!(
    ", picked AS ( \
        WITH RECURSIVE turn(store_id, number) AS ( \
            (SELECT job.store_id, 1 FROM jobs AS job WHERE job.store_id >= $6 AND ",
    due!(),
    " ORDER BY job.store_id LIMIT 1) \
            UNION ALL \
            SELECT following.store_id, turn.number + 1 FROM turn CROSS JOIN LATERAL ( \
                SELECT job.store_id FROM jobs AS job WHERE job.store_id > turn.store_id AND ",
    due!(),
    " ORDER BY job.store_id LIMIT 1) AS following \
            WHERE turn.number < $7 \
        ) \
        SELECT first.store_id, first.id FROM turn CROSS JOIN LATERAL ( \
            SELECT job.store_id, job.id FROM jobs AS job WHERE job.store_id = turn.store_id AND ",
    due!(),
    " ORDER BY job.priority DESC, job.run_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS first \
     ) \
     UPDATE jobs SET status = 'running', attempts = attempts + 1, leased_by = $8, lease_until = coalesce($1, now()) + make_interval(secs => $9) \
     FROM picked WHERE jobs.store_id = picked.store_id AND jobs.id = picked.id \
     RETURNING jobs.store_id, jobs.id, jobs.kind, jobs.payload, jobs.attempts, jobs.max_attempts, jobs.retry_until",
);

/// Those that wait behind a job which is done together with others, of the same store and kind and in their order: among the first in the line,
/// so that a long line of something else is not read to its end.
const COMPANY: &str = ", taken AS (SELECT * FROM unnest($2, $3) AS t (store_id, kind)), company AS ( \
        SELECT more.store_id, more.id FROM taken CROSS JOIN LATERAL ( \
            SELECT job.store_id, job.id FROM jobs AS job \
            WHERE job.store_id = taken.store_id AND job.kind = taken.kind AND job.status = 'queued' AND job.id = ANY(ARRAY( \
                SELECT next.id FROM jobs AS next \
                WHERE next.store_id = taken.store_id AND next.status = 'queued' AND next.run_at <= coalesce($1, now()) \
                ORDER BY next.priority DESC, next.run_at LIMIT $4)) \
            FOR UPDATE SKIP LOCKED) AS more \
     ) \
     UPDATE jobs SET status = 'running', attempts = attempts + 1, leased_by = $5, lease_until = coalesce($1, now()) + make_interval(secs => $6) \
     FROM company WHERE jobs.store_id = company.store_id AND jobs.id = company.id \
     RETURNING jobs.store_id, jobs.id, jobs.kind, jobs.payload, jobs.attempts, jobs.max_attempts, jobs.retry_until";

/// Takes due jobs of up to `claim.limit` stores, in the order of the stores' turns.
pub(super) async fn claim(backend: &Backend, handlers: &Handlers, worker: &Arc<str>, claim: Claim) -> Result<Vec<Claimed>, DbError> {
    let platforms = backend.directory.platforms().await?;
    let known: Vec<String> = handlers.kinds(claim.lanes).map(|(kind, _)| kind.to_owned()).collect();
    let (off_platforms, off_kinds) = switched_off(handlers, claim.lanes, &platforms);
    let active: Vec<Uuid> = platforms.iter().map(|platform| platform.id.0).collect();
    let held = backend.clock.held();
    let together: Vec<String> = known.iter().filter(|kind| handlers.are_done_together(kind)).cloned().collect();
    let worker = worker.to_string();
    let work = move |tx: &mut PlatformTx| -> Result<Vec<Claimed>, DbError> {
        tx.no_audit("a lease");
        if claim.reclaim {
            diesel::sql_query(RECLAIM)
                .bind::<Nullable<Timestamptz>, _>(held)
                .execute(tx.conn())?;
        }
        tx.conn().batch_execute(SETTINGS)?;
        let claim = Prepared::new(
            CLAIM,
            (
                held.into_sql::<Nullable<Timestamptz>>(),
                known.into_sql::<Array<Text>>(),
                claim.busy.into_sql::<Array<SqlUuid>>(),
                off_platforms.into_sql::<Array<SqlUuid>>(),
                off_kinds.into_sql::<Array<Text>>(),
                claim.from.into_sql::<SqlUuid>(),
                claim.limit.into_sql::<Integer>(),
                worker.as_str().into_sql::<Text>(),
                LEASE.into_sql::<Double>(),
                active.into_sql::<Array<SqlUuid>>(),
            ),
        );
        let mut jobs: Vec<Claimed> = claim.load(tx.conn())?;
        jobs.extend(company(tx.conn(), &jobs, &together, (held, &worker))?);
        jobs.sort_by_key(|job| job.store_id);
        Ok(jobs)
    };
    let jobs = backend.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await?;
    // A job may move money or send a mail. What it was queued by must not be forgotten by a crash after that.
    if !jobs.is_empty() {
        backend.db.on_disk().await?;
    }
    Ok(jobs)
}

/// The jobs that are done together with those just taken.
fn company(
    conn: &mut PgConnection,
    taken: &[Claimed],
    together: &[String],
    (held, worker): (Option<DateTime<Utc>>, &str),
) -> Result<Vec<Claimed>, DbError> {
    let sociable = taken.iter().filter(|job| together.contains(&job.kind));
    let (stores, kinds): (Vec<Uuid>, Vec<String>) = sociable.map(|job| (job.store_id, job.kind.clone())).unzip();
    if stores.is_empty() {
        return Ok(Vec::new());
    }
    let more = i64::try_from(TOGETHER - 1).unwrap_or(i64::MAX);
    let company = Prepared::new(
        COMPANY,
        (
            held.into_sql::<Nullable<Timestamptz>>(),
            stores.into_sql::<Array<SqlUuid>>(),
            kinds.into_sql::<Array<Text>>(),
            more.into_sql::<BigInt>(),
            worker.into_sql::<Text>(),
            LEASE.into_sql::<Double>(),
        ),
    );
    Ok(company.load(conn)?)
}

/// The jobs of each store, in the order of the stores' turns.
pub(super) fn groups(jobs: Vec<Claimed>) -> Vec<Vec<Claimed>> {
    let mut groups: Vec<Vec<Claimed>> = Vec::new();
    for job in jobs {
        match groups.last_mut() {
            Some(group) if group[0].store_id == job.store_id => group.push(job),
            _ => groups.push(vec![job]),
        }
    }
    groups
}

/// Pairs of platform and kind whose module is off there; their jobs stay queued until it is on again.
fn switched_off(handlers: &Handlers, lanes: &[Lane], platforms: &[Arc<PlatformContext>]) -> (Vec<Uuid>, Vec<String>) {
    let mut pairs = (Vec::new(), Vec::new());
    for platform in platforms {
        for (kind, module) in handlers.kinds(lanes) {
            if module.is_some_and(|module| !platform.modules.contains(module)) {
                pairs.0.push(platform.id.0);
                pairs.1.push(kind.to_owned());
            }
        }
    }
    pairs
}
