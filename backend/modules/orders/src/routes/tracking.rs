//! `/api/v1/storefront/orders`: orders for those who are not signed in.

use actix_web::web::Json;
use actix_web::{HttpRequest, get, post};
use orion_framework::gate::Shopper;
use orion_framework::http::{Body, Failure, Path, header_text};
use orion_framework::problem::{NOT_FOUND, ProblemDraft, RATE_LIMITED};
use orion_types::OrderId;
use orion_types::order::{OrderConfirmation, TrackOrder};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Orders;
use crate::service::access::AccessKey;
use crate::service::owner::CartOwner;
use crate::service::tracking;

/// The header that carries the secret of an order.
const ORDER_HEADER: &str = "orion-order";

pub fn configure(config: &mut ServiceConfig) {
    config.service(get_placed_order).service(look_up_order).service(track_order);
}

/// Shows an order to whoever has just placed it: with the secret of its cart, signed in as its buyer, or with the order's own secret in
/// `orion-order`.
#[utoipa::path(
    tag = "orders",
    operation_id = "get_placed_order",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("orion-order" = Option<String>, Header, description = "The `access_token` of the order"),
    ),
    responses((status = 200, body = OrderConfirmation)),
    security((), ("customer" = []))
)]
#[get("/orders/{id}")]
pub async fn get_placed_order(
    shopper: Shopper<Orders>,
    request: HttpRequest,
    id: Path<OrderId>,
) -> Result<Json<OrderConfirmation>, Failure> {
    let given = header_text(request.headers(), ORDER_HEADER).unwrap_or_default();
    let opened = AccessKey::of(shopper.services()).opens(shopper.store().id.0, id.0, given);
    let owner = CartOwner::of(&shopper);
    let order = shopper.read(move |tx| {
        if opened {
            tracking::look_up(tx, id.0)
        } else {
            tracking::own(tx, &owner, id.0)
        }
    });
    Ok(Json(order.await?))
}

/// Shows an order to whoever holds its secret; in the body, since addresses end up in logs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookUpOrder {
    /// The order.
    pub order_id: OrderId,
    /// The secret from the checkout's answer or the link in a mail.
    pub access_token: String,
}

/// Shows an order by its secret, for the page behind the checkout and for links in mails.
#[utoipa::path(
    tag = "orders",
    operation_id = "look_up_order",
    request_body = LookUpOrder,
    responses((status = 200, body = OrderConfirmation)),
    security((), ("customer" = []))
)]
#[post("/orders/lookup")]
pub async fn look_up_order(shopper: Shopper<Orders>, body: Body<LookUpOrder>) -> Result<Json<OrderConfirmation>, Failure> {
    let LookUpOrder { order_id, access_token } = body.0;
    if !AccessKey::of(shopper.services()).opens(shopper.store().id.0, order_id, &access_token) {
        return Err(Failure::of(&NOT_FOUND));
    }
    let order = shopper.read(move |tx| tracking::look_up(tx, order_id)).await?;
    Ok(Json(order))
}

/// Shows an order by its number and the e-mail address it was placed with.
#[utoipa::path(
    tag = "orders",
    operation_id = "track_order",
    request_body = TrackOrder,
    responses((status = 200, body = OrderConfirmation), (status = 429, description = "Too many wrong guesses")),
    security((), ("customer" = []))
)]
#[post("/orders/track")]
pub async fn track_order(shopper: Shopper<Orders>, body: Body<TrackOrder>) -> Result<Json<OrderConfirmation>, Failure> {
    let brake = &shopper.services().brake;
    let meta = shopper.context().meta();
    let guess = brake.attempt(shopper.store().id.0, "orders.track", meta.ip.as_deref());
    let guess = guess.map_err(|seconds| ProblemDraft::new(&RATE_LIMITED).retry_after(seconds))?;
    let order = shopper.read(move |tx| tracking::track(tx, &body.0)).await?;
    brake.succeeded(guess);
    Ok(Json(order))
}
