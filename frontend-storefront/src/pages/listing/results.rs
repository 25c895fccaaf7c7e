use leptos::prelude::*;
use orion_types::catalog::{Facet, ProductListing};
use orion_types::choices;
use orion_ui::*;

use super::facets::Facets;
use super::filters::Options;
use crate::drawn::later;
use crate::memory::{Shown, use_page};
use crate::pages::home::CategoryTiles;
use crate::pages::missing::MissingPage;
use crate::parts::{PageFailed, ProductGrid};
use crate::places::PAGE_SIZE;
use crate::shop::{money, shop};
use crate::text::{Counted, Text, count, t, tf};

/// Products with what they can be narrowed by; the last page stays up while the next comes.
#[component]
pub fn Results(
    /// The API path, following the address.
    path: Signal<String>,
    /// What was searched for; absent outside a search.
    #[prop(optional)]
    search: Option<Signal<String>>,
) -> impl IntoView {
    let data = use_page::<ProductListing>(path, true);
    let listing = Memo::new(move |_| match data.state.get() {
        Shown::Ready(listing) => Some(listing),
        _ => None,
    });
    let sheet = RwSignal::new(false);
    let facets = Signal::derive(move || listing.with(|listing| listing.as_ref().map(|listing| listing.facets.clone()).unwrap_or_default()));
    let total = move || listing.with(|listing| listing.as_ref().map_or(0, |listing| listing.total));
    let counted = move || listing.with(|listing| listing.as_ref().map(|listing| count(listing.total, Counted::Products)));
    let content = move || match data.state.get() {
        Shown::Waiting => view! { <ProductGridSkeleton count=9/> }.into_any(),
        Shown::Missing(_) => view! { <MissingPage/> }.into_any(),
        Shown::Failed(error) => view! { <PageFailed error on_retry=move |()| data.retry()/> }.into_any(),
        Shown::Ready(listing) => view! { <Products listing search/> }.into_any(),
    };
    let list = move || view! { <FacetList facets/> }.into_any();
    // A phone shows them in the sheet only.
    let beside = if is_narrow() { later(list).into_any() } else { list() };
    let apply = move || {
        let label = move || count(total(), Counted::ShowResults);
        view! { <Button variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true on_click=move |_| sheet.set(false)>{label}</Button> }.into_any()
    };
    view! {
        <div class="shop-listing">
            <aside class="shop-facets" aria-label=t(Text::Filters)>{beside}</aside>
            <div class="shop-listing__main">
                <div class="shop-listing__bar">
                    <p class="shop-listing__count" role="status">{counted}</p>
                    <span class="shop-only-phone"><Button icon=icons::SLIDERS_HORIZONTAL on_click=move |_| sheet.set(true)>{t(Text::Filters)}</Button></span>
                    <SortMenu searching=search.is_some()/>
                </div>
                <div class="shop-listing__chips"><Chips/></div>
                <div class:shop-listing__grid--refreshing=data.refreshing>{content}</div>
            </div>
        </div>
        <Sheet open=sheet side=SheetSide::Bottom title=t(Text::Filters).to_owned() footer=apply><FacetList facets/></Sheet>
    }
    .into_any()
}

/// Whether the style sheet hides what stands beside the listing.
fn is_narrow() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width < 960.0)
}

#[component]
fn FacetList(facets: Signal<Vec<Facet>>) -> impl IntoView {
    move || view! { <Facets facets=facets.get()/> }
}

#[component]
fn SortMenu(searching: bool) -> impl IntoView {
    let sort = use_query_param("sort");
    let set = use_set_query();
    let default = if searching { "relevance" } else { "newest" };
    let value = RwSignal::new(String::new());
    orion_ui::watch(move || value.set(sort.get_opt().unwrap_or_else(|| default.to_owned())));
    let mut options = vec![
        SelectOption::new("newest", t(Text::SortNewest)),
        SelectOption::new("price", t(Text::SortPriceUp)),
        SelectOption::new("-price", t(Text::SortPriceDown)),
        SelectOption::new("title", t(Text::SortTitle)),
    ];
    if searching {
        options.insert(0, SelectOption::new("relevance", t(Text::SortRelevance)));
    }
    let choose = move |chosen: String| set(&[("sort", Some(chosen.as_str()).filter(|chosen| *chosen != default)), ("after", None)]);
    view! { <div class="shop-listing__sort"><Select value options=options label=t(Text::SortBy).to_owned() on_change=choose/></div> }
        .into_any()
}

