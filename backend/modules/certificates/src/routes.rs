//! What a store is told of its certificates, and what an authority is answered that looks whether a host leads here.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Json;
use actix_web::{HttpResponse, get};
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::gate::{Anonymous, Staff};
use orion_framework::http::{Failure, Path};
use orion_framework::permission::rights;
use orion_framework::problem::NOT_FOUND;
use orion_framework::tenancy::HostOwner;
use orion_types::Page;
use orion_types::certificates::Certificate;
use tokio::sync::Semaphore;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{queries, service};

/// Bytes of a token; authorities send a third of it.
const LONGEST_TOKEN: usize = 200;

/// Made-up tokens are looked for one after the other, over a single connection: they hold up challenges and nothing else.
static LOOKS: Semaphore = Semaphore::const_new(1);

pub(crate) fn configure_store(config: &mut ServiceConfig) {
    config.service(list_certificates);
}

pub(crate) fn configure_root(config: &mut ServiceConfig) {
    config.service(get_challenge_answer);
}

/// How it stands with the certificates of the store's domains, where the server asks for them itself: none, before a domain is proved and where a
/// proxy in front of the server has them.
#[utoipa::path(
    tag = "domains",
    operation_id = "list_certificates",
    responses((status = 200, body = Page<Certificate>)),
    security(("staff" = ["domains.read"]))
)]
#[get("/certificates")]
async fn list_certificates(staff: Staff<rights::DomainsRead>) -> Result<Json<Page<Certificate>>, Failure> {
    Ok(Json(Page::complete(staff.read(service::list).await?)))
}

/// Answers the challenge of a certificate authority (RFC 8555, section 8.3): on any server, at the plain address of the host that it is for.
#[utoipa::path(
    tag = "internal",
    operation_id = "get_challenge_answer",
    params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "application/octet-stream")),
    security(())
)]
#[get("/.well-known/acme-challenge/{token}")]
async fn get_challenge_answer(anybody: Anonymous, token: Path<String>) -> Result<HttpResponse, Failure> {
    let (services, token) = (anybody.services(), token.into_inner());
    let host = anybody.context().host.clone();
    if !services.config.acme.enabled || token.len() > LONGEST_TOKEN || !is_known(&anybody, &host).await? {
        return Err(Failure::of(&NOT_FOUND));
    }
    let look = move |tx: &mut PlatformTx| {
        let now = tx.now();
        queries::answer(tx.conn(), &host, &token, now).map_err(DbError::from)
    };
    let turn = LOOKS.acquire().await;
    let answer = anybody.platform_tx(look).await?;
    drop(turn);
    let Some(answer) = answer else {
        return Err(Failure::of(&NOT_FOUND));
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/octet-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(answer))
}

/// Whether a host may want a certificate: who makes names up is answered from memory.
async fn is_known(anybody: &Anonymous, host: &str) -> Result<bool, DbError> {
    if anybody.services().config.acme.hosts.iter().any(|own| own == host) {
        return Ok(true);
    }
    let owner = anybody.services().directory.owner(host).await?;
    Ok(!matches!(owner, HostOwner::Unknown))
}
