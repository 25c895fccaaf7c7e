//! Handlers.

pub(crate) mod admin;
mod admin_impersonation;
mod admin_invitations;
mod admin_passkeys;
mod admin_people;
mod admin_second_factor;
mod admin_sign_up;
mod impersonation;
mod invitations;
mod ownership;
mod roles;
mod security;
mod sign_up;
mod staff_passkeys;
mod staff_second_factor;
pub(crate) mod store;
pub(crate) mod storefront;
mod storefront_passkeys;
mod team;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, SET_COOKIE};
use actix_web::web::Json;
use actix_web::{CustomizeResponder, Responder};
use orion_framework::auth::flow::Signed;
use orion_framework::http::NoContent;
use orion_types::auth::AccessToken;
use serde::Serialize;

/// Noted; nobody has looked yet whether there is an account.
fn noted() -> CustomizeResponder<NoContent> {
    NoContent.customize().with_status(StatusCode::ACCEPTED)
}

/// Somebody has signed in: the token in the body, the refresh token in its cookie.
fn entered(signed: Signed) -> CustomizeResponder<Json<AccessToken>> {
    let cookie = signed.refresh_cookie.to_string();
    unkept(signed.access).insert_header((SET_COOKIE, cookie))
}

/// An answer that nobody on the way is to keep.
fn unkept<T: Serialize>(body: T) -> CustomizeResponder<Json<T>> {
    Json(body).customize().insert_header((CACHE_CONTROL, "no-store"))
}