#[component]
fn Chips() -> impl IntoView {
    let (options, available) = (use_query_param("options"), use_query_param("available"));
    let (min, max) = (use_query_param("min_price"), use_query_param("max_price"));
    let set = use_set_query();
    let price = |key, label: Text, value: Option<String>| {
        let amount = value?.parse::<i64>().ok()?;
        Some(FilterChip::new(
            key,
            format!("{}: {}", t(label), money(orion_types::Money::new(amount, shop().info.currency))),
        ))
    };
    let chips = Signal::derive(move || {
        let mut chips: Vec<FilterChip> = Vec::new();
        chips.extend((available.get() == "true").then(|| FilterChip::new("available", t(Text::InStock))));
        chips.extend(price("min_price", Text::PriceMin, min.get_opt()));
        chips.extend(price("max_price", Text::PriceMax, max.get_opt()));
        let chosen = Options::parse(&options.get());
        chips.extend(
            chosen
                .pairs()
                .iter()
                .map(|(name, value)| FilterChip::new(choices::write([(name.as_str(), value.as_str())]), format!("{name}: {value}"))),
        );
        chips
    });
    // What is no option has no colon.
    let remove = move |key: String| match choices::read(&key).ok().and_then(|pairs| pairs.into_iter().next()) {
        Some((name, value)) => {
            let left = Options::parse(&options.get()).toggled(&name, &value).to_string();
            set(&[("options", Some(left.as_str())), ("after", None)]);
        }
        None => set(&[(key.as_str(), None), ("after", None)]),
    };
    view! { <FilterChips chips on_remove=remove on_clear=move |()| clear_filters(set)/> }.into_any()
}

fn clear_filters(set: impl Fn(&[(&str, Option<&str>)])) {
    set(&[
        ("options", None),
        ("available", None),
        ("min_price", None),
        ("max_price", None),
        ("after", None),
    ]);
}

#[component]
fn Products(listing: ProductListing, search: Option<Signal<String>>) -> impl IntoView {
    if listing.data.is_empty() {
        return view! { <Nothing suggestion=listing.suggestion search/> }.into_any();
    }
    let paging = use_paging();
    let (from, total) = (paging.turned() * PAGE_SIZE as usize + 1, listing.total);
    let to = from + listing.data.len() - 1;
    let is_all = from == 1 && listing.next_cursor.is_none();
    let summary = if is_all {
        String::new()
    } else {
        let values = [from.to_string(), to.to_string(), total.to_string()];
        tf(Text::RangeOf, &[("from", &values[0]), ("to", &values[1]), ("total", &values[2])])
    };
    view! { <ProductGrid cards=listing.data part="results" three=true eager=3/> <Pager paging next=listing.next_cursor summary=Signal::stored(summary)/> }
        .into_any()
}

#[component]
fn Nothing(suggestion: Option<String>, search: Option<Signal<String>>) -> impl IntoView {
    let set = use_set_query();
    let narrowed = ["options", "available", "min_price", "max_price"]
        .into_iter()
        .any(|key| use_query_param(key).get_opt().is_some());
    if narrowed {
        return view! {
            <EmptyState compact=true icon=icons::LIST_FILTER title=t(Text::FilteredEmpty).to_owned() description=t(Text::FilteredEmptyText).to_owned()>
                <Button on_click=move |_| clear_filters(set)>{t(Text::ClearFilters)}</Button>
            </EmptyState>
        }
        .into_any();
    }
    let Some(search) = search else {
        return view! { <EmptyState compact=true icon=icons::PACKAGE title=t(Text::CategoryEmpty).to_owned() description=t(Text::CategoryEmptyText).to_owned()/> }.into_any();
    };
    let help = suggestion.map(|word| {
        let label = tf(Text::DidYouMean, &[("suggestion", &word)]);
        view! { <Button variant=ButtonVariant::Primary on_click=move |_| set(&[("q", Some(word.as_str())), ("after", None)])>{label}</Button> }
    });
    let title = Signal::derive(move || tf(Text::NoResults, &[("query", &search.get())]));
    view! {
        <EmptyState compact=true icon=icons::SEARCH title description=t(Text::NoResultsText).to_owned()>{help}</EmptyState>
        <CategoryTiles/>
    }
    .into_any()
}
