use leptos::prelude::*;

use super::field::use_field;

/// A colour as `#rrggbb`: a swatch that opens the browser's picker, and the text beside it.
#[component]
pub fn ColourInput(
    /// The text, both ways; whoever types may pass through what is no colour.
    value: RwSignal<String>,
    /// Names the swatch for assistive technology; the field's label names the text.
    #[prop(into)]
    picker_label: Signal<String>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let field = use_field(None);
    // The picker shows black for what is no colour; better the last one that was.
    let picked = Memo::new(move |before: Option<&String>| {
        let typed = value.get().trim().to_ascii_lowercase();
        if is_colour(&typed) {
            typed
        } else {
            before.cloned().unwrap_or_else(|| "#000000".to_owned())
        }
    });
    view! {
        <div class="ui-input ui-input--mono" class:ui-input--disabled=disabled>
            <input
                class="ui-input__swatch"
                type="color"
                aria-label=picker_label
                disabled=disabled
                prop:value=picked
                on:input:target=move |event| value.set(event.target().value())
            />
            <input
                class="ui-input__control"
                type="text"
                id=field.id
                maxlength="7"
                autocomplete="off"
                spellcheck="false"
                disabled=disabled
                aria-describedby=field.described_by
                aria-invalid=move || field.invalid.get().then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </div>
    }
    .into_any()
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
