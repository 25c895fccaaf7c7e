//! Data into HTML. Everything is escaped by the engine; the one exception is a product's description, which was sanitised when it was saved.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use minijinja::value::{Kwargs, Serde};
use minijinja::{Environment, Error, ErrorKind, State, Value, context};
use orion_i18n::{Counted, Locale, Text, fill, format_money, initial, swatches};
use orion_types::Money;
use orion_types::catalog::{ProductListing, StorefrontVariant};
use serde::Serialize;

use super::data::{Found, PageData};
use super::head::{ancestors, category, head, title};
use super::route::{Address, PAGE_SIZE, PAGES, VARIANT};
use super::{Rendered, Visit};
use crate::pages::shell::Content;

macro_rules! templates {
    ($($name:literal),+ $(,)?) => { [$(($name, include_str!(concat!("templates/", $name)))),+] };
}

static ENGINE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut engine = Environment::new();
    for (name, source) in templates![
        "layout.html",
        "home.html",
        "listing.html",
        "product.html",
        "missing.html",
        "plain.html",
        "card.html",
        "icon.html"
    ] {
        if let Err(error) = engine.add_template(name, source) {
            tracing::error!(template = name, error = %error, "a template of the shop is not understood");
        }
    }
    engine.add_function("t", translate);
    engine.add_function("count", count);
    engine.add_function("href", href);
    engine.add_filter("money", money);
    engine.add_filter("swatches", |values: Vec<String>| {
        swatches(values.iter().map(String::as_str)).unwrap_or_default()
    });
    engine.add_filter("initial", |name: String| initial(&name).map_or_else(String::new, String::from));
    // The hero's path names one of the widths that every picture has.
    engine.add_filter("width", |path: String, width: u32| {
        path.replace("/1280.jpg", &format!("/{width}.jpg"))
    });
    engine
});

/// The page of a visit.
pub fn render(visit: &Visit, found: Found) -> anyhow::Result<Rendered> {
    if let Some(path) = found.moved {
        return Ok(Rendered::Moved(path));
    }
    let head = head(visit, &found);
    let body = body(visit, &found)?;
    let data = Some(serde_json::to_string(&found)?);
    let status = if found.missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let lang = visit.locale.code().to_owned();
    Ok(Rendered::Page(status, Content { lang, head, body, data }))
}

fn body(visit: &Visit, found: &Found) -> Result<String, Error> {
    let here = match (&visit.address, &found.page) {
        (_, Some(PageData::Product(product))) => product.category.as_ref(),
        (Address::Category(slug), _) => category(&found.info, slug),
        _ => None,
    };
    let page = match &found.page {
        Some(PageData::Home(home)) => value(home),
        Some(PageData::Listing(listing)) => value(listing),
        Some(PageData::Product(product)) => value(product),
        None => Value::UNDEFINED,
    };
    let template = match (&found.page, &visit.address) {
        _ if found.missing => "missing.html",
        (Some(PageData::Home(_)), _) => "home.html",
        (Some(PageData::Product(_)), _) => "product.html",
        (Some(PageData::Listing(_)), _) | (None, Address::Search) => "listing.html",
        (None, _) => "plain.html",
    };
    let pages = match &found.page {
        Some(PageData::Listing(listing)) => pages(visit, listing),
        _ => None,
    };
    let languages: Vec<Value> = Locale::ALL
        .iter()
        .map(|locale| context! { code => locale.code(), name => locale.name() })
        .collect();
    ENGINE.get_template(template)?.render(context! {
        lang => visit.locale.code(),
        base => visit.base.as_str(),
        path => visit.address.path(),
        info => value(&found.info),
        top => value(found.info.categories.iter().filter(|category| category.parent_id.is_none()).collect::<Vec<_>>()),
        sells => visit.store.module_enabled("orders"),
        here => value(here),
        way => value(ancestors(&found.info, here)),
        title => title(visit, found),
        searching => visit.address == Address::Search,
        query => visit.query.get("q").unwrap_or_default(),
        chosen => chosen(visit, found),
        order => order(visit),
        page,
        pages,
        languages,
    })
}

/// The name of the order that a listing is in.
fn order(visit: &Visit) -> &'static str {
    match visit.query.get("sort") {
        Some("price") => "SortPriceUp",
        Some("-price") => "SortPriceDown",
        Some("title") => "SortTitle",
        None if visit.address == Address::Search => "SortRelevance",
        _ => "SortNewest",
    }
}

/// The variant that the address names, else the first that can be bought, else the first.
fn chosen(visit: &Visit, found: &Found) -> Option<Value> {
    let Some(PageData::Product(product)) = &found.page else {
        return None;
    };
    let named = |variant: &&StorefrontVariant| visit.query.get(VARIANT).is_some_and(|id| variant.id.to_string() == id);
    let all = &product.variants;
    let variant = all
        .iter()
        .find(named)
        .or_else(|| all.iter().find(|variant| variant.available))
        .or(all.first());
    variant.map(value)
}

fn value(data: impl Serialize) -> Value {
    Value::from(Serde(data))
}

/// Where a listing is among its pages; none for a listing of one page.
fn pages(visit: &Visit, listing: &ProductListing) -> Option<Value> {
    let turned = visit.query.turned();
    let previous = turned.split_last().map(|(_, before)| page_href(visit, before));
    let next = listing
        .next_cursor
        .as_deref()
        .map(|cursor| page_href(visit, &[turned.as_slice(), &[cursor]].concat()));
    if previous.is_none() && next.is_none() {
        return None;
    }
    let before = turned.len() * PAGE_SIZE as usize;
    Some(context! { previous, next, from => before + 1, to => before + listing.data.len(), total => listing.total })
}

