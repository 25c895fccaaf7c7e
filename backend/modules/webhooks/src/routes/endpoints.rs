//! Endpoints, and the events that can be chosen.

use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::webhook::{
    CreateWebhookEndpoint, UpdateWebhookEndpoint, WebhookEndpoint, WebhookEndpointQuery, WebhookEvent, WebhookSecret,
};
use orion_types::{Page, WebhookEndpointId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::address::Sees;
use crate::service::{endpoints, events};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_webhook_events)
        .service(list_webhook_endpoints)
        .service(create_webhook_endpoint)
        .service(get_webhook_endpoint)
        .service(update_webhook_endpoint)
        .service(delete_webhook_endpoint)
        .service(rotate_webhook_secret);
}

fn versioned(endpoint: WebhookEndpoint) -> Versioned<WebhookEndpoint> {
    Versioned {
        version: endpoint.version,
        body: endpoint,
    }
}

/// Lists the events that an endpoint can choose from: those of the modules that are on.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "list_webhook_events",
    responses((status = 200, body = Page<WebhookEvent>)),
    security(("staff" = ["webhooks.read"]))
)]
#[get("/webhook-events")]
async fn list_webhook_events(staff: Staff<rights::WebhooksRead>) -> Result<Json<Page<WebhookEvent>>, Failure> {
    Ok(Json(events::list(staff.store())))
}

/// Lists the endpoints, newest first.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "list_webhook_endpoints",
    params(WebhookEndpointQuery),
    responses((status = 200, body = Page<WebhookEndpoint>)),
    security(("staff" = ["webhooks.read"]))
)]
#[get("/webhook-endpoints")]
async fn list_webhook_endpoints(
    staff: Staff<rights::WebhooksRead>,
    query: Query<WebhookEndpointQuery>,
) -> Result<Json<Page<WebhookEndpoint>>, Failure> {
    let sees = Sees::with(staff.principal().rights());
    Ok(Json(staff.read(move |tx| endpoints::list(tx, &query.0, sees)).await?))
}

/// Makes an endpoint. The answer holds its secret, which is not shown again.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "create_webhook_endpoint",
    request_body = CreateWebhookEndpoint,
    responses(
        (status = 201, body = WebhookSecret),
        (status = 409, description = "The store has as many endpoints as it may have")
    ),
    security(("staff" = ["webhooks.write"]))
)]
#[post("/webhook-endpoints")]
async fn create_webhook_endpoint(staff: Staff<rights::WebhooksWrite>, body: Body<CreateWebhookEndpoint>) -> Result<Answered, Failure> {
    let (outbound, vault) = (staff.services().outbound.clone(), staff.services().vault.clone());
    let asked = body.0;
    let create = move |tx: &mut StoreTx| endpoints::create(tx, asked, &outbound, &vault);
    let made = staff.once(Once::makes("create_webhook_endpoint"), create).await?;
    let made = made.below("/api/v1/store/webhook-endpoints");
    Ok(made.unlocked("secret", |locked| endpoints::reveal(&staff.services().vault, locked))?)
}

/// Reads an endpoint.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "get_webhook_endpoint",
    params(("id" = WebhookEndpointId, Path)),
    responses((status = 200, body = WebhookEndpoint)),
    security(("staff" = ["webhooks.read"]))
)]
#[get("/webhook-endpoints/{id}")]
async fn get_webhook_endpoint(
    staff: Staff<rights::WebhooksRead>,
    id: Path<WebhookEndpointId>,
) -> Result<Versioned<WebhookEndpoint>, Failure> {
    let (id, sees) = (id.into_inner().0, Sees::with(staff.principal().rights()));
    Ok(versioned(staff.read(move |tx| endpoints::read(tx, id, sees)).await?))
}

/// Changes what is named of an endpoint; needs `If-Match` with its version. Switching it on, or another address, sends what waits at once.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "update_webhook_endpoint",
    params(("id" = WebhookEndpointId, Path), ("If-Match" = String, Header)),
    request_body = UpdateWebhookEndpoint,
    responses((status = 200, body = WebhookEndpoint)),
    security(("staff" = ["webhooks.write"]))
)]
#[patch("/webhook-endpoints/{id}")]
async fn update_webhook_endpoint(
    staff: Staff<rights::WebhooksWrite>,
    id: Path<WebhookEndpointId>,
    if_match: IfMatch,
    body: Body<UpdateWebhookEndpoint>,
) -> Result<Versioned<WebhookEndpoint>, Failure> {
    let which = (id.into_inner().0, if_match.required()?);
    let outbound = staff.services().outbound.clone();
    let update = move |tx: &mut StoreTx| endpoints::update(tx, which, &body.0, &outbound);
    Ok(versioned(staff.tx(update).await?))
}

/// Takes an endpoint away, with its log and what waits for it.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "delete_webhook_endpoint",
    params(("id" = WebhookEndpointId, Path)),
    responses((status = 204)),
    security(("staff" = ["webhooks.write"]))
)]
#[delete("/webhook-endpoints/{id}")]
async fn delete_webhook_endpoint(staff: Staff<rights::WebhooksWrite>, id: Path<WebhookEndpointId>) -> Result<NoContent, Failure> {
    let id = id.into_inner().0;
    staff.tx(move |tx| endpoints::delete(tx, id)).await?;
    Ok(NoContent)
}

/// Gives an endpoint another secret, which is not shown again. The one before signs beside it for 24 hours (`previous_secret_until`), so that
/// the receiver can change it in between; whatever was before that one ends now.
#[utoipa::path(
    tag = "webhooks",
    operation_id = "rotate_webhook_secret",
    params(("id" = WebhookEndpointId, Path)),
    responses((status = 200, body = WebhookSecret)),
    security(("staff" = ["webhooks.write"]))
)]
#[post("/webhook-endpoints/{id}/secret/rotate")]
async fn rotate_webhook_secret(staff: Staff<rights::WebhooksWrite>, id: Path<WebhookEndpointId>) -> Result<Answered, Failure> {
    let (id, vault) = (id.into_inner().0, staff.services().vault.clone());
    let rotate = move |tx: &mut StoreTx| endpoints::rotate(tx, id, &vault);
    let made = staff.once(Once::answers("rotate_webhook_secret"), rotate).await?;
    Ok(made.unlocked("secret", |locked| endpoints::reveal(&staff.services().vault, locked))?)
}
