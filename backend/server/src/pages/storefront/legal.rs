//! What the law asks a shop to say: plain documents that need no app.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use orion_framework::Backend;
use orion_framework::db::{Actor, DbError, StoreTx};
use orion_framework::http::{ErrorPage, Failure, Voice, render_text_page};
use orion_framework::problem::NOT_FOUND;
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_i18n::{Locale, Text};

/// The title of a legal page; `None` for every other path.
pub(super) fn title(path: &str) -> Option<Text> {
    match path {
        "/imprint" => Some(Text::Imprint),
        "/terms" => Some(Text::Terms),
        _ => None,
    }
}

/// The page, or 404 where the merchant has written nothing.
pub(super) async fn page(
    path: &str,
    title: Text,
    context: &RequestContext,
    store: &StoreContext,
    locale: Locale,
    services: &Backend,
) -> Result<HttpResponse, Failure> {
    let look = |tx: &mut StoreTx| Ok::<_, DbError>((orion_tenancy::shop_texts(tx)?, orion_tenancy::active_theme(tx)?));
    let (texts, theme) = services.store_read(store, Actor::guest(), look).await?;
    let text = if path == "/terms" { texts.terms } else { texts.imprint };
    if text.is_empty() {
        return Err(Failure::of(&NOT_FOUND));
    }
    let start = format!("{}/", context.base);
    let page = ErrorPage {
        voice: Voice::Shop {
            name: &store.name,
            accent: &theme.accent,
            on_accent: &theme.on_accent,
        },
        lang: locale.code(),
        title: title.words(locale),
        detail: None,
        way: Some((&start, Text::BackToShop.words(locale))),
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("text/html; charset=utf-8")
        .body(render_text_page(&page, &text)))
}
