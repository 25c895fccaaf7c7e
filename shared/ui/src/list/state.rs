use leptos::prelude::*;

use crate::{
    button::Button,
    icon::{Icon, IconData, IconSize, icons},
    settings::{text_signal, ui_text},
};

/// What stands where data would: what this place is for, and the one thing to do about it.
#[component]
pub fn EmptyState(
    /// The kind of thing that would be here.
    icon: IconData,
    /// That there is none, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What it is for, or why there is none.
    #[prop(optional, into)]
    description: Option<Signal<String>>,
    /// Less room around it: inside a card, or when only the filter is too narrow.
    #[prop(optional)]
    compact: bool,
    /// One action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="ui-empty" class:ui-empty--compact=compact>
            <span class="ui-empty__icon">
                <Icon icon size=IconSize::Large/>
            </span>
            <p class="ui-empty__title">{title}</p>
            {description.map(|text| view! { <p class="ui-empty__text">{text}</p> })}
            {children.map(|children| view! { <div class="ui-empty__actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// What stands where data would when it did not come: what happened, trying again, and what to tell support.
#[component]
pub fn ErrorState(
    /// A sentence for the reader.
    #[prop(into)]
    message: Signal<String>,
    /// In place of "Something went wrong".
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// What support asks for.
    #[prop(optional, into)]
    request_id: Signal<Option<String>>,
    /// Asks again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let title = title.unwrap_or_else(|| text_signal(|text| &text.error_title));
    let request = move || {
        request_id.get().map(|id| {
            view! {
                <p class="ui-empty__request">
                    {ui_text(|text| &text.request_id)} " " <code>{id}</code>
                </p>
            }
        })
    };
    let retry = on_retry.map(|on_retry| {
        view! {
            <div class="ui-empty__actions">
                <Button icon=icons::REFRESH_CW on_click=move |_| on_retry.run(())>
                    {move || ui_text(|text| &text.retry)}
                </Button>
            </div>
        }
    });
    view! {
        <div class="ui-empty ui-empty--error" role="alert">
            <span class="ui-empty__icon">
                <Icon icon=icons::TRIANGLE_ALERT size=IconSize::Large/>
            </span>
            <p class="ui-empty__title">{title}</p>
            <p class="ui-empty__text">{message}</p>
            {retry} {request}
        </div>
    }
    .into_any()
}
