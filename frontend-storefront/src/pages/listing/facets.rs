use leptos::prelude::*;
use orion_i18n::swatches;
use orion_types::catalog::{Facet, FacetValue};
use orion_ui::{Field, Icon, NumberInput, app_href, icons, use_query_href, use_query_param, use_set_query};

use super::filters::Options;
use crate::parts::dots;
use crate::shop::shop;
use crate::text::{Text, t};

/// What a listing can be narrowed by. Values are links: they can be shared, opened in a tab and gone back from.
#[component]
pub fn Facets(
    /// The dimensions, with their counts.
    facets: Vec<Facet>,
) -> impl IntoView {
    let facet = |facet: Facet| match facet.name.as_str() {
        "category" => view! { <CategoryFacet values=facet.values/> }.into_any(),
        "availability" => view! { <AvailabilityFacet values=facet.values/> }.into_any(),
        "price" => view! { <PriceFacet/> }.into_any(),
        _ => view! { <OptionFacet facet/> }.into_any(),
    };
    facets.into_iter().map(facet).collect_view().into_any()
}

#[component]
fn Values(title: String, children: Children) -> impl IntoView {
    view! { <section class="shop-facet"><h3 class="shop-facet__title">{title}</h3>{children()}</section> }.into_any()
}

fn value_link(href: String, label: impl IntoView, count: i64, chosen: bool, box_shown: bool) -> AnyView {
    let label = label.into_any();
    view! {
        <a class="shop-facet__value" href=app_href(&href) aria-current=chosen.then_some("true") data-noscroll="" rel="nofollow">
            {box_shown.then(|| view! { <span class="shop-facet__box"><Icon icon=icons::CHECK/></span> })}
            <span class="shop-facet__label">{label}</span>
            <span class="shop-facet__count">{count}</span>
        </a>
    }
    .into_any()
}

#[component]
fn CategoryFacet(values: Vec<FacetValue>) -> impl IntoView {
    let here = leptos_router::hooks::use_location().pathname;
    let links = values.into_iter().filter(|value| value.count > 0).map(move |value| {
        let href = format!("/categories/{}", value.value);
        let current = here.get_untracked() == app_href(&href);
        value_link(href, value.label, value.count, current, false)
    });
    view! { <Values title=t(Text::Categories).to_owned()>{links.collect_view()}</Values> }.into_any()
}

#[component]
fn AvailabilityFacet(values: Vec<FacetValue>) -> impl IntoView {
    let href = use_query_href();
    let available = use_query_param("available");
    let in_stock = values
        .into_iter()
        .find(|value| value.value == "in_stock")
        .map_or(0, |value| value.count);
    let link = move || {
        let chosen = available.get() == "true";
        let next = if chosen { None } else { Some("true") };
        value_link(
            href(&[("available", next), ("after", None)]),
            t(Text::InStock).to_owned(),
            in_stock,
            chosen,
            true,
        )
    };
    view! { <Values title=t(Text::Availability).to_owned()>{link}</Values> }.into_any()
}

#[component]
fn OptionFacet(facet: Facet) -> impl IntoView {
    let href = use_query_href();
    let options = use_query_param("options");
    let Facet { name, values } = facet;
    let title = name.clone();
    let colours = swatches(values.iter().map(|value| value.value.as_str())).unwrap_or_default();
    let links = move || {
        let chosen = Options::parse(&options.get());
        let link = |(at, value): (usize, &FacetValue)| {
            let colour = colours.get(at).map(|colour| dots(&[*colour]));
            let next = chosen.toggled(&name, &value.value).to_string();
            let next = Some(next.as_str()).filter(|next| !next.is_empty());
            let target = href(&[("options", next), ("after", None)]);
            value_link(
                target,
                view! { {colour} {value.label.clone()} },
                value.count,
                chosen.has(&name, &value.value),
                true,
            )
        };
        values.iter().enumerate().map(link).collect_view()
    };
    view! { <Values title>{links}</Values> }.into_any()
}

#[component]
fn PriceFacet() -> impl IntoView {
    let (min, max) = (use_query_param("min_price"), use_query_param("max_price"));
    let amount = |param: orion_ui::QueryParam| param.get_opt().and_then(|value| value.parse::<i64>().ok());
    let (from, to) = (shop().money_field(), shop().money_field());
    let (shown_from, shown_to) = (from.clone(), to.clone());
    orion_ui::watch(move || {
        shown_from.set(amount(min));
        shown_to.set(amount(max));
    });
    let set = use_set_query();
    let (typed_from, typed_to) = (from.clone(), to.clone());
    let apply = move |_| {
        // What cannot be read is marked, and narrows nothing.
        let (Ok(from), Ok(to)) = untrack(|| (typed_from.read(), typed_to.read())) else {
            return;
        };
        let text = |amount: Option<i64>| amount.map(|amount| amount.to_string());
        let (from, to) = (text(from), text(to));
        set(&[("min_price", from.as_deref()), ("max_price", to.as_deref()), ("after", None)]);
    };
    let apply = Callback::new(apply);
    view! {
        <Values title=t(Text::Price).to_owned()>
            <div class="shop-facet__prices">
                <Field label=t(Text::PriceLabelFrom).to_owned()><NumberInput value=from silent=true on_change=apply/></Field>
                <Field label=t(Text::PriceLabelTo).to_owned()><NumberInput value=to silent=true on_change=apply/></Field>
            </div>
        </Values>
    }
    .into_any()
}
