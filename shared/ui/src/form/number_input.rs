use leptos::prelude::*;

use super::{field::use_field, notify};

/// A whole number; what cannot be read as one is `None` and marked.
#[component]
pub fn NumberInput(
    /// The number, both ways.
    value: RwSignal<Option<i64>>,
    /// Smallest allowed; a typed number below it is raised to it on leaving.
    #[prop(optional)]
    min: Option<i64>,
    /// Largest allowed; a typed number above it is lowered to it on leaving.
    #[prop(optional)]
    max: Option<i64>,
    /// The unit, behind the number.
    #[prop(optional, into)]
    suffix: Option<Signal<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Element id, when it must be known.
    #[prop(optional, into)]
    id: Option<String>,
    /// Name for assistive technology when no field is around it.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// Runs when the value is committed.
    #[prop(optional, into)]
    on_change: Option<Callback<Option<i64>>>,
) -> impl IntoView {
    let field = use_field(id);
    let write = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
    let text = RwSignal::new(write(value.get_untracked()));
    let unreadable = RwSignal::new(false);
    // Follows changes from outside, and leaves half-typed text ("-") alone.
    Effect::new(move |_| {
        let number = value.get();
        if read(&text.get_untracked()) != number {
            text.set(write(number));
        }
    });
    let input = move |typed: String| {
        let number = read(&typed);
        unreadable.set(number.is_none() && !typed.trim().is_empty());
        text.set(typed);
        value.set(number);
    };
    let commit = move |_| {
        let number = value.get_untracked().map(|number| bound(number, min, max));
        value.set(number);
        if number.is_some() {
            text.set(write(number));
        }
        notify(on_change, number);
    };
    view! {
        <div class="ui-input ui-input--number" class:ui-input--disabled=disabled>
            <input
                class="ui-input__control"
                id=field.id
                type="text"
                inputmode=if min.is_some_and(|min| min >= 0) { "numeric" } else { "text" }
                autocomplete="off"
                required=field.required
                disabled=disabled
                aria-label=label
                aria-describedby=field.described_by
                aria-invalid=move || (field.invalid.get() || unreadable.get()).then_some("true")
                prop:value=text
                on:input:target=move |event| input(event.target().value())
                on:change=commit
            />
            {suffix.map(|suffix| view! { <span class="ui-input__affix">{suffix}</span> })}
        </div>
    }
    .into_any()
}

fn read(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

fn bound(number: i64, min: Option<i64>, max: Option<i64>) -> i64 {
    let raised = min.map_or(number, |min| number.max(min));
    max.map_or(raised, |max| raised.min(max))
}
