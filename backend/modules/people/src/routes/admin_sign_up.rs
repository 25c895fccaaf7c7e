//! `/api/v1/admin/platforms/{id}/sign-up`: whether people open stores on a platform by themselves.

use actix_web::{get, put};
use orion_framework::db::PlatformTx;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Body, Failure, IfMatch, Path, Versioned};
use orion_types::PlatformId;
use orion_types::people::{SignUpPolicy, UpdateSignUpPolicy};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::sign_up;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(get_sign_up_policy).service(update_sign_up_policy);
}

/// Whether people open stores on a platform by themselves, how many, and which terms they accept. Nobody does until it is allowed.
#[utoipa::path(
    tag = "platforms",
    operation_id = "get_sign_up_policy",
    params(("id" = PlatformId, Path)),
    responses((status = 200, body = SignUpPolicy)),
    security(("admin" = []))
)]
#[get("/platforms/{id}/sign-up")]
async fn get_sign_up_policy(admin: PlatformAdmin, id: Path<PlatformId>) -> Result<Versioned<SignUpPolicy>, Failure> {
    let id = id.into_inner();
    admin.require(id)?;
    let body = admin.tx(move |tx: &mut PlatformTx| sign_up::read(tx, id)).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Changes it. Administrators of the platform may, too. What was accepted before keeps its version; stores that are there stay.
#[utoipa::path(
    tag = "platforms",
    operation_id = "update_sign_up_policy",
    params(("id" = PlatformId, Path), ("If-Match" = String, Header)),
    request_body = UpdateSignUpPolicy,
    responses((status = 200, body = SignUpPolicy)),
    security(("admin" = []))
)]
#[put("/platforms/{id}/sign-up")]
async fn update_sign_up_policy(
    admin: PlatformAdmin,
    id: Path<PlatformId>,
    version: IfMatch,
    body: Body<UpdateSignUpPolicy>,
) -> Result<Versioned<SignUpPolicy>, Failure> {
    let (id, version) = (id.into_inner(), version.required()?);
    admin.require(id)?;
    let update = move |tx: &mut PlatformTx| sign_up::update(tx, (id, version), &body.0);
    let body = admin.tx(update).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}
