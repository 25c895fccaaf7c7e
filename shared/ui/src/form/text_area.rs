use leptos::prelude::*;

use super::{field::use_field, notify};

/// Several lines of text; grows with its content where the browser can.
#[component]
pub fn TextArea(
    /// The text, both ways.
    value: RwSignal<String>,
    /// Lines shown at first.
    #[prop(default = 4)]
    rows: u32,
    /// Most characters; shows how many are used.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// An example; never the only explanation.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
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
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let field = use_field(id);
    // Browsers count a maxlength in UTF-16 units; the count shown is the one that stops the typing.
    let used = move |most: u32| format!("{}/{most}", value.with(|text| text.encode_utf16().count()));
    view! {
        <div class="ui-input ui-input--area" class:ui-input--disabled=disabled>
            <textarea
                class="ui-input__control"
                id=field.id
                rows=rows.to_string()
                maxlength=maxlength.map(|most| most.to_string())
                placeholder=placeholder
                required=field.required
                disabled=disabled
                aria-label=label
                aria-describedby=field.described_by
                aria-invalid=move || field.invalid.get().then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                on:change:target=move |event| notify(on_change, event.target().value())
            ></textarea>
            {maxlength.map(|most| view! { <span class="ui-input__count" aria-hidden="true">{move || used(most)}</span> })}
        </div>
    }
    .into_any()
}
