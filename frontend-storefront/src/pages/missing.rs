use leptos::prelude::*;
use orion_ui::{ButtonVariant, EmptyState, LinkButton, icons};

use crate::browser::name_page;
use crate::text::{Text, t};

/// What stands where there is no page.
#[component]
pub fn MissingPage() -> impl IntoView {
    name_page(|| t(Text::NotFoundTitle).to_owned());
    view! {
        <div class="shop-page">
            <EmptyState icon=icons::SEARCH title=t(Text::NotFoundTitle).to_owned() description=t(Text::NotFoundText).to_owned()>
                <LinkButton href="/" variant=ButtonVariant::Primary>{t(Text::BackToShop)}</LinkButton>
                <LinkButton href="/search">{t(Text::Search)}</LinkButton>
            </EmptyState>
        </div>
    }
    .into_any()
}