/// A page of a listing: the same address behind other cursors.
fn page_href(visit: &Visit, turned: &[&str]) -> String {
    let trail = turned.join(".");
    let mut pairs: Vec<(&str, &str)> = ["lang", "q", "min_price", "max_price", "available", "options", "sort"]
        .into_iter()
        .filter_map(|name| Some((name, visit.query.get(name)?)))
        .collect();
    pairs.extend((!trail.is_empty()).then_some((PAGES, trail.as_str())));
    let path = format!("{}{}", visit.base, visit.address.path());
    if pairs.is_empty() {
        return path;
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

fn locale(state: &State<'_, '_>) -> Locale {
    state
        .lookup("lang")
        .and_then(|lang| Locale::parse(lang.as_str()?))
        .unwrap_or_default()
}

fn sentence(state: &State<'_, '_>, name: &str) -> Result<&'static str, Error> {
    let unknown = || Error::new(ErrorKind::UnknownFunction, format!("there is no text {name:?}"));
    Ok(Text::by_name(name).ok_or_else(unknown)?.words(locale(state)))
}

/// `t("AddToCart")`, `t("ChooseOption", name="Size")`.
fn translate(state: &State<'_, '_>, name: &str, values: Kwargs) -> Result<String, Error> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for key in values.args() {
        pairs.push((key.to_owned(), values.peek::<Value>(key)?.to_string()));
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    Ok(fill(sentence(state, name)?, &pairs))
}

/// `count(3, "Products")`: the form of the sentence that goes with the number.
fn count(state: &State<'_, '_>, count: i64, noun: &str) -> Result<String, Error> {
    let unknown = || Error::new(ErrorKind::UnknownFunction, format!("there is no text {noun:?}"));
    Ok(Counted::by_name(noun).ok_or_else(unknown)?.say(count, locale(state)))
}

/// A path of the shop as a link, with the prefix it is served under.
fn href(state: &State<'_, '_>, path: &str) -> String {
    let base = state.lookup("base").map(|base| base.to_string()).unwrap_or_default();
    if path == "/" && !base.is_empty() {
        base
    } else {
        format!("{base}{path}")
    }
}

fn money(state: &State<'_, '_>, value: Value) -> Result<String, Error> {
    let wrong = || Error::new(ErrorKind::InvalidOperation, "this is no amount of money");
    let amount = value.get_attr("amount_minor")?.as_i64().ok_or_else(wrong)?;
    let currency = value
        .get_attr("currency")?
        .as_str()
        .and_then(|code| code.parse().ok())
        .ok_or_else(wrong)?;
    Ok(format_money(Money::new(amount, currency), locale(state)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_template_is_understood_and_names_texts_that_exist() {
        for name in [
            "layout.html",
            "home.html",
            "listing.html",
            "product.html",
            "missing.html",
            "plain.html",
            "card.html",
            "icon.html",
        ] {
            assert!(ENGINE.get_template(name).is_ok(), "{name}");
            let source = std::fs::read_to_string(format!("{}/src/pages/storefront/templates/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            for call in source.split(" t(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(Text::by_name(call).is_some(), "{call} in {name}");
            }
        }
    }

    #[test]
    fn text_is_escaped() {
        let engine = &ENGINE;
        let info = context! { name => "<script>alert(1)</script> & Söhne", tagline => "", categories => Vec::<Value>::new(), prices_include_tax => true, contact_email => "" };
        let html = engine
            .get_template("missing.html")
            .unwrap()
            .render(context! { lang => "de", base => "/storefront/acme", path => "/", info })
            .unwrap();
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
        assert!(html.contains("href=\"/storefront/acme\"") || html.contains("href=\"&#x2f;storefront&#x2f;acme\""));
    }

    #[test]
    fn a_card_and_a_product_are_rendered_with_their_prices() {
        let price = json!({ "amount_minor": 129_900, "currency": "EUR" });
        let card = json!({ "slug": "mug", "title": "<b>Mug</b>", "price": price, "price_varies": true, "sold_out": false, "images": [],
            "options": [{ "name": "Size", "values": ["S", "M"] }] });
        let product = json!({ "slug": "mug", "title": "Mug", "vendor": "", "description_html": "<p>Thrown</p>", "images": [], "related": [card],
            "options": [{ "name": "Size", "values": ["S", "M"] }],
            "variants": [{ "price": price, "compare_at": { "amount_minor": 139_900, "currency": "EUR" }, "available": true, "sku": "M1", "option_values": ["S"] }] });
        let listing = json!({ "data": [card], "total": 1, "facets": [{ "name": "category", "values": [{ "value": "cups", "label": "Cups", "count": 1 }] }] });
        let home = json!({ "hero_title": "Clay", "hero_text": "", "featured": [card], "newest": [], "brand_title": "", "brand_text": "" });
        let category = json!({ "slug": "cups", "name": "Cups", "product_count": 3, "description": "" });
        let info = json!({ "name": "Acme", "tagline": "", "prices_include_tax": true, "contact_email": "", "shipping_hint": "" });
        for (name, page) in [("home.html", home), ("listing.html", listing), ("product.html", product)] {
            let html = ENGINE.get_template(name).unwrap().render(context! {
                lang => "de", base => "", path => "/", info => value(&info), page => value(&page), top => value(vec![&category]), way => value(vec![&category]),
                here => value(&category), sells => true, title => "T", query => "", searching => false, order => "SortNewest",
            });
            let html = html.unwrap_or_else(|error| panic!("{name}: {error:#}"));
            assert!(
                html.contains("1.299,00\u{a0}€") && html.contains("&lt;b&gt;Mug&lt;") && html.contains("S · M"),
                "{name}: {html}"
            );
        }
    }
}
