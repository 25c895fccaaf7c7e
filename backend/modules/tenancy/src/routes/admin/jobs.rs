//! Background jobs.

use actix_web::web::Json;
use actix_web::{get, post};
use orion_framework::db::PlatformTx;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Failure, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_types::Page;
use orion_types::admin::{AdminJob, JobQuery};
use uuid::Uuid;

use super::scope;
use crate::service::jobs::{self, JobList};

/// The background jobs of the stores that the administrator may see, newest first. Those of the platform itself are for super admins.
#[utoipa::path(
    tag = "operations",
    operation_id = "list_jobs",
    params(JobQuery),
    responses((status = 200, body = Page<AdminJob>)),
    security(("admin" = []))
)]
#[get("/jobs")]
pub(super) async fn list_jobs(admin: PlatformAdmin, query: Query<JobQuery>) -> Result<Json<Page<AdminJob>>, Failure> {
    let list = JobList::parse(query.into_inner(), scope(&admin))?;
    Ok(Json(admin.tx(move |tx| jobs::list(tx, &list)).await?))
}

/// Queues a job anew, with all of its attempts: one that is dead or was called off, or one that waits for its next attempt.
#[utoipa::path(
    tag = "operations",
    operation_id = "retry_job",
    params(("id" = Uuid, Path, description = "The job")),
    responses((status = 200, body = AdminJob), (status = 409, description = "It runs, is done, or another one has taken its place")),
    security(("admin" = []))
)]
#[post("/jobs/{id}/retry")]
pub(super) async fn retry_job(admin: PlatformAdmin, id: Path<Uuid>) -> Result<Answered, Failure> {
    let (scope, id) = (scope(&admin), id.into_inner());
    let retry = move |tx: &mut PlatformTx| jobs::retry(tx, &scope, id);
    Ok(admin.once(Once::answers("retry_job"), retry).await?)
}

/// Calls a job off that waits or runs, or that is dead. What a running one has not yet committed never happens; what it did outside of the database stays.
#[utoipa::path(
    tag = "operations",
    operation_id = "cancel_job",
    params(("id" = Uuid, Path, description = "The job")),
    responses((status = 200, body = AdminJob), (status = 409, description = "It is over already")),
    security(("admin" = []))
)]
#[post("/jobs/{id}/cancel")]
pub(super) async fn cancel_job(admin: PlatformAdmin, id: Path<Uuid>) -> Result<Answered, Failure> {
    let (scope, id) = (scope(&admin), id.into_inner());
    let cancel = move |tx: &mut PlatformTx| jobs::cancel(tx, &scope, id);
    Ok(admin.once(Once::answers("cancel_job"), cancel).await?)
}
