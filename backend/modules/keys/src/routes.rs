//! `/api/v1/store/api-keys`.

use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::api_key::{ApiKey, ApiKeyQuery, ApiKeySecret, CreateApiKey, RotateApiKey, UpdateApiKey};
use orion_types::{ApiKeyId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service;

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_api_keys)
        .service(create_api_key)
        .service(get_api_key)
        .service(update_api_key)
        .service(rotate_api_key)
        .service(delete_api_key);
}

fn versioned(key: ApiKey) -> Versioned<ApiKey> {
    Versioned {
        version: key.version,
        body: key,
    }
}

/// Lists the API keys of the store, newest first.
#[utoipa::path(
    tag = "api-keys",
    operation_id = "list_api_keys",
    params(ApiKeyQuery),
    responses((status = 200, body = Page<ApiKey>)),
    security(("staff" = ["keys.read"]))
)]
#[get("/api-keys")]
async fn list_api_keys(staff: Staff<rights::KeysRead>, query: Query<ApiKeyQuery>) -> Result<Json<Page<ApiKey>>, Failure> {
    Ok(Json(staff.read(move |tx| service::list(tx, &query.0)).await?))
}

/// Makes an API key with rights that whoever makes it holds. The answer holds its secret, which is not shown again.
#[utoipa::path(
    tag = "api-keys",
    operation_id = "create_api_key",
    request_body = CreateApiKey,
    responses(
        (status = 201, body = ApiKeySecret),
        (status = 409, description = "The store has as many keys as it may have")
    ),
    security(("staff" = ["keys.write"]))
)]
#[post("/api-keys")]
async fn create_api_key(staff: Staff<rights::KeysWrite>, body: Body<CreateApiKey>) -> Result<Answered, Failure> {
    let (own, vault) = (staff.principal().rights(), staff.services().vault.clone());
    let create = move |tx: &mut StoreTx| service::create(tx, &body.0, own, &vault);
    let made = staff.once(Once::makes("create_api_key"), create).await?;
    let made = made.below("/api/v1/store/api-keys");
    Ok(made.unlocked("secret", |locked| service::reveal(&staff.services().vault, locked))?)
}

/// Reads an API key, without its secret.
#[utoipa::path(
    tag = "api-keys",
    operation_id = "get_api_key",
    params(("id" = ApiKeyId, Path)),
    responses((status = 200, body = ApiKey)),
    security(("staff" = ["keys.read"]))
)]
#[get("/api-keys/{id}")]
async fn get_api_key(staff: Staff<rights::KeysRead>, id: Path<ApiKeyId>) -> Result<Versioned<ApiKey>, Failure> {
    let id = id.into_inner().0;
    Ok(versioned(staff.read(move |tx| service::read(tx, id)).await?))
}

/// Changes name or rights of an API key; needs `If-Match` with its version. The next request with it goes by them.
#[utoipa::path(
    tag = "api-keys",
    operation_id = "update_api_key",
    params(("id" = ApiKeyId, Path), ("If-Match" = String, Header)),
    request_body = UpdateApiKey,
    responses((status = 200, body = ApiKey)),
    security(("staff" = ["keys.write"]))
)]
#[patch("/api-keys/{id}")]
async fn update_api_key(
    staff: Staff<rights::KeysWrite>,
    id: Path<ApiKeyId>,
    if_match: IfMatch,
    body: Body<UpdateApiKey>,
) -> Result<Versioned<ApiKey>, Failure> {
    let (which, own) = ((id.into_inner().0, if_match.required()?), staff.principal().rights());
    let update = move |tx: &mut StoreTx| service::update(tx, which, &body.0, own);
    Ok(versioned(staff.tx(update).await?))
}

/// Gives an API key another secret, which is not shown again. The one before stays good for `overlap_hours` (`previous_secret_until`), so that the
/// program can change it in between; whatever was before that one ends now.
#[utoipa::path(
    tag = "api-keys",
    operation_id = "rotate_api_key",
    params(("id" = ApiKeyId, Path)),
    request_body = RotateApiKey,
    responses((status = 200, body = ApiKeySecret), (status = 409, description = "The time of the key is over")),
    security(("staff" = ["keys.write"]))
)]
#[post("/api-keys/{id}/rotate")]
async fn rotate_api_key(staff: Staff<rights::KeysWrite>, id: Path<ApiKeyId>, body: Body<RotateApiKey>) -> Result<Answered, Failure> {
    let (id, own, vault) = (id.into_inner().0, staff.principal().rights(), staff.services().vault.clone());
    let rotate = move |tx: &mut StoreTx| service::rotate(tx, id, &body.0, own, &vault);
    let made = staff.once(Once::answers("rotate_api_key"), rotate).await?;
    Ok(made.unlocked("secret", |locked| service::reveal(&staff.services().vault, locked))?)
}

/// Takes an API key away: its next request is refused, on every server.
#[utoipa::path(
    tag = "api-keys",
    operation_id = "delete_api_key",
    params(("id" = ApiKeyId, Path)),
    responses((status = 204)),
    security(("staff" = ["keys.write"]))
)]
#[delete("/api-keys/{id}")]
async fn delete_api_key(staff: Staff<rights::KeysWrite>, id: Path<ApiKeyId>) -> Result<NoContent, Failure> {
    let id = id.into_inner().0;
    staff.tx(move |tx| service::revoke(tx, id)).await?;
    Ok(NoContent)
}
