use leptos::prelude::*;

use super::{field::use_field, notify};
use crate::icon::{Icon, icons};

/// One choice of a [`Select`] or a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is stored.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl SelectOption {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// One of a few fixed choices, with the browser's own list.
#[component]
pub fn Select(
    /// The chosen value, both ways.
    value: RwSignal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Shown while the value is empty; cannot be chosen.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// The HTML autofill token: `country`.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Element id, when it must be known.
    #[prop(optional, into)]
    id: Option<String>,
    /// Name for assistive technology when no field is around it.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// Runs when another value was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let field = use_field(id);
    let change = move |chosen: String| {
        value.set(chosen.clone());
        notify(on_change, chosen);
    };
    // Selection is set on the options: setting it on the list would run before the list has them.
    let choices = move || {
        options
            .get()
            .into_iter()
            .map(|option| {
                let own = option.value.clone();
                view! { <option value=option.value selected=move || value.with(|value| *value == own)>{option.label}</option> }
            })
            .collect_view()
    };
    let is_empty = move || value.with(String::is_empty);
    view! {
        <div class="ui-input ui-input--select" class:ui-input--disabled=disabled>
            <select
                class="ui-input__control"
                class:ui-input__control--empty=move || placeholder.is_some() && is_empty()
                id=field.id
                autocomplete=autocomplete
                required=field.required
                disabled=disabled
                aria-label=label
                aria-describedby=field.described_by
                aria-invalid=move || field.invalid.get().then_some("true")
                on:change:target=move |event| change(event.target().value())
            >
                {placeholder.map(|placeholder| view! { <option value="" disabled selected=is_empty>{placeholder}</option> })}
                {choices}
            </select>
            <span class="ui-input__chevron">
                <Icon icon=icons::CHEVRON_DOWN/>
            </span>
        </div>
    }
    .into_any()
}
