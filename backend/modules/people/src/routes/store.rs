//! Below `/api/v1/store`: forgotten passwords, addresses, the second factor and passkeys of staff, the team, invitations,
//! stores that people open by themselves.

use actix_web::{Responder, post};
use orion_framework::auth::UserArea;
use orion_framework::db::PlatformTx;
use orion_framework::gate::{Anonymous, StaffUser};
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::auth::{AskPasswordLink, ChangeEmail, ConfirmEmail, ResetPassword};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{impersonation, invitations, noted, ownership, roles, security, sign_up, staff_passkeys, staff_second_factor, team};
use crate::service::user_emails::{self, Asker, Door};
use crate::service::user_passwords;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(create_staff_password_link)
        .service(reset_staff_password)
        .service(create_staff_email_link)
        .service(confirm_staff_email)
        .service(change_staff_email);
    staff_second_factor::configure(config);
    staff_passkeys::configure(config);
    team::configure(config);
    roles::configure(config);
    security::configure(config);
    invitations::configure(config);
    ownership::configure(config);
    impersonation::configure(config);
    sign_up::configure(config);
}

/// Asks for a link by which a new password can be chosen. It goes to the address by mail, works once and for an hour, and ends those before it.
/// The answer is the same whether the address has an account or not.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "create_staff_password_link",
    request_body = AskPasswordLink,
    responses((status = 202)),
    security(())
)]
#[post("/auth/password-link")]
async fn create_staff_password_link(anybody: Anonymous, body: Body<AskPasswordLink>) -> Result<impl Responder, Failure> {
    user_passwords::ask(&anybody, UserArea::Store, &body.0).await?;
    Ok(noted())
}

/// Chooses a new password by a link; all sessions of the account end, in both areas.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "reset_staff_password",
    request_body = ResetPassword,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another area")),
    security(())
)]
#[post("/auth/password")]
async fn reset_staff_password(anybody: Anonymous, body: Body<ResetPassword>) -> Result<NoContent, Failure> {
    user_passwords::reset(&anybody, UserArea::Store, body.into_inner()).await?;
    Ok(NoContent)
}

/// Where they are now: the dashboard of a store that is theirs to enter, or the door to all of them.
fn door(account: &StaffUser) -> Door {
    Door {
        area: UserArea::Store,
        store: account.access().map(|(store, _)| store.clone()),
    }
}

/// Sends a link that proves the address of the account. It works once and for a day, and ends those before it; five a day are the most.
#[utoipa::path(
    tag = "account",
    operation_id = "create_staff_email_link",
    responses(
        (status = 202),
        (status = 409, description = "The address is confirmed already"),
        (status = 429, description = "A link was sent less than a minute ago, or five within a day")
    ),
    security(("staff" = []))
)]
#[post("/me/email/link")]
async fn create_staff_email_link(account: StaffUser) -> Result<impl Responder, Failure> {
    let (services, user) = (account.services().clone(), account.user().clone());
    let door = door(&account);
    let ask = move |tx: &mut PlatformTx| user_emails::ask(tx, &services, &door, &user);
    account.tx(ask).await?;
    Ok(noted())
}

/// Proves an address by the link that was sent there: that of the account, or another one that is the account's from then on. The account has to be
/// signed in.
#[utoipa::path(
    tag = "account",
    operation_id = "confirm_staff_email",
    request_body = ConfirmEmail,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another account or area")),
    security(("staff" = []))
)]
#[post("/me/email/confirm")]
async fn confirm_staff_email(account: StaffUser, body: Body<ConfirmEmail>) -> Result<NoContent, Failure> {
    let (services, user) = (account.services().clone(), account.user().clone());
    let follow = move |tx: &mut PlatformTx| user_emails::follow(tx, &services, UserArea::Store, (&user, &body.0));
    account.tx(follow).await?;
    Ok(NoContent)
}

/// Asks for another address. It gets a link, and is the account's once that was followed; then all other sessions end. Whether the address has an
/// account is not told.
#[utoipa::path(
    tag = "account",
    operation_id = "change_staff_email",
    request_body = ChangeEmail,
    responses((status = 202), (status = 429, description = "A link was sent less than a minute ago, or five within a day")),
    security(("staff" = []))
)]
#[post("/me/email")]
async fn change_staff_email(account: StaffUser, body: Body<ChangeEmail>) -> Result<impl Responder, Failure> {
    let asker = Asker {
        accounts: account.accounts(),
        context: account.context(),
        area: UserArea::Store,
        user: account.user(),
    };
    let (services, user) = (account.services().clone(), account.user().clone());
    let (asks, address) = (user.clone(), body.0.email.clone());
    let judge = move |tx: &mut PlatformTx| user_emails::judge(tx, UserArea::Store, &asks, &address);
    let email = account.tx(judge).await?;
    asker.prove(&body.0).await?;
    let door = door(&account);
    let change = move |tx: &mut PlatformTx| user_emails::change(tx, &services, &door, (&user, email));
    account.tx(change).await?;
    Ok(noted())
}
