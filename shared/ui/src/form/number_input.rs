use leptos::prelude::*;

use super::{
    field::use_field,
    notify,
    number_field::{NumberField, Unreadable},
};
use crate::format::currency_symbol;

/// A number of any kind, typed the way the reader writes it; what cannot be read is said so below the field as it is left.
#[component]
pub fn NumberInput(
    /// What is typed, and the number that it is.
    value: NumberField,
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
    /// Marks what cannot be read and says nothing, where the sentences would be in another language than the page.
    #[prop(optional)]
    silent: bool,
    /// Runs when something was typed and left.
    #[prop(optional, into)]
    on_change: Option<Callback<Result<Option<i64>, Unreadable>>>,
) -> impl IntoView {
    let field = use_field(id);
    let prefix = value.currency().map(|currency| move || currency_symbol(currency.code(), None));
    let suffix = suffix.or_else(|| value.is_percent().then(|| Signal::stored("%".to_owned())));
    let inputmode = value.inputmode();
    let (typed, shown, marked) = (value.clone(), value.clone(), value.clone());
    let unreadable = Signal::derive(move || marked.read().is_err());
    let input = move |text: String| {
        typed.typed(text);
        field.complaint.set(None);
    };
    let commit = move |_| {
        let read = untrack(|| value.read());
        match &read {
            Ok(Some(number)) => value.set(Some(*number)),
            Ok(None) => {}
            Err(Unreadable(sentence)) => field.complaint.set((!silent).then(|| sentence.clone())),
        }
        notify(on_change, read);
    };
    view! {
        <div class="ui-input ui-input--number" class:ui-input--disabled=disabled>
            {prefix.map(|prefix| view! { <span class="ui-input__affix">{prefix}</span> })}
            <input
                class="ui-input__control"
                id=field.id
                type="text"
                inputmode=inputmode
                autocomplete="off"
                required=field.required
                disabled=disabled
                aria-label=label
                aria-describedby=field.described_by
                aria-invalid=move || (field.invalid.get() || unreadable.get()).then_some("true")
                prop:value=move || shown.text()
                on:input:target=move |event| input(event.target().value())
                on:change=commit
            />
            {suffix.map(|suffix| view! { <span class="ui-input__affix">{suffix}</span> })}
        </div>
    }
    .into_any()
}
