//! What surrounds every page.

mod drawer;
mod footer;
mod header;
mod plain_search;
mod search;

use leptos::prelude::*;
use orion_ui::focus_new_pages;

use crate::shop::shop;
use crate::text::{Text, t};

pub use plain_search::PlainSearch;
pub use search::SearchBox;

/// Header, page, footer, and the cart that slides over them.
#[component]
pub fn Frame(
    /// The search field of the header.
    search: fn() -> AnyView,
    /// The page.
    children: Children,
) -> impl IntoView {
    focus_new_pages("main");
    view! {
        <div class="shop">
            <a class="shop-skip" href="#main">{t(Text::SkipToContent)}</a>
            <header::Header search/>
            <main class="shop-main" id="main" tabindex="-1">{children()}</main>
            <footer::Footer/>
        </div>
        {shop().sells().then(|| view! { <drawer::CartDrawer/> })}
    }
    .into_any()
}
