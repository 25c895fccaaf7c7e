//! What surrounds every page.

mod checkout;
mod drawer;
mod footer;
mod header;
mod plain_search;
mod search;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_ui::{app_path, focus_new_pages};

use crate::drawn::{self, later};
use crate::shop::shop;
use crate::text::{Text, t};

pub use search::SearchBox;

/// What a bundle has around its pages.
#[derive(Clone, Copy)]
pub struct Surroundings {
    header: fn() -> AnyView,
    footer: fn() -> AnyView,
    /// What slides over the pages.
    over: fn() -> AnyView,
}

/// Around the pages for looking around: search with suggestions, and the cart as a drawer.
pub const SHOP: Surroundings = Surroundings {
    header: || view! { <header::Header search=|| view! { <SearchBox/> }.into_any() cart=header::cart_button/> }.into_any(),
    footer: || view! { <footer::Footer/> }.into_any(),
    over: || view! { <drawer::CartDrawer/> }.into_any(),
};

/// Around the pages of a customer: what leads back to the shop, and at the checkout as little as possible.
pub const CUSTOMERS: Surroundings = Surroundings {
    header: || {
        let paying = is_checkout();
        let header = move || {
            if paying.get() {
                view! { <checkout::Header/> }.into_any()
            } else {
                view! { <header::Header search=plain_search::plain_search cart=header::cart_link/> }.into_any()
            }
        };
        header.into_any()
    },
    footer: || {
        let paying = is_checkout();
        let footer = move || {
            if paying.get() {
                view! { <checkout::Footer/> }.into_any()
            } else {
                view! { <footer::Footer/> }.into_any()
            }
        };
        footer.into_any()
    },
    over: || ().into_any(),
};

/// Whether the customer is about to pay, and nothing shall lead them astray.
fn is_checkout() -> Memo<bool> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| app_path(path) == "/checkout"))
}

/// Header, page, footer, and what slides over them: each in a task of its own.
#[component]
pub fn Frame(
    /// What is around the page.
    around: Surroundings,
    /// The page.
    page: fn() -> AnyView,
) -> impl IntoView {
    focus_new_pages("main");
    let due = drawn::take_over_next();
    view! {
        <div class="shop">
            <a class="shop-skip" href="#main">{t(Text::SkipToContent)}</a>
            {(around.header)()}
            <main class="shop-main" id="main" tabindex="-1">{move || due.get().then(page)}</main>
            {move || due.get().then(around.footer)}
        </div>
        {shop().sells().then(|| later(around.over))}
    }
    .into_any()
}
