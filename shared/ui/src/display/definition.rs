use std::time::Duration;

use leptos::prelude::*;

use crate::{button::ButtonSize, button::IconButton, icon::icons, settings::ui_text};

/// A name and what it stands for.
pub struct Definition {
    term: String,
    value: AnyView,
}

impl Definition {
    /// A pair; the value may be any view.
    pub fn new(term: impl Into<String>, value: impl IntoView) -> Self {
        Self {
            term: term.into(),
            value: value.into_any(),
        }
    }
}

/// Facts about one thing, each with its name: the side of a detail page, a summary.
#[component]
pub fn DefinitionList(
    /// The facts, in reading order.
    items: Vec<Definition>,
    /// Values at the right edge, for sums.
    #[prop(optional)]
    numbers: bool,
) -> impl IntoView {
    let pair = |item: Definition| {
        view! {
            <div class="ui-definitions__pair">
                <dt>{item.term}</dt>
                <dd>{item.value}</dd>
            </div>
        }
    };
    view! {
        <dl class="ui-definitions" class:ui-definitions--numbers=numbers>
            {items.into_iter().map(pair).collect_view()}
        </dl>
    }
    .into_any()
}

/// A value with a button that copies it.
#[component]
pub fn CopyText(
    /// What is shown and copied.
    #[prop(into)]
    value: Signal<String>,
    /// Breaks into lines where it does not fit, for what has to be read whole.
    #[prop(optional)]
    whole: bool,
    /// Keeps the line breaks that it has, for a short list.
    #[prop(optional)]
    lines: bool,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        // Without a secure context there is no clipboard; the text can still be selected by hand.
        if clipboard.is_undefined() {
            return;
        }
        drop(clipboard.write_text(&value.get_untracked()));
        copied.set(true);
        set_timeout(
            move || {
                copied.try_set(false);
            },
            Duration::from_secs(2),
        );
    };
    let label = Signal::derive(move || {
        let done = copied.get();
        let words = if done {
            ui_text(|text| &text.copied)
        } else {
            ui_text(|text| &text.copy)
        };
        words.into_owned()
    });
    let button = move || {
        let icon = if copied.get() { icons::CHECK } else { icons::COPY };
        view! { <IconButton icon label size=ButtonSize::Small on_click=copy/> }
    };
    view! {
        <span class="ui-copy" class:ui-copy--whole=whole class:ui-copy--lines=lines>
            <code class="ui-copy__value">{value}</code>
            {button}
        </span>
    }
    .into_any()
}
