use leptos::prelude::*;

use crate::tone::Tone;

/// How far something long has come.
#[component]
pub fn ProgressBar(
    /// Done so far.
    #[prop(into)]
    value: Signal<u64>,
    /// The whole; `None` while nobody knows.
    #[prop(optional, into)]
    max: Signal<Option<u64>>,
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// Counts in words: "340 of 1,200".
    #[prop(optional, into)]
    caption: Option<Signal<String>>,
    /// Accent unless said otherwise.
    #[prop(default = Signal::stored(Tone::Accent), into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    let percent = move || max.get().map(|max| (value.get().min(max) * 100).checked_div(max).unwrap_or(100));
    let width = move || percent().map(|percent| format!("{percent}%"));
    view! {
        <div class="ui-progress">
            <div class="ui-progress__line">
                <span class="ui-progress__label">{label}</span>
                {caption.map(|caption| view! { <span class="ui-progress__caption">{caption}</span> })}
            </div>
            <div
                class=move || format!("ui-progress__track ui-progress__track--{}", tone.get().as_str())
                class:ui-progress__track--unknown=move || max.get().is_none()
                role="progressbar"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent().map(|percent| percent.to_string())
            >
                <div class="ui-progress__fill" style:width=width></div>
            </div>
        </div>
    }
    .into_any()
}
