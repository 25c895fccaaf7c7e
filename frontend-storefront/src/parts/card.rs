use leptos::prelude::*;
use orion_i18n::swatches;
use orion_types::catalog::ProductCard;
use orion_types::measure::UnitPrice;
use orion_ui::{Price, PriceSize, app_href, format_money};

use super::media::{Photo, ground, no_picture};
use crate::drawn;
use crate::text::{Text, t};

/// How wide a card is, for the choice of its picture. A hair less on a phone: browsers take the next larger picture for a single pixel.
const SIZES: &str = "(max-width: 48rem) 44vw, (max-width: 64rem) 30vw, 19rem";

/// A row of cards with a title.
#[component]
pub fn ProductCards(
    /// What they have in common.
    title: &'static str,
    /// The cards; nothing is shown for none.
    cards: Vec<ProductCard>,
    /// What the server's page calls them.
    part: &'static str,
    /// Where more of them are.
    #[prop(optional)]
    more: Option<&'static str>,
) -> impl IntoView {
    if cards.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="shop-section">
            <div class="shop-section__head">
                <h2 class="shop-section__title">{title}</h2>
                {more.map(|href| view! { <a class="shop-section__more" href=app_href(href)>{t(Text::ViewAll)}</a> })}
            </div>
            <ProductGrid cards part/>
        </section>
    }
    .into_any()
}

/// Cards in a grid.
#[component]
pub fn ProductGrid(
    /// The cards.
    cards: Vec<ProductCard>,
    /// What the server's page calls them.
    part: &'static str,
    /// Beside the facets, where there is room for three.
    #[prop(optional)]
    three: bool,
    /// How many are seen at once and load first.
    #[prop(optional)]
    eager: usize,
) -> impl IntoView {
    if let Some(drawn) = drawn::part(part) {
        return drawn;
    }
    let cards = cards.into_iter().enumerate().map(|(at, card)| card_view(card, at < eager));
    view! { <ul class="shop-grid" class:shop-grid--three=three>{cards.collect_view()}</ul> }.into_any()
}

fn card_view(card: ProductCard, eager: bool) -> AnyView {
    let reduced = card.compare_at.is_some_and(|old| old.amount_minor > card.price.amount_minor);
    let mark = match (card.sold_out, reduced) {
        (true, _) => Some(view! { <span class="shop-card__mark">{t(Text::SoldOut)}</span> }.into_any()),
        (false, true) => Some(view! { <span class="shop-card__mark shop-card__mark--sale">{t(Text::Sale)}</span> }.into_any()),
        _ => None,
    };
    let style = card.images.first().and_then(ground);
    let mut images = card.images.into_iter();
    let picture = match images.next() {
        Some(image) => view! { <Photo image sizes=SIZES class="shop-card__image" lazy=!eager silent=true/> }.into_any(),
        None => no_picture(&card.title),
    };
    let second = images
        .next()
        .map(|image| view! { <Photo image sizes=SIZES class="shop-card__image shop-card__image--second" silent=true/> });
    let options = card
        .options
        .iter()
        .find(|option| option.values.len() > 1)
        .map(|option| choice(&option.values));
    view! {
        <li class="shop-card">
            <a class="shop-card__link" href=app_href(&format!("/products/{}", card.slug))>
                <span class="shop-card__frame" class:shop-card__frame--sold-out=card.sold_out style=style>{picture} {second} {mark}</span>
                <span class="shop-card__title">{card.title}</span>
                <Price
                    amount=card.price.amount_minor currency=card.price.currency.to_string()
                    compare_at=card.compare_at.map(|old| old.amount_minor) from=card.price_varies size=PriceSize::Medium
                />
                {card.unit_price.as_ref().map(per_unit)}
                {options}
            </a>
        </li>
    }
    .into_any()
}

/// What a kilogram, litre or metre costs.
pub fn per_unit(per: &UnitPrice) -> AnyView {
    let money = format_money(per.price.amount_minor, &per.price.currency.to_string(), None);
    view! { <span class="shop-per-unit">{format!("{money} / {}", per.sign())}</span> }.into_any()
}

/// What a product can be had in: colours as dots, anything else in words.
fn choice(values: &[String]) -> AnyView {
    let words = values.join(" · ");
    let inside = match swatches(values.iter().map(String::as_str)) {
        Some(colours) => view! { {dots(&colours)}<span class="ui-sr-only">{words}</span> }.into_any(),
        None => words.into_any(),
    };
    view! { <span class="shop-card__options">{inside}</span> }.into_any()
}

/// Colours to look at; the words for them stand beside.
pub fn dots(colours: &[&'static str]) -> AnyView {
    let dot = |colour: &&'static str| view! { <span class="shop-dot" style=format!("background:{colour}")></span> };
    view! { <span class="shop-dots" aria-hidden="true">{colours.iter().map(dot).collect_view()}</span> }.into_any()
}
