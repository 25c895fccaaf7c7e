use leptos::prelude::*;

use crate::{format::format_money, settings::ui_text};

/// How large a price is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriceSize {
    /// Like the text around it.
    #[default]
    Small,
    /// On a product card.
    Medium,
    /// On a product page.
    Large,
}

impl PriceSize {
    fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A price, with the old one struck through where it is higher.
#[component]
pub fn Price(
    /// Minor units.
    #[prop(into)]
    amount: Signal<i64>,
    /// ISO 4217 code.
    #[prop(into)]
    currency: Signal<String>,
    /// The old price in minor units; shown only when higher.
    #[prop(optional, into)]
    compare_at: Signal<Option<i64>>,
    /// It is the lowest of several.
    #[prop(optional)]
    from: bool,
    /// Small unless said otherwise.
    #[prop(optional)]
    size: PriceSize,
) -> impl IntoView {
    let old = Memo::new(move |_| compare_at.get().filter(|old| *old > amount.get()));
    let write = move |minor: i64| format_money(minor, &currency.get(), None);
    let old_price = move || {
        old.get().map(|old| {
            view! {
                <span class="ui-sr-only">{ui_text(|text| &text.price_before)} " "</span>
                <s class="ui-price__old">{write(old)}</s>
            }
        })
    };
    let now_label = move || {
        old.get()
            .map(|_| view! { <span class="ui-sr-only">{ui_text(|text| &text.price_now)} " "</span> })
    };
    view! {
        <span class=format!("ui-price ui-price--{}", size.as_str()) class:ui-price--reduced=move || old.get().is_some()>
            <span class="ui-price__now">
                {now_label}
                {from.then(|| view! { <span class="ui-price__from">{move || ui_text(|text| &text.price_from)} " "</span> })}
                {move || write(amount.get())}
            </span>
            {old_price}
        </span>
    }
    .into_any()
}
