use leptos::prelude::*;

use super::notify;
use crate::{button::Spinner, dom::unique_id};

/// A box to tick, with its words as part of the target.
#[component]
pub fn Checkbox(
    /// Ticked or not, both ways.
    checked: RwSignal<bool>,
    /// What ticking means.
    #[prop(into)]
    label: Signal<String>,
    /// More about it, below the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Leaves the label to assistive technology, for table rows.
    #[prop(optional)]
    hide_label: bool,
    /// Some of what it stands for is ticked.
    #[prop(optional, into)]
    indeterminate: Signal<bool>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Runs after the reader changed it.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let change = move |now: bool| {
        checked.set(now);
        notify(on_change, now);
    };
    view! {
        <label class="ui-choice" class:ui-choice--bare=hide_label>
            <input
                class="ui-choice__box"
                type="checkbox"
                disabled=disabled
                prop:checked=checked
                prop:indeterminate=indeterminate
                on:change:target=move |event| change(event.target().checked())
            />
            <span class="ui-choice__text" class:ui-sr-only=hide_label>
                <span>{label}</span>
                {hint.map(|hint| view! { <span class="ui-choice__hint">{hint}</span> })}
            </span>
        </label>
    }
    .into_any()
}

/// Something that is on or off at once, without a save button.
#[component]
pub fn Switch(
    /// On or off, both ways; set it back when the request behind it fails.
    checked: RwSignal<bool>,
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// More about it, below the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Leaves the label to assistive technology.
    #[prop(optional)]
    hide_label: bool,
    /// The change is being saved.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Runs after the reader changed it.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let label_id = unique_id("switch");
    let toggle = move || {
        if busy.get_untracked() || disabled.get_untracked() {
            return;
        }
        let now = !checked.get_untracked();
        checked.set(now);
        notify(on_change, now);
    };
    view! {
        <div class="ui-switch" class:ui-switch--bare=hide_label>
            <div class="ui-switch__text" class:ui-sr-only=hide_label on:click=move |_| toggle()>
                <span id=label_id.clone()>{label}</span>
                {hint.map(|hint| view! { <span class="ui-choice__hint">{hint}</span> })}
            </div>
            <button
                type="button"
                class="ui-switch__control"
                role="switch"
                aria-checked=move || checked.get().to_string()
                aria-labelledby=label_id
                aria-busy=move || busy.get().then_some("true")
                disabled=disabled
                on:click=move |_| toggle()
            >
                <span class="ui-switch__thumb">
                    <Spinner busy/>
                </span>
            </button>
        </div>
    }
    .into_any()
}
