//! `/api/v1/storefront/orders`: orders for those who are not signed in.

use actix_web::post;
use actix_web::web::Json;
use orion_framework::gate::Shopper;
use orion_framework::http::{Body, Failure};
use orion_framework::problem::{NOT_FOUND, ProblemDraft, RATE_LIMITED};
use orion_types::OrderId;
use orion_types::order::{OrderConfirmation, TrackOrder};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Orders;
use crate::service::access::AccessKey;
use crate::service::tracking;

pub fn configure(config: &mut ServiceConfig) {
    config.service(look_up_order).service(track_order);
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
