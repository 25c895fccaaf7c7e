use leptos::prelude::*;

use super::notify;
use crate::{
    dom::unique_id,
    icon::{Icon, IconData, IconSize},
};

/// One choice of [`RadioCards`].
#[derive(Clone, Debug, PartialEq)]
pub struct RadioCard {
    value: String,
    title: String,
    description: Option<String>,
    trailing: Option<String>,
    icon: Option<IconData>,
    disabled: bool,
}

impl RadioCard {
    /// A choice with its value and its name.
    pub fn new(value: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            title: title.into(),
            description: None,
            trailing: None,
            icon: None,
            disabled: false,
        }
    }

    /// A second line.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Stands at the end of the first line: a price.
    pub fn trailing(mut self, text: impl Into<String>) -> Self {
        self.trailing = Some(text.into());
        self
    }

    /// Before the name.
    pub fn icon(mut self, icon: IconData) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shown, but not to be chosen.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// One of a few choices that need a sentence or a price each: shipping, payment.
#[component]
pub fn RadioCards(
    /// The chosen value, both ways.
    value: RwSignal<String>,
    /// The question.
    #[prop(into)]
    legend: Signal<String>,
    /// Leaves the question to assistive technology.
    #[prop(optional)]
    hide_legend: bool,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<RadioCard>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Runs when another value was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let name = unique_id("radio");
    let error_id = format!("{name}-error");
    let choose = Callback::new(move |chosen: String| {
        value.set(chosen.clone());
        notify(on_change, chosen);
    });
    let cards = {
        let name = name.clone();
        move || {
            options
                .get()
                .into_iter()
                .map(|card| one_card(card, name.clone(), value, choose))
                .collect_view()
        }
    };
    let described_by = {
        let error_id = error_id.clone();
        move || error.get().map(|_| error_id.clone())
    };
    view! {
        <fieldset class="ui-radio-cards" aria-describedby=described_by>
            <legend class="ui-field__label" class:ui-sr-only=hide_legend>
                {legend}
            </legend>
            <div class="ui-radio-cards__list">{cards}</div>
            {move || error.get().map(|text| view! { <super::field::ErrorLine id=error_id.clone() text/> })}
        </fieldset>
    }
    .into_any()
}

fn one_card(card: RadioCard, name: String, value: RwSignal<String>, choose: Callback<String>) -> AnyView {
    let (own, chosen) = (card.value.clone(), card.value.clone());
    view! {
        <label class="ui-radio-card" class:ui-radio-card--disabled=card.disabled>
            <input
                class="ui-choice__box ui-choice__box--round"
                type="radio"
                name=name
                value=card.value
                disabled=card.disabled
                prop:checked=move || value.with(|value| *value == own)
                on:change=move |_| choose.run(chosen.clone())
            />
            {card.icon.map(|icon| view! { <Icon icon size=IconSize::Medium/> })}
            <span class="ui-radio-card__text">
                <span class="ui-radio-card__title">{card.title}</span>
                {card.description.map(|text| view! { <span class="ui-choice__hint">{text}</span> })}
            </span>
            {card.trailing.map(|text| view! { <span class="ui-radio-card__trailing">{text}</span> })}
        </label>
    }
    .into_any()
}
