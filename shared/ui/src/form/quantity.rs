use leptos::prelude::*;

use super::field::use_field;
use crate::{
    icon::{Icon, icons},
    settings::ui_text,
};

/// How many: minus, the number, plus.
#[component]
pub fn QuantityStepper(
    /// The quantity, both ways.
    value: RwSignal<u32>,
    /// What is counted, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// Fewest.
    #[prop(default = 1)]
    min: u32,
    /// Most, usually what is in stock.
    #[prop(default = Signal::stored(9_999), into)]
    max: Signal<u32>,
    /// The change is being saved.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Runs after the reader changed it.
    #[prop(optional, into)]
    on_change: Option<Callback<u32>>,
) -> impl IntoView {
    let field = use_field(None);
    let set = move |wanted: u32| {
        let now = wanted.min(max.get_untracked()).max(min);
        let before = value.get_untracked();
        value.set(now);
        if let Some(on_change) = on_change.filter(|_| now != before) {
            on_change.run(now);
        }
    };
    let typed = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlInputElement>| {
        let field = event.target();
        set(field.value().trim().parse().unwrap_or_else(|_| value.get_untracked()));
        // The signal may not have changed ("abc"), and then nobody else puts the number back.
        field.set_value(&value.get_untracked().to_string());
    };
    let at_least = move || value.get() <= min || busy.get();
    let at_most = move || value.get() >= max.get() || busy.get();
    view! {
        <div class="ui-quantity" role="group" aria-label=label aria-busy=move || busy.get().then_some("true")>
            <button
                type="button"
                class="ui-quantity__button"
                aria-label=move || ui_text(|text| &text.decrease)
                disabled=at_least
                on:click=move |_| set(value.get_untracked().saturating_sub(1))
            >
                <Icon icon=icons::MINUS/>
            </button>
            <input
                class="ui-quantity__value"
                id=field.id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-label=label
                aria-describedby=field.described_by
                prop:value=move || value.get().to_string()
                on:change:target=typed
            />
            <button
                type="button"
                class="ui-quantity__button"
                aria-label=move || ui_text(|text| &text.increase)
                disabled=at_most
                on:click=move |_| set(value.get_untracked().saturating_add(1))
            >
                <Icon icon=icons::PLUS/>
            </button>
        </div>
    }
    .into_any()
}
