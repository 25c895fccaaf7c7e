//! The door of a shop that is not open yet: what everybody sees, and how friends and the shop's own people come in.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, LOCATION, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use orion_framework::Backend;
use orion_framework::auth::AuthError;
use orion_framework::db::{Actor, DbError, StoreTx};
use orion_framework::gate::{invite, opens_for};
use orion_framework::http::{DoorForm, ErrorPage, Failure, Voice, render_door_page};
use orion_framework::tenancy::{Area, RequestContext, StoreContext};
use orion_i18n::{LANGUAGE_COOKIE, Locale, Text, fill};
use orion_tenancy::TenancyError;
use orion_types::opening::EnterShop;
use orion_types::status::StoreStatus;
use orion_types::store::Theme;

use super::CLOSED_FOR;
use super::route::Query;
use crate::app::{Hosted, Shared};
use crate::pages;

/// Where the door is; its form is sent there, and so are the shop's own people with their link.
pub(super) const PATH: &str = "/opening";
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Registers the door; whatever else is asked of it is a page like others.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource(PATH)
            .route(web::post().to(enter))
            .default_service(web::to(pages::dispatch)),
    );
}

/// A visit of a shop that is not open, by somebody who was not invited.
pub(super) async fn closed(
    request: &HttpRequest,
    context: &RequestContext,
    store: &StoreContext,
    locale: Locale,
    services: &Backend,
) -> HttpResponse {
    if request.path() == "/robots.txt" {
        return robots();
    }
    if request.path() == PATH
        && let Some(seal) = Query::parse(request.query_string()).get("guest")
        && opens_for(services, store, seal)
    {
        return inside(context, Some(invite(services, context, store)));
    }
    door(StatusCode::SERVICE_UNAVAILABLE, context, store, locale, services, None).await
}

/// To the shop's first page.
pub(super) fn inside(context: &RequestContext, cookie: Option<Cookie<'static>>) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    answer
        .insert_header((LOCATION, format!("{}/", context.base)))
        .insert_header((CACHE_CONTROL, "no-store"));
    if let Some(cookie) = cookie {
        answer.cookie(cookie);
    }
    answer.finish()
}

#[derive(serde::Deserialize)]
struct Form {
    #[serde(default)]
    password: String,
}

/// The door's form.
async fn enter(
    request: HttpRequest,
    context: RequestContext,
    services: web::Data<Hosted>,
    shared: web::Data<Shared>,
    form: Option<web::Form<Form>>,
) -> Result<HttpResponse, Failure> {
    let store = match &context.store {
        Some(store) if context.area == Area::Storefront && store.status == StoreStatus::Active => store.clone(),
        _ => return pages::dispatch(request, context, services, shared).await,
    };
    context.name_route("page:storefront");
    let password = form.map(|form| form.into_inner().password).unwrap_or_default();
    let cookie = request.cookie(LANGUAGE_COOKIE);
    let locale = Locale::of_page(None, cookie.as_ref().map(Cookie::value), &store.locale);
    let entered = orion_tenancy::enter_shop(&services.access(&store, Actor::guest()), &context, EnterShop { password }).await;
    let (status, wrong) = match entered {
        Ok(true) => return Ok(inside(&context, Some(invite(&services, &context, &store)))),
        Ok(false) => return Ok(inside(&context, None)),
        Err(TenancyError::WrongGuestPassword) => (StatusCode::FORBIDDEN, Text::SoonWrong),
        Err(TenancyError::Auth(AuthError::TooManyAttempts { .. })) => (StatusCode::TOO_MANY_REQUESTS, Text::SoonWait),
        Err(error) => return Err(error.into()),
    };
    Ok(door(status, &context, &store, locale, &services, Some(wrong.words(locale))).await)
}

async fn door(
    status: StatusCode,
    context: &RequestContext,
    store: &StoreContext,
    locale: Locale,
    services: &Backend,
    wrong: Option<&str>,
) -> HttpResponse {
    let look = |tx: &mut StoreTx| {
        let theme = orion_tenancy::active_theme(tx)?;
        Ok::<_, DbError>((theme, orion_tenancy::has_guest_password(tx)?))
    };
    let (theme, has_password) = services.store_read(store, Actor::guest(), look).await.unwrap_or_else(|error| {
        tracing::warn!(store = %store.id, error = %error, "the door of a shop was shown without its colours");
        (Theme::default(), false)
    });
    let text = fill(Text::SoonText.words(locale), &[("name", &store.name)]);
    let page = ErrorPage {
        voice: Voice::Shop {
            name: &store.name,
            accent: &theme.accent,
            on_accent: &theme.on_accent,
        },
        lang: locale.code(),
        title: Text::SoonTitle.words(locale),
        detail: Some(&text),
        way: None,
    };
    let action = format!("{}{PATH}", context.base);
    let form = DoorForm {
        action: &action,
        label: Text::SoonPassword.words(locale),
        button: Text::SoonEnter.words(locale),
        wrong,
    };
    HttpResponse::build(status)
        .insert_header((RETRY_AFTER, CLOSED_FOR))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((ROBOTS, "noindex"))
        .content_type("text/html; charset=utf-8")
        .body(render_door_page(&page, has_password.then_some(&form)))
}

/// Nobody is to look here before it opens.
fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nDisallow: /\n")
}
