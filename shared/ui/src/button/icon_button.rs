use leptos::{ev::MouseEvent, prelude::*};

use super::{ButtonSize, ButtonVariant, Spinner};
use crate::icon::{Icon, IconData, IconSize};

/// A square button with an icon; the label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// The outline.
    icon: IconData,
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// Ghost unless said otherwise.
    #[prop(default = ButtonVariant::Ghost)]
    variant: ButtonVariant,
    /// Medium unless said otherwise.
    #[prop(optional)]
    size: ButtonSize,
    /// An action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Runs on a press, never while busy.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if let Some(on_click) = on_click.filter(|_| !busy.get_untracked()) {
            on_click.run(event);
        }
    };
    view! {
        <button
            type="button"
            class=format!("ui-button ui-button--icon ui-button--{} ui-button--{}", variant.as_str(), size.as_str())
            aria-label=label
            title=label
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            <span class="ui-button__content">
                <Icon icon size=if size == ButtonSize::Small { IconSize::Small } else { IconSize::Medium }/>
            </span>
            <Spinner busy/>
        </button>
    }
    .into_any()
}
