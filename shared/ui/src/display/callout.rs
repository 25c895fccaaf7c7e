use leptos::prelude::*;

use crate::{
    icon::{Icon, IconSize, icons},
    tone::Tone,
};

/// A message that belongs to the page: what is special about it, and what to do.
#[component]
pub fn Callout(
    /// Neutral unless said otherwise; critical ones are announced.
    #[prop(optional)]
    tone: Tone,
    /// The message in a few words.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// The rest of it, with links or buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Neutral | Tone::Accent => icons::INFO,
        Tone::Positive => icons::CIRCLE_CHECK,
        Tone::Warning => icons::TRIANGLE_ALERT,
        Tone::Critical => icons::CIRCLE_ALERT,
    };
    let role = if tone == Tone::Critical { "alert" } else { "note" };
    view! {
        <div class=format!("ui-callout ui-callout--{}", tone.as_str()) role=role>
            <Icon icon size=IconSize::Medium/>
            <div class="ui-callout__body">
                {title.map(|title| view! { <p class="ui-callout__title">{title}</p> })}
                {children.map(|children| view! { <div class="ui-callout__text">{children()}</div> })}
            </div>
        </div>
    }
    .into_any()
}
