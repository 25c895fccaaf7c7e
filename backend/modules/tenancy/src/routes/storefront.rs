//! Below `/api/v1/storefront`.

use actix_web::{HttpRequest, HttpResponse, get};
use orion_framework::gate::Public;
use orion_framework::http::Failure;
use orion_types::store::StorefrontInfo;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Tenancy;
use crate::service::storefront::storefront_info;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_storefront);
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
    shop.cached(&request, || shop.read(storefront_info)).await
}
