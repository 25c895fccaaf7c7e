//! Signing in to the admin area, and one's own account there.

use actix_web::web::Json;
use actix_web::{HttpRequest, Responder, delete, get, post};
use orion_framework::auth::flow::{self, SignOut};
use orion_framework::auth::{Audience, CookieScope, UserArea};
use orion_framework::gate::{AdminUser, Anonymous};
use orion_framework::http::{Body, Failure, NoContent, Path, bearer};
use orion_types::auth::{AccessToken, AdminProfile, ChangePassword, LoginRequest, Session};
use orion_types::{Page, SessionId};

use crate::routes::sign_in;
use crate::service::sessions;

/// Signs an administrator in. Who has a second factor is asked for a code (`login_admin_with_code`).
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_admin",
    request_body = LoginRequest,
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "E-mail or password are wrong; or they are right and the account has a second factor: then `challenge` says what the code is sent along with")
    ),
    security(())
)]
#[post("/auth/login")]
pub(super) async fn login_admin(anybody: Anonymous, request: Body<LoginRequest>) -> Result<impl Responder, Failure> {
    let signed = flow::sign_in_user(anybody.accounts(), anybody.context(), UserArea::Admin, request.into_inner()).await?;
    Ok(sign_in::entered(signed))
}

/// Gives a new access token for the refresh cookie.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "refresh_admin",
    responses((status = 200, body = AccessToken)),
    security(())
)]
#[post("/auth/refresh")]
pub(super) async fn refresh_admin(anybody: Anonymous, request: HttpRequest) -> Result<impl Responder, Failure> {
    let scope = CookieScope::of(anybody.services(), anybody.context(), Audience::Admin);
    let refreshed = flow::refresh_user(anybody.accounts(), anybody.context(), UserArea::Admin, scope.read_refresh(&request)).await;
    Ok(sign_in::prolonged(refreshed.map_err(|error| scope.refused(error, &request))?))
}

/// Ends the session.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "logout_admin",
    responses((status = 204)),
    security(())
)]
#[post("/auth/logout")]
pub(super) async fn logout_admin(anybody: Anonymous, request: HttpRequest) -> Result<impl Responder, Failure> {
    let cookie = CookieScope::of(anybody.services(), anybody.context(), Audience::Admin).read_refresh(&request);
    let proof = SignOut {
        cookie,
        bearer: bearer(request.headers()).map(str::to_owned),
    };
    let gone = flow::sign_out_user(anybody.accounts(), anybody.context(), UserArea::Admin, proof).await?;
    Ok(sign_in::left(&gone))
}

/// Who is signed in.
#[utoipa::path(
    tag = "account",
    operation_id = "get_admin_profile",
    responses((status = 200, body = AdminProfile)),
    security(("admin" = []))
)]
#[get("/me")]
pub(super) async fn get_admin_profile(admin: AdminUser) -> Json<AdminProfile> {
    let user = admin.user();
    Json(AdminProfile {
        id: user.id,
        name: user.name.clone(),
        email: user.email.clone(),
        email_verified: user.email_verified,
        second_factor: user.second_factor,
        second_factor_needed: admin.needs_second_factor(),
        roles: admin.grants().to_vec(),
    })
}

/// Changes the password; all other sessions end, in both areas.
#[utoipa::path(
    tag = "account",
    operation_id = "change_admin_password",
    request_body = ChangePassword,
    responses((status = 204)),
    security(("admin" = []))
)]
#[post("/me/password")]
pub(super) async fn change_admin_password(admin: AdminUser, body: Body<ChangePassword>) -> Result<NoContent, Failure> {
    let (accounts, context) = (admin.accounts(), admin.context());
    flow::change_user_password(accounts, context, UserArea::Admin, admin.user(), body.into_inner()).await?;
    Ok(NoContent)
}

/// The devices on which one is signed in.
#[utoipa::path(
    tag = "account",
    operation_id = "list_admin_sessions",
    responses((status = 200, body = Page<Session>)),
    security(("admin" = []))
)]
#[get("/me/sessions")]
pub(super) async fn list_admin_sessions(admin: AdminUser) -> Result<Json<Page<Session>>, Failure> {
    let user = admin.user().clone();
    Ok(Json(Page::complete(
        admin.tx(move |tx| sessions::list(tx, UserArea::Admin, &user)).await?,
    )))
}

/// Signs one of one's devices out.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_admin_session",
    params(("id" = SessionId, Path)),
    responses((status = 204)),
    security(("admin" = []))
)]
#[delete("/me/sessions/{id}")]
pub(super) async fn delete_admin_session(admin: AdminUser, id: Path<SessionId>) -> Result<NoContent, Failure> {
    let (user, id) = (admin.user().id, id.into_inner());
    admin.tx(move |tx| sessions::end(tx, UserArea::Admin, user, id)).await?;
    Ok(NoContent)
}

/// Signs out everywhere: all of one's sessions end, in both areas, and this one too.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_admin_sessions",
    responses((status = 204)),
    security(("admin" = []))
)]
#[delete("/me/sessions")]
pub(super) async fn delete_admin_sessions(admin: AdminUser) -> Result<impl Responder, Failure> {
    let gone = flow::sign_out_user_everywhere(admin.accounts(), admin.context(), UserArea::Admin, admin.user()).await?;
    Ok(sign_in::left(&gone))
}
