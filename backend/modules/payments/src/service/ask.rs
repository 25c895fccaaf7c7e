//! Questions to providers. None of them runs inside a transaction, and none of them may hold the shop up.

use orion_framework::StoreAccess;
use std::time::Duration;

use chrono::NaiveDate;
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_i18n::Locale;
use orion_types::checkout::{PaymentChoice, PaymentMethod};

use crate::model::Payment;
use crate::provider::{self, Answer, Outcome, ProviderId, Token};

/// Longest wait for an answer that no customer waits for.
const LOOKUP_PATIENCE: Duration = Duration::from_secs(10);

/// The ways of paying that the shop offers, in the words of a language.
pub fn methods(locale: Locale, production: bool) -> Vec<PaymentMethod> {
    provider::offered(production)
        .into_iter()
        .map(|provider| provider.method(locale))
        .collect()
}

/// Trades what the customer typed for a token; `None` when the provider needs none.
///
/// # Errors
/// A problem with a pointer into the checkout's body for everything that is wrong, or for a provider that is not offered.
pub fn tokenise(choice: &PaymentChoice, today: NaiveDate, production: bool) -> Result<Option<Token>, ProblemDraft> {
    let mut errors = FieldErrors::default();
    let id = ProviderId::of(choice);
    let offered = provider::offered(production).into_iter().find(|provider| provider.id() == id);
    let token = match offered {
        Some(provider) => provider.tokenise(choice, today, &mut errors),
        None => {
            errors.add("/payment/provider", "not_offered", "is not offered in this shop");
            None
        }
    };
    errors.into_result()?;
    Ok(token)
}

/// Asks for the money. A provider that fails or does not answer in time leaves the outcome open; it is looked up later.
pub async fn charge(access: &StoreAccess, payment: &Payment) -> Outcome {
    let provider = provider::provider(payment.provider);
    let charge = payment.charge();
    answered(payment, provider.patience(), provider.authorise_and_capture(access, &charge))
        .await
        .unwrap_or(Outcome::Pending)
}

/// Passes on whether the card's owner agrees.
pub async fn confirm(access: &StoreAccess, payment: &Payment, accept: bool) -> Outcome {
    let provider = provider::provider(payment.provider);
    let answer = provider.confirm(access, payment.id.0, accept);
    answered(payment, provider.patience(), answer).await.unwrap_or(Outcome::Pending)
}

/// What became of a payment; `None` when the provider was never asked or cannot be reached now.
pub async fn lookup(access: &StoreAccess, payment: &Payment) -> Option<Outcome> {
    let answer = provider::provider(payment.provider).lookup(access, payment.id.0);
    answered(payment, LOOKUP_PATIENCE, answer).await.flatten()
}

/// Makes sure that nothing is taken from now on; `None` when the provider cannot be reached now.
pub async fn call_off(access: &StoreAccess, payment: &Payment) -> Option<Outcome> {
    let answer = provider::provider(payment.provider).call_off(access, payment.id.0);
    answered(payment, LOOKUP_PATIENCE, answer).await
}

async fn answered<T>(payment: &Payment, patience: Duration, answer: Answer<'_, T>) -> Option<T> {
    match tokio::time::timeout(patience, answer).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            tracing::warn!(payment = %payment.id, provider = payment.provider.as_str(), %error, "a payment provider failed");
            None
        }
        Err(_) => {
            tracing::warn!(payment = %payment.id, provider = payment.provider.as_str(), "a payment provider did not answer in time");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(number: &str) -> PaymentChoice {
        PaymentChoice::TestCard {
            card_number: number.to_owned(),
            expiry: "12/30".to_owned(),
            cvc: "123".to_owned(),
        }
    }

    #[test]
    fn a_card_is_traded_for_a_token_and_a_transfer_needs_none() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(tokenise(&PaymentChoice::Manual, today, true).unwrap(), None);
        assert_eq!(tokenise(&card("4242424242424242"), today, false).unwrap().unwrap().last4, "4242");
        let refused = tokenise(&card("4242424242424242"), today, true).unwrap_err();
        assert_eq!(refused.errors[0].pointer, "/payment/provider");
    }
}
