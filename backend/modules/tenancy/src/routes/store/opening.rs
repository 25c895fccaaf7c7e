//! Opening the shop to the world.

use actix_web::web::Json;
use actix_web::{get, post, put};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::opening::{OpenShop, Opening, PreviewLink, SetGuestPassword};

use crate::service::opening;

/// Whether the shop is open to the world, and what it should have before it is.
#[utoipa::path(
    tag = "settings",
    operation_id = "get_opening",
    responses((status = 200, body = Opening)),
    security(("staff" = ["settings.read"]))
)]
#[get("/opening")]
pub(super) async fn get_opening(staff: Staff<rights::SettingsRead>) -> Result<Json<Opening>, Failure> {
    Ok(Json(staff.read(opening::read).await?))
}

/// Opens the shop to everybody. What is missing is 409 until the request says to do without it.
#[utoipa::path(
    tag = "settings",
    operation_id = "publish_shop",
    request_body = OpenShop,
    responses((status = 200, body = Opening), (status = 409, description = "Something is missing")),
    security(("staff" = ["settings.write"]))
)]
#[post("/opening/open")]
pub(super) async fn open_shop(staff: Staff<rights::SettingsWrite>, request: Body<OpenShop>) -> Result<Answered, Failure> {
    let request = request.into_inner();
    let open = move |tx: &mut StoreTx| opening::open(tx, &request);
    Ok(staff.once(Once::answers("publish_shop"), open).await?)
}

/// Sets the password with which the merchant's friends see the shop before it opens, or takes it away.
#[utoipa::path(
    tag = "settings",
    operation_id = "update_guest_password",
    request_body = SetGuestPassword,
    responses((status = 200, body = Opening)),
    security(("staff" = ["settings.write"]))
)]
#[put("/opening/password")]
pub(super) async fn set_guest_password(
    staff: Staff<rights::SettingsWrite>,
    request: Body<SetGuestPassword>,
) -> Result<Json<Opening>, Failure> {
    let request = request.into_inner();
    let hash = match opening::check_password(&request)? {
        Some(password) => {
            let hashed = staff.services().passwords.hash(password).await;
            Some(hashed.map_err(crate::error::TenancyError::from)?)
        }
        None => None,
    };
    let body = staff.tx(move |tx| opening::set_password(tx, hash.as_deref())).await?;
    Ok(Json(body))
}

/// A link into the shop before it opens, for the shop's own people.
#[utoipa::path(
    tag = "settings",
    operation_id = "create_preview_link",
    responses((status = 200, body = PreviewLink)),
    security(("staff" = ["dashboard.read"]))
)]
#[post("/opening/preview")]
pub(super) async fn create_preview_link(staff: Staff<rights::DashboardRead>) -> Result<Json<PreviewLink>, Failure> {
    Ok(Json(opening::preview(staff.services(), staff.context(), staff.store())))
}
