use leptos::prelude::*;

use super::{field::use_field, notify};
use crate::format::{currency_symbol, format_money_input, parse_money};

/// An amount of money in minor units, typed the way the reader writes it: `19,90` and `19.90` are both 1990 cents.
#[component]
pub fn MoneyInput(
    /// Minor units, both ways; `None` while the text is empty or no amount.
    value: RwSignal<Option<i64>>,
    /// ISO 4217 code; decides the decimals and the sign before the field.
    #[prop(into)]
    currency: Signal<String>,
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
    let read = move |typed: &str| parse_money(typed, &currency.get_untracked(), None);
    let write =
        move |minor: Option<i64>| minor.map_or_else(String::new, |minor| format_money_input(minor, &currency.get_untracked(), None));
    let text = RwSignal::new(write(value.get_untracked()));
    let unreadable = RwSignal::new(false);
    // Follows changes from outside, and leaves half-typed text ("19,") alone.
    Effect::new(move |_| {
        currency.track();
        let minor = value.get();
        if read(&text.get_untracked()) != minor {
            text.set(write(minor));
        }
    });
    let input = move |typed: String| {
        let minor = read(&typed);
        unreadable.set(minor.is_none() && !typed.trim().is_empty());
        text.set(typed);
        value.set(minor);
    };
    let commit = move |_| {
        let minor = value.get_untracked();
        if minor.is_some() {
            text.set(write(minor));
        }
        notify(on_change, minor);
    };
    view! {
        <div class="ui-input ui-input--number" class:ui-input--disabled=disabled>
            <span class="ui-input__affix">{move || currency_symbol(&currency.get(), None)}</span>
            <input
                class="ui-input__control"
                id=field.id
                type="text"
                inputmode="decimal"
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
        </div>
    }
    .into_any()
}
