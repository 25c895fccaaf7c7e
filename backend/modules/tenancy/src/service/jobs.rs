//! Background jobs: what waits, runs and has failed, and what administrators do about it.

use std::collections::HashMap;

use orion_framework::db::{AuditEntry, DbError, PlatformTx, cursor, page_limit};
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::admin::{AdminJob, JobProgress, JobQuery};
use orion_types::status::JobStatus;
use orion_types::{NO_STORE, Page, StoreId};
use uuid::Uuid;

use crate::error::TenancyError;
use crate::model::Scope;
use crate::queries::jobs::{self, JobFilter, JobRow};
use orion_events::JobCancelled;

/// What a request for jobs asks for, understood.
#[derive(Debug)]
pub(crate) struct JobList {
    filter: JobFilter,
    after: Option<Uuid>,
    limit: i64,
}

impl JobList {
    /// Reads the query string; what it says nonsense about is named.
    pub(crate) fn parse(query: JobQuery, scope: Scope) -> Result<Self, ProblemDraft> {
        let JobQuery {
            status,
            kind,
            store,
            cursor: after,
            limit,
        } = query;
        let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let status = match given(status) {
            None => None,
            Some(text) => Some(
                text.parse::<JobStatus>()
                    .map_err(|_| ProblemDraft::new(&BAD_QUERY).field("status", "not_allowed", "is no such status"))?,
            ),
        };
        Ok(Self {
            after: cursor::decode(after.as_deref())?,
            limit: page_limit(limit)?,
            filter: JobFilter {
                scope,
                status,
                kind: given(kind),
                store: given(store),
            },
        })
    }
}

/// A page of jobs, newest first.
pub(crate) fn list(tx: &mut PlatformTx, list: &JobList) -> Result<Page<AdminJob>, DbError> {
    let rows = jobs::list(tx.conn(), &list.filter, list.after, list.limit + 1)?;
    let codes = codes(tx, &rows)?;
    Ok(cursor::page(rows, list.limit, |row| row.id, |row| to_wire(row, &codes)))
}

/// Queues a job anew. One that runs or is done is left alone, and so is one whose place another has taken.
pub(crate) fn retry(tx: &mut PlatformTx, scope: &Scope, id: Uuid) -> Result<AdminJob, TenancyError> {
    let job = jobs::lock(tx.conn(), scope, id)?.ok_or(DbError::NotFound)?;
    if !matches!(status(&job), JobStatus::Dead | JobStatus::Cancelled | JobStatus::Queued) {
        return Err(refused(&job));
    }
    let now = tx.now();
    let after = jobs::requeue(tx.conn(), &job, now).map_err(|error| match DbError::from(error) {
        error if error.is_unique("jobs_unique_key") => TenancyError::JobRefused {
            why: "Another job of this kind waits or runs for the same thing.",
        },
        other => other.into(),
    })?;
    note(tx, "job.retried", &job, &after);
    Ok(one(tx, after)?)
}

/// Calls a job off that waits or runs, or that is dead: somebody has decided that it need not be done.
pub(crate) fn cancel(tx: &mut PlatformTx, scope: &Scope, id: Uuid) -> Result<AdminJob, TenancyError> {
    let job = jobs::lock(tx.conn(), scope, id)?.ok_or(DbError::NotFound)?;
    if !matches!(status(&job), JobStatus::Queued | JobStatus::Running | JobStatus::Dead) {
        return Err(refused(&job));
    }
    let (now, reason) = (tx.now(), format!("called off by {}", tx.actor().label));
    let after = jobs::cancel(tx.conn(), &job, reason, now)?;
    note(tx, "job.cancelled", &job, &after);
    if let Some(store) = store_of(&job) {
        let (kind, payload) = (job.kind, jobs::payload(tx.conn(), job.store_id, id)?);
        let cancelled = JobCancelled {
            job_id: id.into(),
            kind,
            payload,
        };
        tx.emit(store, &cancelled);
    }
    Ok(one(tx, after)?)
}

fn refused(job: &JobRow) -> TenancyError {
    let why = match status(job) {
        JobStatus::Running => "It is running.",
        JobStatus::Done => "It is done.",
        JobStatus::Dead | JobStatus::Cancelled | JobStatus::Queued => "It is over.",
    };
    TenancyError::JobRefused { why }
}

fn note(tx: &mut PlatformTx, action: &'static str, before: &JobRow, after: &JobRow) {
    let entry = AuditEntry::new(action, "jobs", before.id)
        .note("kind", &before.kind)
        .change("status", &before.status, &after.status)
        .change("last_error", &before.last_error, &after.last_error);
    tx.audit(store_of(before), entry);
}

fn one(tx: &mut PlatformTx, row: JobRow) -> Result<AdminJob, DbError> {
    let codes = codes(tx, std::slice::from_ref(&row))?;
    Ok(to_wire(row, &codes))
}

fn codes(tx: &mut PlatformTx, rows: &[JobRow]) -> Result<HashMap<Uuid, String>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.store_id).collect();
    Ok(jobs::store_codes(tx.conn(), &ids)?.into_iter().collect())
}

/// The table's CHECK lists the same words, so none is ever unreadable.
fn status(job: &JobRow) -> JobStatus {
    job.status.parse().unwrap_or(JobStatus::Done)
}

fn store_of(job: &JobRow) -> Option<StoreId> {
    Some(StoreId(job.store_id)).filter(|store| *store != NO_STORE)
}

fn to_wire(row: JobRow, codes: &HashMap<Uuid, String>) -> AdminJob {
    let (store_id, status) = (store_of(&row), status(&row));
    AdminJob {
        store: codes.get(&row.store_id).cloned(),
        id: row.id,
        store_id,
        kind: row.kind,
        status,
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        retry_until: row.retry_until.map(Into::into),
        progress: row
            .progress_done
            .zip(row.progress_total)
            .map(|(done, total)| JobProgress { done, total }),
        last_error: row.last_error,
        run_at: row.run_at.into(),
        created_at: row.created_at.into(),
        finished_at: row.finished_at.map(Into::into),
    }
}
