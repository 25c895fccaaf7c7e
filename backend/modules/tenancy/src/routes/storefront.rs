//! Below `/api/v1/storefront`.

use actix_web::{HttpRequest, HttpResponse, get, post};
use orion_framework::gate::{Anonymous, Public, invite};
use orion_framework::http::{Body, Failure, Varies};
use orion_framework::problem::NOT_FOUND;
use orion_types::opening::EnterShop;
use orion_types::store::StorefrontInfo;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Tenancy;
use crate::service::opening::enter;
use crate::service::storefront::storefront_info;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_storefront).service(enter_shop);
}

/// What the shop shows on every page: name, theme, categories.
#[utoipa::path(
    tag = "shop",
    operation_id = "get_storefront",
    responses((status = 200, body = StorefrontInfo)),
    security(())
)]
#[get("/store")]
async fn get_storefront(shop: Public<Tenancy>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    shop.cached(&request, Varies::Nowise, || shop.read(storefront_info)).await
}

/// Comes into a shop that is not open yet, with the password for guests; a cookie lets the browser in from then on.
#[utoipa::path(
    tag = "shop",
    operation_id = "login_guest",
    request_body = EnterShop,
    responses(
        (status = 204),
        (status = 403, description = "That is not the password"),
        (status = 429, description = "Too many wrong guesses")
    ),
    security(())
)]
#[post("/opening")]
async fn enter_shop(anybody: Anonymous, request: Body<EnterShop>) -> Result<HttpResponse, Failure> {
    let store = anybody.store().cloned().ok_or_else(|| Failure::of(&NOT_FOUND))?;
    let (services, context) = (anybody.services(), anybody.context());
    let mut answer = HttpResponse::NoContent();
    if enter(&anybody.access(&store), context, request.into_inner()).await? {
        answer.cookie(invite(services, context, &store));
    }
    Ok(answer.finish())
}
