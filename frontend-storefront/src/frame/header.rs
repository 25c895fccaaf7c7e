use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_types::catalog::CategorySummary;
use orion_ui::{Icon, IconSize, Sheet, SheetSide, app_href, app_path, icons};

use crate::account::use_account;
use crate::basket::use_basket;
use crate::shop::shop;
use crate::text::{Counted, Text, count, t};

/// How many categories the bar tries to show; what does not fit is cut off and in the menu.
const SHOWN: usize = 7;

/// The bar on top of every page.
#[component]
pub fn Header(
    /// The search field.
    search: fn() -> AnyView,
    /// The way to the cart.
    cart: fn() -> AnyView,
) -> impl IntoView {
    let menu = RwSignal::new(false);
    let account = use_account();
    let here = here();
    let links = shop().top_categories().take(SHOWN).map(|category| {
        let href = format!("/categories/{}", category.slug);
        let own = href.clone();
        let current = move || (here.get() == own).then_some("page");
        view! { <a class="shop-nav__link" href=app_href(&href) aria-current=current>{category.name.clone()}</a> }
    });
    let account_href = move || app_href(if account.signed_in() == Some(true) { "/account" } else { "/login" });
    view! {
        <header class="shop-header">
            <div class="shop-header__bar">
                <button type="button" class="shop-header__action shop-header__menu" aria-label=t(Text::Menu) aria-haspopup="dialog" on:click=move |_| menu.set(true)>
                    <Icon icon=icons::MENU size=IconSize::Medium/>
                </button>
                <Brand/>
                <nav class="shop-nav" aria-label=t(Text::Categories)>
                    <a class="shop-nav__link" href=app_href("/products") aria-current=move || (here.get() == "/products").then_some("page")>{t(Text::AllProducts)}</a>
                    {links.collect_view()}
                </nav>
                {search()}
                <div class="shop-header__actions">
                    <a class="shop-header__action shop-header__find" href=app_href("/search") aria-label=t(Text::Search)>
                        <Icon icon=icons::SEARCH size=IconSize::Medium/>
                    </a>
                    <a class="shop-header__action shop-header__account" href=account_href aria-label=t(Text::Account)>
                        <Icon icon=icons::USER size=IconSize::Medium/>
                    </a>
                    {shop().sells().then(cart)}
                </div>
            </div>
        </header>
        <Sheet open=menu side=SheetSide::Start title=shop().info.name.clone()>
            <MenuLinks on_follow=move |()| menu.set(false)/>
        </Sheet>
    }
    .into_any()
}

fn here() -> Memo<String> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| app_path(path)))
}

/// The name or the logo of the shop; leads to its start.
#[component]
pub fn Brand() -> impl IntoView {
    let info = &shop().info;
    let inside = match &info.logo_url {
        Some(logo) => view! { <img src=app_href(logo) alt=info.name.clone() height="36"/> }.into_any(),
        None => info.name.clone().into_any(),
    };
    view! { <a class="shop-brand" href=app_href("/")>{inside}</a> }.into_any()
}

/// Opens the drawer with the cart.
pub fn cart_button() -> AnyView {
    let basket = use_basket();
    view! {
        <button type="button" class="shop-header__action shop-header__cart" aria-label=cart_label aria-haspopup="dialog" on:click=move |_| basket.open.set(true)>
            <CartMark/>
        </button>
    }
    .into_any()
}

/// Leads to the cart's page, where there is no drawer.
pub fn cart_link() -> AnyView {
    view! { <a class="shop-header__action" aria-label=cart_label href=app_href("/cart")><CartMark/></a> }.into_any()
}

fn cart_label() -> String {
    match use_basket().count() {
        0 => t(Text::Cart).to_owned(),
        units => count(units.into(), Counted::CartCount),
    }
}

/// The bag, with the number of units in it.
#[component]
fn CartMark() -> impl IntoView {
    let basket = use_basket();
    let mark = move || {
        Some(basket.count())
            .filter(|count| *count > 0)
            .map(|count| view! { <span class="shop-count" aria-hidden="true">{count}</span> })
    };
    view! { <Icon icon=icons::SHOPPING_BAG size=IconSize::Medium/> {mark} }.into_any()
}

#[component]
fn MenuLinks(
    /// Runs when a link was followed.
    #[prop(into)]
    on_follow: Callback<()>,
) -> impl IntoView {
    let account = use_account();
    let link = move |href: String, label: String, class: &'static str| {
        view! { <a class=class href=app_href(&href) on:click=move |_| on_follow.run(())>{label}<Icon icon=icons::CHEVRON_RIGHT/></a> }
            .into_any()
    };
    let category = move |category: &CategorySummary, class| link(format!("/categories/{}", category.slug), category.name.clone(), class);
    let categories = shop()
        .top_categories()
        .flat_map(|top| {
            let below = shop()
                .below(top)
                .map(|child| category(child, "shop-drawer-nav__link shop-drawer-nav__link--sub"));
            std::iter::once(category(top, "shop-drawer-nav__link"))
                .chain(below)
                .collect::<Vec<_>>()
        })
        .collect_view();
    let own = move || match account.signed_in() {
        Some(true) => link("/account".to_owned(), t(Text::YourAccount).to_owned(), "shop-drawer-nav__link"),
        _ => link("/login".to_owned(), t(Text::SignIn).to_owned(), "shop-drawer-nav__link"),
    };
    view! {
        <nav class="shop-drawer-nav" aria-label=t(Text::Menu)>
            {link("/products".to_owned(), t(Text::AllProducts).to_owned(), "shop-drawer-nav__link")}
            {categories}
            {own}
            {shop().sells().then(|| link("/track".to_owned(), t(Text::TrackOrder).to_owned(), "shop-drawer-nav__link"))}
        </nav>
    }
    .into_any()
}
