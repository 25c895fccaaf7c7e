//! Below `/api/v1/admin`: forgotten passwords, addresses, the second factor and passkeys of administrators, their ways into stores, all accounts, and
//! invitations.

use actix_web::{Responder, post};
use orion_framework::auth::UserArea;
use orion_framework::db::PlatformTx;
use orion_framework::gate::{AdminUser, Anonymous};
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::auth::{AskPasswordLink, ChangeEmail, ConfirmEmail, ResetPassword};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{admin_impersonation, admin_invitations, admin_passkeys, admin_people, admin_second_factor, admin_sign_up, noted};
use crate::service::user_emails::{self, Asker, Door};
use crate::service::user_passwords;

/// Administrators have one door.
const DOOR: Door = Door {
    area: UserArea::Admin,
    store: None,
};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(create_admin_password_link)
        .service(reset_admin_password)
        .service(create_admin_email_link)
        .service(confirm_admin_email)
        .service(change_admin_email);
    admin_second_factor::configure(config);
    admin_sign_up::configure(config);
    admin_impersonation::configure(config);
    admin_passkeys::configure(config);
    admin_people::configure(config);
    admin_invitations::configure(config);
}

/// Asks for a link by which a new password can be chosen. It goes to the address by mail, works once and for an hour, and ends those before it.
/// The answer is the same whether the address has an account or not.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "create_admin_password_link",
    request_body = AskPasswordLink,
    responses((status = 202)),
    security(())
)]
#[post("/auth/password-link")]
async fn create_admin_password_link(anybody: Anonymous, body: Body<AskPasswordLink>) -> Result<impl Responder, Failure> {
    user_passwords::ask(&anybody, UserArea::Admin, &body.0).await?;
    Ok(noted())
}

/// Chooses a new password by a link; all sessions of the account end, in both areas.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "reset_admin_password",
    request_body = ResetPassword,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another area")),
    security(())
)]
#[post("/auth/password")]
async fn reset_admin_password(anybody: Anonymous, body: Body<ResetPassword>) -> Result<NoContent, Failure> {
    user_passwords::reset(&anybody, UserArea::Admin, body.into_inner()).await?;
    Ok(NoContent)
}

/// Sends a link that proves the address of the account. It works once and for a day, and ends those before it; five a day are the most.
#[utoipa::path(
    tag = "account",
    operation_id = "create_admin_email_link",
    responses(
        (status = 202),
        (status = 409, description = "The address is confirmed already"),
        (status = 429, description = "A link was sent less than a minute ago, or five within a day")
    ),
    security(("admin" = []))
)]
#[post("/me/email/link")]
async fn create_admin_email_link(account: AdminUser) -> Result<impl Responder, Failure> {
    let (services, user) = (account.services().clone(), account.user().clone());
    let ask = move |tx: &mut PlatformTx| user_emails::ask(tx, &services, &DOOR, &user);
    account.tx(ask).await?;
    Ok(noted())
}

/// Proves an address by the link that was sent there: that of the account, or another one that is the account's from then on. The account has to be
/// signed in.
#[utoipa::path(
    tag = "account",
    operation_id = "confirm_admin_email",
    request_body = ConfirmEmail,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another account or area")),
    security(("admin" = []))
)]
#[post("/me/email/confirm")]
async fn confirm_admin_email(account: AdminUser, body: Body<ConfirmEmail>) -> Result<NoContent, Failure> {
    let (services, user) = (account.services().clone(), account.user().clone());
    let follow = move |tx: &mut PlatformTx| user_emails::follow(tx, &services, UserArea::Admin, (&user, &body.0));
    account.tx(follow).await?;
    Ok(NoContent)
}

/// Asks for another address. It gets a link, and is the account's once that was followed; then all other sessions end. Whether the address has an
/// account is not told.
#[utoipa::path(
    tag = "account",
    operation_id = "change_admin_email",
    request_body = ChangeEmail,
    responses((status = 202), (status = 429, description = "A link was sent less than a minute ago, or five within a day")),
    security(("admin" = []))
)]
#[post("/me/email")]
async fn change_admin_email(account: AdminUser, body: Body<ChangeEmail>) -> Result<impl Responder, Failure> {
    let asker = Asker {
        accounts: account.accounts(),
        context: account.context(),
        area: UserArea::Admin,
        user: account.user(),
    };
    let (services, user) = (account.services().clone(), account.user().clone());
    let (asks, address) = (user.clone(), body.0.email.clone());
    let judge = move |tx: &mut PlatformTx| user_emails::judge(tx, UserArea::Admin, &asks, &address);
    let email = account.tx(judge).await?;
    asker.prove(&body.0).await?;
    let change = move |tx: &mut PlatformTx| user_emails::change(tx, &services, &DOOR, (&user, email));
    account.tx(change).await?;
    Ok(noted())
}
