//! Listings: all products, a category, a search. What narrows them is in the address.

mod facets;
mod filters;
mod results;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use orion_ui::{Breadcrumbs, Crumb, use_query_param};

use crate::browser::name_page;
use crate::frame::SearchBox;
use crate::pages::home::CategoryTiles;
use crate::pages::missing::MissingPage;
use crate::parts::category_crumbs;
use crate::places::listing_path;
use crate::shop::shop;
use crate::text::{Text, t, tf};

use results::Results;

/// Everything on sale.
#[component]
pub fn ProductsPage() -> impl IntoView {
    name_page(|| t(Text::AllProducts).to_owned());
    view! {
        <div class="shop-page">
            <Breadcrumbs items=vec![Crumb::link(t(Text::Home), "/"), Crumb::here(t(Text::AllProducts))]/>
            <header class="shop-listing__head"><h1 class="shop-title">{t(Text::AllProducts)}</h1></header>
            <Results path=path_of(|| None)/>
        </div>
    }
    .into_any()
}

/// What a category and those below it have on sale.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let slug = Memo::new({
        let params = use_params_map();
        move |_| params.read().get("slug").unwrap_or_default()
    });
    name_page(move || slug.with(|slug| shop().category(slug).map(|category| category.name.clone()).unwrap_or_default()));
    move || {
        let Some(category) = slug.with(|slug| shop().category(slug)) else {
            return view! { <MissingPage/> }.into_any();
        };
        let mut way = category_crumbs(Some(category));
        way.pop();
        way.push(Crumb::here(category.name.as_str()));
        let text = (!category.description.is_empty()).then(|| view! { <p class="shop-lead">{category.description.clone()}</p> });
        let own = category.slug.clone();
        view! {
            <div class="shop-page">
                <Breadcrumbs items=way/>
                <header class="shop-listing__head"><h1 class="shop-title">{category.name.clone()}</h1>{text}</header>
                <Results path=path_of(move || Some(own.clone()))/>
            </div>
        }
        .into_any()
    }
}

/// What a search finds.
#[component]
pub fn SearchPage() -> impl IntoView {
    let q = use_query_param("q");
    let title = move || match q.get() {
        q if q.is_empty() => t(Text::SearchTitle).to_owned(),
        q => tf(Text::SearchResults, &[("query", &q)]),
    };
    name_page(title);
    let words = q.signal();
    // A memo, so that another word does not build the whole listing anew.
    let nothing_wanted = Memo::new(move |_| words.with(String::is_empty));
    let results = move || match nothing_wanted.get() {
        true => view! { <CategoryTiles/> }.into_any(),
        false => view! { <Results path=path_of(|| None) search=words/> }.into_any(),
    };
    view! {
        <div class="shop-page">
            <Breadcrumbs items=vec![Crumb::link(t(Text::Home), "/"), Crumb::here(t(Text::SearchTitle))]/>
            <header class="shop-listing__head grid gap-4">
                <h1 class="shop-title">{title}</h1>
                <SearchBox on_page=true value=q.signal()/>
            </header>
            {results}
        </div>
    }
    .into_any()
}

/// The API path of a listing, following the address.
fn path_of(category: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<String> {
    let search = use_location().search;
    Memo::new(move |_| listing_path(category().as_deref(), &search.get())).into()
}
