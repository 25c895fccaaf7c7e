use leptos::prelude::*;

use crate::{
    icon::{Icon, IconData},
    tone::Tone,
};

/// A status: a word, with a colour that says the same.
#[component]
pub fn Badge(
    /// Neutral unless said otherwise.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// In place of the dot.
    #[prop(optional)]
    icon: Option<IconData>,
    /// A ring instead of a dot, for what is still open: unfulfilled, pending.
    #[prop(optional)]
    hollow: bool,
    /// No mark before the word, for counts and labels.
    #[prop(optional)]
    plain: bool,
    /// The word.
    children: Children,
) -> impl IntoView {
    let mark = match icon {
        Some(icon) => Some(view! { <Icon icon/> }.into_any()),
        None if plain => None,
        None => Some(view! { <span class="ui-badge__dot" class:ui-badge__dot--hollow=hollow aria-hidden="true"></span> }.into_any()),
    };
    view! {
        <span class=move || format!("ui-badge ui-badge--{}", tone.get().as_str())>
            {mark}
            {children()}
        </span>
    }
    .into_any()
}

/// A key of the keyboard.
#[component]
pub fn Kbd(
    /// The key's name.
    children: Children,
) -> impl IntoView {
    view! { <kbd class="ui-kbd">{children()}</kbd> }
}
