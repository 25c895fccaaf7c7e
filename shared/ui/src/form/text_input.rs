use leptos::prelude::*;

use super::{field::use_field, notify};
use crate::{
    icon::{Icon, IconSize, icons},
    settings::ui_text,
};

/// What is typed, so that phones show the right keyboard and browsers offer the right thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password, with a button that shows it.
    Password,
    /// A telephone number.
    Tel,
    /// A web address.
    Url,
    /// A day, as the browser lets people choose one; written `2026-11-28`.
    Date,
}

impl InputKind {
    fn as_str(self, revealed: bool) -> &'static str {
        match self {
            Self::Password if revealed => "text",
            // A browser's own field for e-mail rewrites international domains, some of them to others: ß to ss.
            Self::Text | Self::Email => "text",
            Self::Password => "password",
            Self::Tel => "tel",
            Self::Url => "url",
            Self::Date => "date",
        }
    }
}

/// One line of text.
#[component]
pub fn TextInput(
    /// The text, both ways.
    value: RwSignal<String>,
    /// Text unless said otherwise.
    #[prop(optional)]
    kind: InputKind,
    /// An example; never the only explanation.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// The HTML autofill token: `email`, `postal-code`, `current-password`.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// The on-screen keyboard: `numeric`, `decimal`.
    #[prop(optional, into)]
    inputmode: Option<String>,
    /// The form name, for password managers.
    #[prop(optional, into)]
    name: Option<String>,
    /// Most characters.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// Stands before the text inside the frame.
    #[prop(optional, into)]
    prefix: Option<Signal<String>>,
    /// Stands behind the text inside the frame.
    #[prop(optional, into)]
    suffix: Option<Signal<String>>,
    /// Fixed-width letters, for codes and SKUs.
    #[prop(optional)]
    mono: bool,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Element id, when it must be known.
    #[prop(optional, into)]
    id: Option<String>,
    /// Name for assistive technology when no field is around it.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// Runs on each keystroke.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Runs when the value is committed: on leaving the field or Enter.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let field = use_field(id);
    let revealed = RwSignal::new(false);
    let input = move |text: String| {
        value.set(text.clone());
        notify(on_input, text);
    };
    view! {
        <div class="ui-input" class:ui-input--mono=mono class:ui-input--disabled=disabled>
            {prefix.map(|prefix| view! { <span class="ui-input__affix">{prefix}</span> })}
            <input
                class="ui-input__control"
                id=field.id
                type=move || kind.as_str(revealed.get())
                name=name
                placeholder=placeholder
                autocomplete=autocomplete
                inputmode=inputmode.or_else(|| (kind == InputKind::Email).then(|| "email".to_owned()))
                maxlength=maxlength.map(|most| most.to_string())
                autofocus=autofocus
                autocapitalize=matches!(kind, InputKind::Email | InputKind::Password | InputKind::Url).then_some("off")
                required=field.required
                disabled=disabled
                aria-label=label
                aria-describedby=field.described_by
                aria-invalid=move || field.invalid.get().then_some("true")
                prop:value=value
                on:input:target=move |event| input(event.target().value())
                on:change:target=move |event| notify(on_change, event.target().value())
            />
            {suffix.map(|suffix| view! { <span class="ui-input__affix">{suffix}</span> })}
            {(kind == InputKind::Password).then(|| view! { <Reveal revealed/> })}
        </div>
    }
    .into_any()
}

#[component]
fn Reveal(revealed: RwSignal<bool>) -> impl IntoView {
    let label = move || {
        let is_revealed = revealed.get();
        if is_revealed {
            ui_text(|text| &text.hide_password)
        } else {
            ui_text(|text| &text.show_password)
        }
    };
    let icon = move || {
        if revealed.get() { icons::EYE_OFF } else { icons::EYE }
    };
    view! {
        <button
            type="button"
            class="ui-input__button"
            aria-label=label
            aria-pressed=move || revealed.get().to_string()
            on:click=move |_| revealed.update(|revealed| *revealed = !*revealed)
        >
            {move || view! { <Icon icon=icon() size=IconSize::Small/> }}
        </button>
    }
}
