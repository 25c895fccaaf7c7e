use leptos::prelude::*;

use super::{ButtonSize, ButtonVariant, button_class};
use crate::{
    icon::{Icon, IconData},
    settings::app_href,
};

/// A link that looks like a button, for actions that go to another page.
#[component]
pub fn LinkButton(
    /// A path inside the app, or a whole address.
    #[prop(into)]
    href: Signal<String>,
    /// Secondary unless said otherwise.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Medium unless said otherwise.
    #[prop(optional)]
    size: ButtonSize,
    /// Before the text.
    #[prop(optional)]
    icon: Option<IconData>,
    /// Behind the text.
    #[prop(optional)]
    icon_end: Option<IconData>,
    /// As wide as its container.
    #[prop(optional)]
    full_width: bool,
    /// Opens in a new tab.
    #[prop(optional)]
    external: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class=button_class(variant, size, full_width)
            href=move || app_href(&href.get())
            target=external.then_some("_blank")
            rel=external.then_some("noopener external")
        >
            <span class="ui-button__content">
                {icon.map(|icon| view! { <Icon icon/> })} <span class="ui-button__label">{children()}</span>
                {icon_end.map(|icon| view! { <Icon icon/> })}
            </span>
        </a>
    }
    .into_any()
}
