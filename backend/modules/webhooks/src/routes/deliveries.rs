//! The log of an endpoint, and what is sent again.

use actix_web::web::Json;
use actix_web::{get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::webhook::{
    ReplayWebhookEndpoint, TestWebhookEndpoint, WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryQuery, WebhookReplay,
};
use orion_types::{Page, WebhookDeliveryId, WebhookEndpointId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::address::Sees;
use crate::service::deliveries;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(test_webhook_endpoint)
        .service(replay_webhook_endpoint)
        .service(list_webhook_deliveries)
        .service(get_webhook_delivery)
        .service(redeliver_webhook);
}

/// Sends the example of an event to an endpoint, with the next number and `"test": true` in its body.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "test_webhook_endpoint",
    params(("id" = WebhookEndpointId, Path)),
    request_body = TestWebhookEndpoint,
    responses((status = 202, body = WebhookDelivery), (status = 409, description = "The endpoint is switched off")),
    security(("staff" = ["webhooks.write"]))
)]
#[post("/webhook-endpoints/{id}/test")]
async fn test_webhook_endpoint(
    staff: Staff<rights::WebhooksWrite>,
    id: Path<WebhookEndpointId>,
    body: Body<TestWebhookEndpoint>,
) -> Result<Answered, Failure> {
    let id = id.into_inner().0;
    let test = move |tx: &mut StoreTx| deliveries::test(tx, id, &body.0.event);
    let made = staff.once(Once::accepts("test_webhook_endpoint"), test).await?;
    Ok(made.below(&format!("/api/v1/store/webhook-endpoints/{id}/deliveries")))
}

/// Sends everything from a number on again that is still kept, in its order and with the same ids: what was delivered, what waits and what was given up.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "replay_webhook_endpoint",
    params(("id" = WebhookEndpointId, Path)),
    request_body = ReplayWebhookEndpoint,
    responses((status = 202, body = WebhookReplay), (status = 409, description = "The endpoint is switched off")),
    security(("staff" = ["webhooks.write"]))
)]
#[post("/webhook-endpoints/{id}/replay")]
async fn replay_webhook_endpoint(
    staff: Staff<rights::WebhooksWrite>,
    id: Path<WebhookEndpointId>,
    body: Body<ReplayWebhookEndpoint>,
) -> Result<Answered, Failure> {
    let id = id.into_inner().0;
    let replay = move |tx: &mut StoreTx| deliveries::replay(tx, id, body.0.from_sequence);
    let made = staff.once(Once::accepts("replay_webhook_endpoint"), replay).await?;
    Ok(made.at(format!("/api/v1/store/webhook-endpoints/{id}/deliveries")))
}

/// Lists the deliveries of an endpoint, the newest number first. They are kept for 30 days.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "list_webhook_deliveries",
    params(("id" = WebhookEndpointId, Path), WebhookDeliveryQuery),
    responses((status = 200, body = Page<WebhookDelivery>)),
    security(("staff" = ["webhooks.read"]))
)]
#[get("/webhook-endpoints/{id}/deliveries")]
async fn list_webhook_deliveries(
    staff: Staff<rights::WebhooksRead>,
    id: Path<WebhookEndpointId>,
    query: Query<WebhookDeliveryQuery>,
) -> Result<Json<Page<WebhookDelivery>>, Failure> {
    let id = id.into_inner().0;
    Ok(Json(staff.read(move |tx| deliveries::list(tx, id, &query.0)).await?))
}

/// Reads a delivery: what is sent, and each attempt with what came back.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "get_webhook_delivery",
    params(("id" = WebhookEndpointId, Path), ("delivery_id" = WebhookDeliveryId, Path)),
    responses((status = 200, body = WebhookDeliveryDetail)),
    security(("staff" = ["webhooks.read"]))
)]
#[get("/webhook-endpoints/{id}/deliveries/{delivery_id}")]
async fn get_webhook_delivery(
    staff: Staff<rights::WebhooksRead>,
    ids: Path<(WebhookEndpointId, WebhookDeliveryId)>,
) -> Result<Json<WebhookDeliveryDetail>, Failure> {
    let (endpoint, id) = ids.into_inner();
    let sees = Sees::with(staff.principal().rights());
    Ok(Json(staff.read(move |tx| deliveries::read(tx, (endpoint.0, id.0), sees)).await?))
}

/// Sends a delivery again, whatever became of it: with the same id and number.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "redeliver_webhook",
    params(("id" = WebhookEndpointId, Path), ("delivery_id" = WebhookDeliveryId, Path)),
    responses((status = 202, body = WebhookDelivery), (status = 409, description = "The endpoint is switched off")),
    security(("staff" = ["webhooks.write"]))
)]
#[post("/webhook-endpoints/{id}/deliveries/{delivery_id}/redeliver")]
async fn redeliver_webhook(
    staff: Staff<rights::WebhooksWrite>,
    ids: Path<(WebhookEndpointId, WebhookDeliveryId)>,
) -> Result<Answered, Failure> {
    let (endpoint, id) = ids.into_inner();
    let again = move |tx: &mut StoreTx| deliveries::redeliver(tx, endpoint.0, id.0);
    Ok(staff.once(Once::accepts("redeliver_webhook"), again).await?)
}
