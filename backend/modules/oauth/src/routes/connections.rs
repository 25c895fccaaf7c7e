//! `/api/v1/store/connections`: what people let programs do. Everybody decides for themselves, whatever their role, so the gate asks for no right.

use actix_web::web::Json;
use actix_web::{delete, get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Colleague;
use orion_framework::http::{Body, Failure, NoContent, Path, Query};
use orion_types::oauth::{AskConnection, AskedConnection, ConfirmConnection, Connection, ConnectionAnswer, ConnectionQuery};
use orion_types::{ConnectionId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::document::{self, Document};
use crate::error::OauthError;
use crate::service::consent::{self, Asked};
use crate::service::{connections, issuer};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(look_up_connection)
        .service(confirm_connection)
        .service(list_connections)
        .service(delete_connection);
}

fn asked(colleague: &Colleague) -> Result<Asked, OauthError> {
    let context = colleague.context();
    Ok(Asked {
        user: colleague.user().clone(),
        rights: colleague.principal().rights(),
        host: context.host.clone(),
        issuer: issuer(colleague.store(), context)?,
    })
}

/// The document of a program that is known by one, before a transaction begins: it may take its time.
async fn document_of(colleague: &Colleague, client_id: &str) -> Result<Option<Document>, OauthError> {
    if !document::is_address(client_id) {
        return Ok(None);
    }
    document::fetch(&colleague.services().outbound, client_id).await.map(Some)
}

/// Who asks to act for somebody, where the answer would lead, and which rights are asked for: what the consent page shows. Nothing is sent to an
/// address that the program has not named.
#[utoipa::path(
    tag = "programs",
    operation_id = "look_up_connection",
    request_body = AskConnection,
    responses((status = 200, body = AskedConnection)),
    security(("staff" = []))
)]
#[post("/connections/look-up")]
async fn look_up_connection(colleague: Colleague, body: Body<AskConnection>) -> Result<Json<AskedConnection>, Failure> {
    let who = asked(&colleague)?;
    let document = document_of(&colleague, &body.0.client_id).await?;
    let show = move |tx: &mut StoreTx| consent::show(tx, &who, &body.0, document);
    Ok(Json(colleague.read(show).await?))
}

/// Allows or denies what a program asks for, and says where to go with the answer. What is allowed is a part of what was asked for, and of what whoever
/// allows it holds; a code comes of it that works once, for a minute.
#[utoipa::path(
    tag = "programs",
    operation_id = "confirm_connection",
    request_body = ConfirmConnection,
    responses(
        (status = 200, body = ConnectionAnswer),
        (status = 403, description = "A right was not asked for, or is not held"),
        (status = 409, description = "As many programs act for whoever asks as may")
    ),
    security(("staff" = []))
)]
#[post("/connections/confirm")]
async fn confirm_connection(colleague: Colleague, body: Body<ConfirmConnection>) -> Result<Json<ConnectionAnswer>, Failure> {
    let who = asked(&colleague)?;
    let document = document_of(&colleague, &body.0.asked.client_id).await?;
    let confirm = move |tx: &mut StoreTx| consent::confirm(tx, &who, &body.0, document);
    Ok(Json(colleague.tx(confirm).await?))
}

/// Lists the programs that act for whoever asks, newest first; for who may see them those of everybody here.
#[utoipa::path(
    tag = "programs",
    operation_id = "list_connections",
    params(ConnectionQuery),
    responses((status = 200, body = Page<Connection>)),
    security(("staff" = []))
)]
#[get("/connections")]
async fn list_connections(colleague: Colleague, query: Query<ConnectionQuery>) -> Result<Json<Page<Connection>>, Failure> {
    let (reader, rights) = (colleague.user().id.0, colleague.principal().rights());
    let page = colleague.read(move |tx| connections::list(tx, reader, rights, &query.0)).await?;
    Ok(Json(page))
}

/// Revokes what a program may do for whoever asks, or with the right `programs.write` for somebody else: its next request is refused, on every server.
#[utoipa::path(
    tag = "programs",
    operation_id = "delete_connection",
    params(("id" = ConnectionId, Path)),
    responses((status = 204)),
    security(("staff" = []))
)]
#[delete("/connections/{id}")]
async fn delete_connection(colleague: Colleague, id: Path<ConnectionId>) -> Result<NoContent, Failure> {
    let (id, reader, rights) = (id.into_inner().0, colleague.user().id.0, colleague.principal().rights());
    colleague.tx(move |tx| connections::delete(tx, id, reader, rights)).await?;
    Ok(NoContent)
}
