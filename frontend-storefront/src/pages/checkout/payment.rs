use leptos::prelude::*;
use orion_types::checkout::PaymentMethod;
use orion_ui::*;

use super::StepHead;
use super::draft::Draft;
use super::pay::Payment;
use crate::text::{Text, t};

/// How to pay, and the card where it is one.
#[component]
pub fn PaymentStep(draft: Draft, payment: Payment, methods: Vec<PaymentMethod>) -> impl IntoView {
    let cards: Vec<RadioCard> = methods
        .iter()
        .map(|method| {
            let card = RadioCard::new(method.provider.as_str(), method.name.as_str());
            if is_test(method) {
                card.icon(icons::CREDIT_CARD).trailing(t(Text::TestMode))
            } else {
                card.icon(icons::LANDMARK).description(method.instructions.as_str())
            }
        })
        .collect();
    view! {
        <section class="shop-step shop-step--payment">
            <StepHead number=3 title=Text::PaymentStep/>
            <RadioCards value=draft.provider legend=t(Text::PaymentMethod).to_owned() hide_legend=true options=cards error=payment.error_at("/payment")/>
            <Show when=move || draft.is_card()><CardFields draft payment/></Show>
        </section>
    }
    .into_any()
}

fn is_test(method: &PaymentMethod) -> bool {
    method.provider == "test-card"
}

/// The ways of paying in a sentence.
pub fn names(methods: &[PaymentMethod]) -> String {
    let name = |method: &PaymentMethod| {
        if is_test(method) {
            format!("{} ({})", method.name, t(Text::TestMode))
        } else {
            method.name.clone()
        }
    };
    methods.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[component]
fn CardFields(draft: Draft, payment: Payment) -> impl IntoView {
    view! {
        <div class="shop-card-fields">
            <Field label=t(Text::CardNumber).to_owned() hint=t(Text::TestCardHint).to_owned() error=payment.error_at("/payment/card_number")>
                <TextInput value=draft.card_number autocomplete="cc-number" inputmode="numeric" maxlength=23 on_change=move |typed: String| draft.card_number.set(in_fours(&typed))/>
            </Field>
            <div class="ui-form-grid">
                <Field label=t(Text::Expiry).to_owned() error=payment.error_at("/payment/expiry")>
                    <TextInput value=draft.expiry autocomplete="cc-exp" inputmode="numeric" placeholder="12/30" maxlength=7/>
                </Field>
                <Field label=t(Text::Cvc).to_owned() error=payment.error_at("/payment/cvc")>
                    <TextInput value=draft.cvc autocomplete="cc-csc" inputmode="numeric" maxlength=4/>
                </Field>
            </div>
        </div>
    }
    .into_any()
}

/// Digits in groups of four, as they stand on the card.
fn in_fours(typed: &str) -> String {
    let digits: Vec<char> = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    digits
        .chunks(4)
        .map(|four| four.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_fours;

    #[test]
    fn a_card_number_is_written_as_on_the_card() {
        assert_eq!(in_fours("4242424242424242"), "4242 4242 4242 4242");
        assert_eq!(in_fours("4242 42-4"), "4242 424");
        assert_eq!(in_fours(""), "");
    }
}
