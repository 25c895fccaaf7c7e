//! Below `/api/v1/store`: the way in for an administrator who impersonates, the way out, and what the merchant sees of it.

use actix_web::http::header::SET_COOKIE;
use actix_web::web::Json;
use actix_web::{Responder, get, post};
use orion_framework::auth::{Audience, CookieScope};
use orion_framework::gate::{Anonymous, Impersonator, Staff};
use orion_framework::http::{Body, Failure, NoContent, Path, Query};
use orion_framework::permission::{Always, rights};
use orion_types::auth::AccessToken;
use orion_types::impersonation::{Impersonation, ImpersonationQuery, ImpersonationToken};
use orion_types::{ImpersonationId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use super::entered;
use crate::service::impersonation;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(login_impersonator)
        .service(leave_impersonation)
        .service(list_store_impersonations)
        .service(cancel_impersonation);
}

/// Follows the link of an impersonation, at the store and the host that it is for.
#[utoipa::path(
    tag = "impersonation",
    operation_id = "login_impersonator",
    request_body = ImpersonationToken,
    responses((status = 200, body = AccessToken), (status = 410, description = "The link was used, has expired, or is for another host")),
    security(())
)]
#[post("/auth/impersonation")]
async fn login_impersonator(anybody: Anonymous, body: Body<ImpersonationToken>) -> Result<impl Responder, Failure> {
    Ok(entered(impersonation::enter(&anybody, &body.0.token).await?))
}

/// Leaves the store, as the administrator who impersonates there: the impersonation and its session end.
#[utoipa::path(
    tag = "impersonation",
    operation_id = "leave_impersonation",
    responses((status = 204)),
    security(("staff" = []))
)]
#[post("/impersonation/leave")]
async fn leave_impersonation(impersonator: Impersonator) -> Result<impl Responder, Failure> {
    impersonation::leave(&impersonator).await?;
    let user = impersonator.user();
    let gone = CookieScope::of(user.services(), user.context(), Audience::Store).clear_refresh();
    Ok(NoContent.customize().insert_header((SET_COOKIE, gone.to_string())))
}

/// Who of the platform's administration has been in the dashboard, why and until when, newest first.
#[utoipa::path(
    tag = "impersonation",
    operation_id = "list_store_impersonations",
    params(ImpersonationQuery),
    responses((status = 200, body = Page<Impersonation>)),
    security(("staff" = ["team.read"]))
)]
#[get("/impersonations")]
async fn list_store_impersonations(
    staff: Staff<rights::TeamRead>,
    query: Query<ImpersonationQuery>,
) -> Result<Json<Page<Impersonation>>, Failure> {
    Ok(Json(staff.read(move |tx| impersonation::list(tx, &query.0)).await?))
}

/// Ends an impersonation, whether its link was followed or not: it opens nothing from then on. One that has ended stays as it is.
#[utoipa::path(
    tag = "impersonation",
    operation_id = "cancel_impersonation",
    params(("id" = ImpersonationId, Path)),
    responses((status = 200, body = Impersonation)),
    security(("staff" = ["team.write"]))
)]
#[post("/impersonations/{id}/cancel")]
async fn cancel_impersonation(staff: Staff<Always<rights::TeamWrite>>, id: Path<ImpersonationId>) -> Result<Json<Impersonation>, Failure> {
    let id = id.into_inner().0;
    Ok(Json(staff.tx(move |tx| impersonation::end(tx, id)).await?))
}
