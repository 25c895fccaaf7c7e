use leptos::prelude::*;
use orion_i18n::swatches;
use orion_types::catalog::ProductOption;

use super::choice::Choice;
use crate::text::{Text, t};

/// One group of values for each option; what cannot be bought is crossed out and says so.
#[component]
pub fn OptionPicker(choice: Choice) -> impl IntoView {
    let groups = choice
        .options()
        .into_iter()
        .enumerate()
        .map(|(at, option)| group(choice, at, option));
    groups.collect_view().into_any()
}

fn group(choice: Choice, at: usize, option: ProductOption) -> AnyView {
    let name = format!("option-{at}");
    let colours = swatches(option.values.iter().map(String::as_str)).unwrap_or_default();
    let values = option.values.into_iter().enumerate().map(|(place, value)| {
        let swatch = colours
            .get(place)
            .map(|colour| view! { <span class="shop-option__swatch" style=format!("background:{colour}") aria-hidden="true"></span> });
        let name = name.clone();
        let (own, wanted, asked, told) = (value.clone(), value.clone(), value.clone(), value.clone());
        view! {
            <label class="shop-option__value" class:shop-option__value--off=move || !choice.can_buy(at, &asked)>
                <input
                    class="ui-sr-only" type="radio" name=name value=value.clone()
                    prop:checked=move || choice.value(at) == own
                    on:change=move |_| choice.choose(at, &wanted)
                />
                {swatch}
                <span>{value}</span>
                {move || (!choice.can_buy(at, &told)).then(|| view! { <span class="ui-sr-only">", " {t(Text::Unavailable)}</span> })}
            </label>
        }
    });
    view! {
        <fieldset>
            <legend class="shop-option__legend"><b>{option.name}</b><span>{move || choice.value(at)}</span></legend>
            <div class="shop-option__values">{values.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
