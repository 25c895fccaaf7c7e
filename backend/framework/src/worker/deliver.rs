//! Tells a listener what has happened, in the transaction that notes that it was told.

use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::Value;
use uuid::Uuid;

use super::lease::Lease;
use super::run::Stop;
use crate::db::{DbError, StoreTx};
use crate::event::{Handle, Told};
use crate::job::{JobError, typed};
use crate::schema::jobs;

/// Work of [`Handle::Batch`].
type BatchWork = fn(&mut StoreTx, &[Told]) -> Result<(), JobError>;

/// Delivers what a job holds.
pub(super) fn deliver(tx: &mut StoreTx, handle: Handle, lease: &Lease, payload: &Value) -> Result<(), Stop> {
    match handle {
        Handle::Each(work) => Ok(work(tx, &typed(payload)?)?),
        Handle::Batch(work) => deliver_in_order(tx, work, lease, payload),
    }
}

/// Delivers what was found earlier and is not told yet before that of this job. Several workers, and jobs that are tried again, would tell it
/// in another order than it has happened in.
fn deliver_in_order(tx: &mut StoreTx, work: BatchWork, lease: &Lease, payload: &Value) -> Result<(), Stop> {
    take_turns(tx, lease)?;
    let waiting = waiting(tx, lease)?;
    // Who had the turn before has told it along with its own.
    if !waiting.contains(&lease.id) {
        return Err(Stop::Lost);
    }
    for earlier in waiting.into_iter().filter(|job| *job != lease.id) {
        let told: Vec<Told> = typed(&payload_of(tx, earlier)?)?;
        work(tx, &told)?;
        mark_done(tx, earlier)?;
    }
    Ok(work(tx, &typed::<Vec<Told>>(payload)?)?)
}

/// One delivery to this listener of this store at a time.
fn take_turns(tx: &mut StoreTx, lease: &Lease) -> Result<(), DbError> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind::<Text, _>(format!("{} {}", lease.kind, lease.store_id))
        .execute(tx.conn())?;
    Ok(())
}

/// Deliveries that are not done, up to this one, in the order of the first event in each; its id is their key.
fn waiting(tx: &mut StoreTx, lease: &Lease) -> Result<Vec<Uuid>, DbError> {
    let me = jobs::table.filter(jobs::store_id.eq(lease.store_id)).filter(jobs::id.eq(lease.id));
    let key: Option<String> = me.select(jobs::unique_key).first(tx.conn())?;
    let waiting = jobs::table
        .filter(jobs::store_id.eq(lease.store_id))
        .filter(jobs::kind.eq(lease.kind.as_ref()))
        .filter(jobs::status.eq_any(["queued", "running"]))
        .filter(jobs::unique_key.le(key))
        .order_by(jobs::unique_key)
        .select(jobs::id)
        .for_update();
    Ok(waiting.load(tx.conn())?)
}

fn payload_of(tx: &mut StoreTx, job: Uuid) -> Result<Value, DbError> {
    let job = jobs::table.filter(jobs::store_id.eq(tx.store_id())).filter(jobs::id.eq(job));
    Ok(job.select(jobs::payload).first(tx.conn())?)
}

fn mark_done(tx: &mut StoreTx, job: Uuid) -> Result<(), DbError> {
    let job = jobs::table.filter(jobs::store_id.eq(tx.store_id())).filter(jobs::id.eq(job));
    let done = (
        jobs::status.eq("done"),
        jobs::leased_by.eq(None::<String>),
        jobs::lease_until.eq(None::<chrono::DateTime<chrono::Utc>>),
        jobs::finished_at.eq(tx.now()),
    );
    diesel::update(job).set(done).execute(tx.conn())?;
    Ok(())
}
