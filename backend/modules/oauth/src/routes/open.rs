//! What programs ask without an account: what a host says of itself, and tokens. In no document of the API: the form is that of the RFCs.

use actix_web::http::header::{CACHE_CONTROL, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Anonymous;
use orion_framework::http::{Failure, RawBody};
use orion_framework::problem::NOT_FOUND;
use orion_framework::tenancy::StoreContext;
use orion_types::UserId;
use orion_types::status::StoreStatus;
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::OauthError;
use crate::form::{Form, Refused};
use crate::service::tokens::{Brought, GivenBack, Place, Tokens};
use crate::service::{issuer, metadata};

/// What a host says of itself changes with its modules.
const METADATA_CACHE: &str = "public, max-age=300";

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(get_authorization_server)
        .service(get_protected_resource)
        .service(create_token)
        .service(revoke_token);
}

/// The store of the request, and the name of its host as one who gives tokens.
fn place(anonymous: &Anonymous) -> Result<(StoreContext, String), Failure> {
    let store = anonymous.store().cloned().ok_or_else(|| Failure::of(&NOT_FOUND))?;
    let issuer = issuer(&store, anonymous.context())?;
    Ok((store, issuer))
}

fn told(metadata: &Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, METADATA_CACHE)).json(metadata)
}

/// Who gives tokens of this host, and how (RFC 8414).
#[utoipa::path(
    tag = "internal",
    operation_id = "get_authorization_server",
    responses((status = 200, body = serde_json::Value)),
    security(())
)]
#[get("/.well-known/oauth-authorization-server")]
async fn get_authorization_server(anonymous: Anonymous) -> Result<HttpResponse, Failure> {
    let (store, issuer) = place(&anonymous)?;
    Ok(told(&metadata::authorization_server(&store, &issuer)))
}

/// What tokens open at this host, and who gives them (RFC 9728).
#[utoipa::path(
    tag = "internal",
    operation_id = "get_protected_resource",
    responses((status = 200, body = serde_json::Value)),
    security(())
)]
#[get("/.well-known/oauth-protected-resource")]
async fn get_protected_resource(anonymous: Anonymous) -> Result<HttpResponse, Failure> {
    let (store, issuer) = place(&anonymous)?;
    Ok(told(&metadata::protected_resource(&store, &issuer)))
}

/// Changes a code or a refresh token for tokens (RFC 6749, 4.1.3 and 6; RFC 7636). A refresh token works once; one that comes again, like a code that
/// does, ends all that came of it, unless its answer may have been lost a moment ago.
#[utoipa::path(
    tag = "internal",
    operation_id = "create_token",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = serde_json::Value)),
    security(())
)]
#[post("/oauth/token")]
async fn create_token(anonymous: Anonymous, request: HttpRequest, body: RawBody) -> Result<HttpResponse, Failure> {
    let (store, issuer) = place(&anonymous)?;
    let brought = match read(&store, request.headers(), &body.0, Brought::read) {
        Ok(brought) => brought,
        Err(refused) => return Ok(refused.response()),
    };
    let is_let_in = match person(&anonymous, &store, &brought).await? {
        Some(person) => anonymous.is_let_in(&store, person).await?,
        None => false,
    };
    let at = Place {
        host: anonymous.context().host.clone(),
        issuer,
    };
    let change = move |tx: &mut StoreTx| brought.change(tx, &at, is_let_in);
    let changed: Result<Tokens, Refused> = anonymous.store_tx::<_, OauthError>(&store, change).await?;
    Ok(match changed {
        Ok(tokens) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(tokens),
        Err(refused) => refused.response(),
    })
}

/// Takes a token back (RFC 7009), and with it all that came of the same consent.
#[utoipa::path(
    tag = "internal",
    operation_id = "revoke_token",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200)),
    security(())
)]
#[post("/oauth/revoke")]
async fn revoke_token(anonymous: Anonymous, request: HttpRequest, body: RawBody) -> Result<HttpResponse, Failure> {
    let (store, _) = place(&anonymous)?;
    let given = Form::read(request.headers(), &body.0).and_then(|form| GivenBack::read(&form));
    let given = match given {
        Ok(given) => given,
        Err(refused) => return Ok(refused.response()),
    };
    let ended: Result<(), Refused> = anonymous.store_tx::<_, OauthError>(&store, move |tx| given.end(tx)).await?;
    Ok(match ended {
        Ok(()) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).finish(),
        Err(refused) => refused.response(),
    })
}

/// What a form says, where the store is open for it: one that is suspended gives no tokens.
fn read<T>(store: &StoreContext, headers: &HeaderMap, body: &[u8], what: impl FnOnce(&Form) -> Result<T, Refused>) -> Result<T, Refused> {
    if store.status != StoreStatus::Active {
        return Err(Refused::Later);
    }
    what(&Form::read(headers, body)?)
}

/// Whose consent it is that tokens are asked for.
async fn person(anonymous: &Anonymous, store: &StoreContext, brought: &Brought) -> Result<Option<UserId>, Failure> {
    let brought = brought.clone();
    let look = anonymous.access(store);
    Ok(look.read::<_, OauthError>(move |tx| brought.person(tx)).await?)
}
