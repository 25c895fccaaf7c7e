//! Below `/api/v1/storefront`: forgotten passwords, addresses and passkeys of customers.

use actix_web::{Responder, post};
use orion_framework::gate::{Anonymous, Customer};
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::auth::{AskPasswordLink, ChangeEmail, ConfirmEmail, ResetPassword};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{noted, storefront_passkeys};
use crate::Accounts;
use crate::service::{customer_emails, customer_passwords};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(create_password_link)
        .service(reset_password)
        .service(create_email_link)
        .service(confirm_email)
        .service(change_email);
    storefront_passkeys::configure(config);
}

/// Asks for a link by which a new password can be chosen. It goes to the address by mail, works once and for an hour, and ends those before it.
/// The answer is the same whether the address has an account in this shop or not.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "create_password_link",
    request_body = AskPasswordLink,
    responses((status = 202)),
    security(())
)]
#[post("/auth/password-link")]
async fn create_password_link(anybody: Anonymous, body: Body<AskPasswordLink>) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    customer_passwords::ask(&anybody, &store, &body.0).await?;
    Ok(noted())
}

/// Chooses a new password by a link; all sessions of the account end.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "reset_password",
    request_body = ResetPassword,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another shop")),
    security(())
)]
#[post("/auth/password")]
async fn reset_password(anybody: Anonymous, body: Body<ResetPassword>) -> Result<NoContent, Failure> {
    let store = anybody.open_store()?;
    customer_passwords::reset(&anybody, &store, body.into_inner()).await?;
    Ok(NoContent)
}

/// Sends another link that proves the address of the account. It works once and for a day, and ends those before it; five a day are the most.
#[utoipa::path(
    tag = "account",
    operation_id = "create_email_link",
    responses(
        (status = 202),
        (status = 409, description = "The address is confirmed already"),
        (status = 429, description = "A link was sent less than a minute ago, or five within a day")
    ),
    security(("customer" = []))
)]
#[post("/account/email/link")]
async fn create_email_link(customer: Customer<Accounts>) -> Result<impl Responder, Failure> {
    let (vault, identity) = (customer.services().vault.clone(), customer.identity().clone());
    customer.tx(move |tx| customer_emails::ask(tx, &vault, &identity)).await?;
    Ok(noted())
}

/// Proves an address by the link that was sent there: that of the account, or another one that is the account's from then on. What was ordered
/// with it without an account joins the account. The account has to be signed in: who reads the mails of an address does not prove it for an account
/// that somebody else has made.
#[utoipa::path(
    tag = "account",
    operation_id = "confirm_email",
    request_body = ConfirmEmail,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another account or shop")),
    security(("customer" = []))
)]
#[post("/account/email/confirm")]
async fn confirm_email(customer: Customer<Accounts>, body: Body<ConfirmEmail>) -> Result<NoContent, Failure> {
    let identity = customer.identity().clone();
    customer.tx(move |tx| customer_emails::follow(tx, &identity, &body.0)).await?;
    Ok(NoContent)
}

/// Asks for another address. It gets a link, and is the account's once that was followed; then all other sessions end. Whether the address has an
/// account is not told.
#[utoipa::path(
    tag = "account",
    operation_id = "change_email",
    request_body = ChangeEmail,
    responses((status = 202), (status = 429, description = "A link was sent less than a minute ago, or five within a day")),
    security(("customer" = []))
)]
#[post("/account/email")]
async fn change_email(customer: Customer<Accounts>, body: Body<ChangeEmail>) -> Result<impl Responder, Failure> {
    customer_emails::change(&customer, body.into_inner()).await?;
    Ok(noted())
}
