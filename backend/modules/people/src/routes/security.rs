//! `/api/v1/store/security`: what the store wants of everybody who works for it.

use actix_web::web::Json;
use actix_web::{get, put};
use orion_framework::gate::{Member, Staff};
use orion_framework::http::{Body, Failure};
use orion_framework::permission::rights;
use orion_types::team::SecurityPolicy;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::security;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(get_security_policy).service(update_security_policy);
}

/// Reads what the store wants of everybody who works for it.
#[utoipa::path(
    tag = "team",
    operation_id = "get_security_policy",
    responses((status = 200, body = SecurityPolicy)),
    security(("staff" = ["team.read"]))
)]
#[get("/security")]
async fn get_security_policy(staff: Staff<rights::TeamRead>) -> Result<Json<SecurityPolicy>, Failure> {
    Ok(Json(staff.read(security::read).await?))
}

/// Says whether members need a second factor. It counts with their next request: who has none reaches their own account alone, where it is turned on.
/// Whoever wants it of others has one; API keys go on as they are.
#[utoipa::path(
    tag = "team",
    operation_id = "update_security_policy",
    request_body = SecurityPolicy,
    responses((status = 200, body = SecurityPolicy), (status = 409, description = "Your own account has no second factor")),
    security(("staff" = ["team.write"]))
)]
#[put("/security")]
async fn update_security_policy(member: Member<rights::TeamWrite>, body: Body<SecurityPolicy>) -> Result<Json<SecurityPolicy>, Failure> {
    let (policy, own) = (body.into_inner(), member.user().has_proved_more());
    Ok(Json(member.tx(move |tx| security::update(tx, own, policy)).await?))
}
