//! `/api/v1/incoming`.

use std::sync::Arc;

use actix_web::web::Json;
use actix_web::{HttpRequest, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Anonymous;
use orion_framework::http::{Failure, Path, RawBody};
use orion_framework::problem::NOT_FOUND;
use orion_types::incoming::IncomingReceipt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service;

pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(receive_incoming_webhook);
}

/// Takes what a provider tells the store, once for each of its events. The answer says that it is kept; what is done about it comes after. A
/// store that is not open, or suspended, listens all the same: money may be on its way.
#[utoipa::path(
    tag = "incoming",
    operation_id = "receive_incoming_webhook",
    params(
        ("source" = String, Path, description = "The provider, such as `test-card`"),
        ("webhook-id" = Option<String>, Header, description = "The event's id, where the provider signs by Standard Webhooks"),
        ("webhook-timestamp" = Option<String>, Header, description = "When it was signed, in seconds since 1970; at most five minutes away"),
        ("webhook-signature" = Option<String>, Header, description = "Its signatures, separated by spaces")
    ),
    request_body(
        content = serde_json::Value,
        content_type = "application/json",
        description = "What the provider tells, as it was signed",
        example = json!({ "type": "charge.updated", "data": { "key": "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a" } })
    ),
    responses((status = 200, body = IncomingReceipt)),
    security(())
)]
#[post("/api/v1/incoming/{source}")]
async fn receive_incoming_webhook(
    anonymous: Anonymous,
    source: Path<String>,
    request: HttpRequest,
    body: RawBody,
) -> Result<Json<IncomingReceipt>, Failure> {
    let store = anonymous.store().cloned().ok_or_else(|| Failure::of(&NOT_FOUND))?;
    let config = Arc::clone(&anonymous.services().config);
    let (source, headers) = (source.into_inner(), request.headers().clone());
    let receive = move |tx: &mut StoreTx| service::receive(tx, &config, &source, (&headers, &body.0));
    Ok(Json(anonymous.store_tx(&store, receive).await?))
}
