//! Handlers.

pub(crate) mod admin;
mod invitations;
pub(crate) mod store;
pub(crate) mod storefront;
mod team;

use actix_web::http::StatusCode;
use actix_web::{CustomizeResponder, Responder};
use orion_framework::http::NoContent;

/// Noted; nobody has looked yet whether there is an account.
fn noted() -> CustomizeResponder<NoContent> {
    NoContent.customize().with_status(StatusCode::ACCEPTED)
}
