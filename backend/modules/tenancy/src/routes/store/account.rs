//! Signing in to the dashboards, and one's own account there.

use actix_web::web::Json;
use actix_web::{HttpRequest, Responder, delete, get, post};
use orion_framework::auth::flow::{self, SignOut};
use orion_framework::auth::{Audience, CookieScope, UserArea};
use orion_framework::gate::{Anonymous, DashboardUser, StaffUser};
use orion_framework::http::{Body, Failure, NoContent, Path, bearer};
use orion_types::auth::{AccessToken, ChangePassword, LoginRequest, Session, StaffProfile};
use orion_types::{Page, SessionId};

use crate::routes::sign_in;
use crate::service::links::Links;
use crate::service::sessions;
use crate::service::staff::{Dashboards, list_stores, staff_access};

/// Signs a member of staff in; no store is needed, the account may belong to several. Who has a second factor is asked for a code (`login_staff_with_code`).
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_staff",
    request_body = LoginRequest,
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "E-mail or password are wrong; or they are right and the account has a second factor: then `challenge` says what the code is sent along with")
    ),
    security(())
)]
#[post("/auth/login")]
pub(super) async fn login_staff(anybody: Anonymous, request: Body<LoginRequest>) -> Result<impl Responder, Failure> {
    let signed = flow::sign_in_user(anybody.accounts(), anybody.context(), UserArea::Store, request.into_inner()).await?;
    Ok(sign_in::entered(signed))
}

/// Gives a new access token for the refresh cookie.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "refresh_staff",
    responses((status = 200, body = AccessToken)),
    security(())
)]
#[post("/auth/refresh")]
pub(super) async fn refresh_staff(anybody: Anonymous, request: HttpRequest) -> Result<impl Responder, Failure> {
    let scope = CookieScope::of(anybody.services(), anybody.context(), Audience::Store);
    let refreshed = flow::refresh_user(anybody.accounts(), anybody.context(), UserArea::Store, scope.read_refresh(&request)).await;
    Ok(sign_in::prolonged(refreshed.map_err(|error| scope.refused(error, &request))?))
}

/// Ends the session.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "logout_staff",
    responses((status = 204)),
    security(())
)]
#[post("/auth/logout")]
pub(super) async fn logout_staff(anybody: Anonymous, request: HttpRequest) -> Result<impl Responder, Failure> {
    let cookie = CookieScope::of(anybody.services(), anybody.context(), Audience::Store).read_refresh(&request);
    let proof = SignOut {
        cookie,
        bearer: bearer(request.headers()).map(str::to_owned),
    };
    let gone = flow::sign_out_user(anybody.accounts(), anybody.context(), UserArea::Store, proof).await?;
    Ok(sign_in::left(&gone))
}

/// Who is signed in, the stores they may enter, and what they may do in the store of this address.
#[utoipa::path(
    tag = "account",
    operation_id = "get_staff_profile",
    responses((status = 200, body = StaffProfile)),
    security(("staff" = []))
)]
#[get("/me")]
pub(super) async fn get_staff_profile(staff: DashboardUser) -> Result<Json<StaffProfile>, Failure> {
    let user = staff.user().clone();
    let config = &staff.services().config;
    let dashboards = Dashboards::of(Links::of(config), config.path_mode(), staff.context());
    let stores = match staff.impersonation() {
        // Stores that an administrator belongs to are no business of the one that they are in.
        Some(_) => Vec::new(),
        None => staff.tx(move |tx| list_stores(tx, user.id, &dashboards)).await?,
    };
    let user = staff.user().clone();
    Ok(Json(StaffProfile {
        id: user.id,
        name: user.name,
        email: user.email,
        email_verified: user.email_verified,
        second_factor: user.second_factor,
        second_factor_needed: staff.needs_second_factor(),
        stores,
        current: staff_access(&staff),
    }))
}

/// Changes the password; all other sessions end, in both areas.
#[utoipa::path(
    tag = "account",
    operation_id = "change_staff_password",
    request_body = ChangePassword,
    responses((status = 204)),
    security(("staff" = []))
)]
#[post("/me/password")]
pub(super) async fn change_staff_password(staff: StaffUser, body: Body<ChangePassword>) -> Result<NoContent, Failure> {
    let (accounts, context) = (staff.accounts(), staff.context());
    flow::change_user_password(accounts, context, UserArea::Store, staff.user(), body.into_inner()).await?;
    Ok(NoContent)
}

/// The devices on which one is signed in.
#[utoipa::path(
    tag = "account",
    operation_id = "list_staff_sessions",
    responses((status = 200, body = Page<Session>)),
    security(("staff" = []))
)]
#[get("/me/sessions")]
pub(super) async fn list_staff_sessions(staff: StaffUser) -> Result<Json<Page<Session>>, Failure> {
    let user = staff.user().clone();
    Ok(Json(Page::complete(
        staff.tx(move |tx| sessions::list(tx, UserArea::Store, &user)).await?,
    )))
}

/// Signs one of one's devices out.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_staff_session",
    params(("id" = SessionId, Path)),
    responses((status = 204)),
    security(("staff" = []))
)]
#[delete("/me/sessions/{id}")]
pub(super) async fn delete_staff_session(staff: StaffUser, id: Path<SessionId>) -> Result<NoContent, Failure> {
    let (user, id) = (staff.user().id, id.into_inner());
    staff.tx(move |tx| sessions::end(tx, UserArea::Store, user, id)).await?;
    Ok(NoContent)
}

/// Signs out everywhere: all of one's sessions end, in both areas, and this one too.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_staff_sessions",
    responses((status = 204)),
    security(("staff" = []))
)]
#[delete("/me/sessions")]
pub(super) async fn delete_staff_sessions(staff: StaffUser) -> Result<impl Responder, Failure> {
    let gone = flow::sign_out_user_everywhere(staff.accounts(), staff.context(), UserArea::Store, staff.user()).await?;
    Ok(sign_in::left(&gone))
}
