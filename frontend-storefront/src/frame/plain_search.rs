use leptos::prelude::*;
use orion_ui::{Icon, app_href, icons};

use crate::text::{Text, t};

/// The search field where the results are in the other bundle: an ordinary form, and no suggestions to download.
#[component]
pub fn PlainSearch() -> impl IntoView {
    view! {
        <form class="shop-search" role="search" action=app_href("/search")>
            <label class="shop-search__field">
                <Icon icon=icons::SEARCH/>
                <input
                    class="shop-search__input" type="search" name="q" autocomplete="off" spellcheck="false" enterkeyhint="search"
                    placeholder=t(Text::SearchPlaceholder) aria-label=t(Text::SearchPlaceholder)
                />
            </label>
        </form>
    }
    .into_any()
}
