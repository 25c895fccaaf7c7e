//! Answers of signing in, staying signed in and signing out: the token in the body, the refresh token in its cookie.

use actix_web::cookie::Cookie;
use actix_web::http::header::{CACHE_CONTROL, SET_COOKIE};
use actix_web::web::Json;
use actix_web::{CustomizeResponder, Responder};
use orion_framework::auth::flow::{Refreshed, Signed};
use orion_framework::http::NoContent;
use orion_types::auth::AccessToken;

/// Somebody has signed in.
pub(super) fn entered(signed: Signed) -> CustomizeResponder<Json<AccessToken>> {
    let cookie = signed.refresh_cookie.to_string();
    Json(signed.access)
        .customize()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((SET_COOKIE, cookie))
}

/// A session goes on.
pub(super) fn prolonged(refreshed: Refreshed) -> CustomizeResponder<Json<AccessToken>> {
    let answer = Json(refreshed.access).customize().insert_header((CACHE_CONTROL, "no-store"));
    match refreshed.refresh_cookie {
        Some(cookie) => answer.insert_header((SET_COOKIE, cookie.to_string())),
        None => answer,
    }
}

/// A session is over.
pub(super) fn left(cookie: &Cookie<'static>) -> CustomizeResponder<NoContent> {
    NoContent.customize().insert_header((SET_COOKIE, cookie.to_string()))
}
