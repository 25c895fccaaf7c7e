//! Registering, signing in, staying signed in, signing out.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use actix_web::web::Json;
use actix_web::{CustomizeResponder, HttpRequest, Responder, post};
use orion_framework::auth::flow::{self, SignOut, Signed};
use orion_framework::auth::{Audience, CookieScope, cart_token};
use orion_framework::gate::Anonymous;
use orion_framework::http::{Body, Failure, NoContent, bearer};
use orion_types::auth::{AccessToken, LoginRequest, RegisterRequest};

use crate::service::accounts;

/// Makes an account in this shop and signs its owner in. Other shops know nothing of it.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "register_customer",
    request_body = RegisterRequest,
    responses((status = 201, body = AccessToken)),
    security(())
)]
#[post("/auth/register")]
pub(super) async fn register_customer(
    anybody: Anonymous,
    request: HttpRequest,
    body: Body<RegisterRequest>,
) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    let signed = accounts::register(&anybody, &store, body.into_inner(), cart_token(&request)).await?;
    let location = format!("{}/api/v1/storefront/account", anybody.context().base);
    Ok(entered(signed).with_status(StatusCode::CREATED).insert_header((LOCATION, location)))
}

/// Signs a customer in; what a guest has put into the cart comes along.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_customer",
    request_body = LoginRequest,
    responses((status = 200, body = AccessToken)),
    security(())
)]
#[post("/auth/login")]
pub(super) async fn login_customer(anybody: Anonymous, request: HttpRequest, body: Body<LoginRequest>) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    let cart = cart_token(&request);
    let signed = flow::sign_in_customer(anybody.accounts(), anybody.context(), &store, body.into_inner(), cart).await?;
    Ok(entered(signed))
}

/// Gives a new access token for the refresh cookie.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "refresh_customer",
    responses((status = 200, body = AccessToken)),
    security(())
)]
#[post("/auth/refresh")]
pub(super) async fn refresh_customer(anybody: Anonymous, request: HttpRequest) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    let scope = CookieScope::of(anybody.services(), anybody.context(), Audience::Storefront);
    let refreshed = flow::refresh_customer(anybody.accounts(), anybody.context(), &store, scope.read_refresh(&request)).await;
    let refreshed = refreshed.map_err(|error| scope.refused(error, &request))?;
    let answer = Json(refreshed.access).customize().insert_header((CACHE_CONTROL, "no-store"));
    Ok(match refreshed.refresh_cookie {
        Some(cookie) => answer.insert_header((SET_COOKIE, cookie.to_string())),
        None => answer,
    })
}

/// Ends the session.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "logout_customer",
    responses((status = 204)),
    security(())
)]
#[post("/auth/logout")]
pub(super) async fn logout_customer(anybody: Anonymous, request: HttpRequest) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    let cookie = CookieScope::of(anybody.services(), anybody.context(), Audience::Storefront).read_refresh(&request);
    let proof = SignOut {
        cookie,
        bearer: bearer(request.headers()).map(str::to_owned),
    };
    let gone = flow::sign_out_customer(anybody.accounts(), anybody.context(), &store, proof).await?;
    Ok(NoContent.customize().insert_header((SET_COOKIE, gone.to_string())))
}

fn entered(signed: Signed) -> CustomizeResponder<Json<AccessToken>> {
    let cookie = signed.refresh_cookie.to_string();
    Json(signed.access)
        .customize()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((SET_COOKIE, cookie))
}
