//! What a customer typed into the checkout, checked and in the spelling that is stored.

use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_i18n::Locale;
use orion_payments::{ProviderId, Token};
use orion_types::checkout::PlaceOrder;
use orion_types::customer::Address;
use orion_types::{ShippingMethodId, validation};
use serde::Serialize;

/// Longest note to the shop, in characters.
const MAX_NOTE_LENGTH: usize = 1000;

/// A checkout that can be carried out. It carries no card number: that was traded for a token.
///
/// What is serialised tells two requests with the same idempotency key apart.
#[derive(Debug, Clone, Serialize)]
pub struct CheckedOrder {
    pub email: String,
    pub shipping_address: Address,
    pub billing_address: Address,
    pub shipping_method_id: ShippingMethodId,
    pub note: String,
    pub expected_total_minor: i64,
    #[serde(serialize_with = "provider_name")]
    pub provider: ProviderId,
    #[serde(serialize_with = "card_end")]
    pub token: Option<Token>,
    /// What the customer reads. Not part of the request: whoever switches the language and asks again asks for the same order.
    #[serde(skip)]
    pub locale: Locale,
}

fn provider_name<S: serde::Serializer>(provider: &ProviderId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(provider.as_str())
}

fn card_end<S: serde::Serializer>(token: &Option<Token>, serializer: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(|token| (&token.token, &token.last4)).serialize(serializer)
}

/// Checks everything but the payment, which was traded for `token` before.
pub fn check(order: &PlaceOrder, token: Option<Token>, locale: Locale) -> Result<CheckedOrder, ProblemDraft> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&order.email)).unwrap_or_default();
    let shipping_address = check_address("/shipping_address", &order.shipping_address, &mut errors);
    let billing_address = match &order.billing_address {
        Some(address) => check_address("/billing_address", address, &mut errors),
        None => shipping_address.clone(),
    };
    let note = errors
        .check("/note", validation::description(&order.note))
        .unwrap_or_default()
        .to_owned();
    if note.chars().count() > MAX_NOTE_LENGTH {
        errors.add("/note", "too_long", format!("must have at most {MAX_NOTE_LENGTH} characters"));
    }
    errors.into_result()?;
    Ok(CheckedOrder {
        email,
        shipping_address,
        billing_address,
        shipping_method_id: order.shipping_method_id,
        note,
        expected_total_minor: order.expected_total_minor,
        provider: ProviderId::of(&order.payment),
        token,
        locale,
    })
}

fn check_address(pointer: &str, address: &Address, errors: &mut FieldErrors) -> Address {
    orion_customers::check_address(pointer, address).unwrap_or_else(|problems| {
        for problem in problems {
            errors.add(problem.pointer, problem.code, problem.detail);
        }
        address.clone()
    })
}

#[cfg(test)]
mod tests {
    use orion_types::checkout::PaymentChoice;
    use uuid::Uuid;

    use super::*;

    fn order(email: &str, note: &str) -> PlaceOrder {
        let address = Address {
            name: "Ada Lovelace".to_owned(),
            line1: "12 St James's Square".to_owned(),
            line2: String::new(),
            city: "London".to_owned(),
            region: String::new(),
            postal_code: "sw1y4jh".to_owned(),
            country: "gb".to_owned(),
            phone: String::new(),
        };
        PlaceOrder {
            email: email.to_owned(),
            shipping_address: address,
            billing_address: None,
            shipping_method_id: ShippingMethodId(Uuid::nil()),
            payment: PaymentChoice::TestCard {
                card_number: "4242424242424242".to_owned(),
                expiry: "12/30".to_owned(),
                cvc: "123".to_owned(),
            },
            expected_total_minor: 1,
            note: note.to_owned(),
        }
    }

    fn token() -> Option<Token> {
        Some(Token {
            token: "tok_approves".to_owned(),
            last4: "4242".to_owned(),
        })
    }

    #[test]
    fn what_is_stored_is_in_one_spelling() {
        let checked = check(&order(" Ada@Example.TEST ", " thanks\n"), token(), Locale::En).unwrap();
        assert_eq!((checked.email.as_str(), checked.note.as_str()), ("ada@example.test", "thanks"));
        assert_eq!(checked.shipping_address.postal_code, "SW1Y 4JH");
        assert_eq!(checked.billing_address, checked.shipping_address);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut wrong = order("nobody", &"n".repeat(MAX_NOTE_LENGTH + 1));
        wrong.shipping_address.city.clear();
        let pointers: Vec<String> = check(&wrong, None, Locale::En)
            .unwrap_err()
            .errors
            .into_iter()
            .map(|error| error.pointer)
            .collect();
        assert_eq!(pointers, ["/email", "/shipping_address/city", "/note"]);
    }

    #[test]
    fn neither_number_nor_cvc_of_a_card_is_kept_or_hashed() {
        let checked = check(&order("ada@example.test", ""), token(), Locale::En).unwrap();
        let written = serde_json::to_string(&checked).unwrap();
        assert!(!written.contains("424242424242") && !written.contains("cvc") && !written.contains("12/30"));
        let again = CheckedOrder {
            locale: Locale::De,
            ..checked.clone()
        };
        assert_eq!(
            serde_json::to_string(&again).unwrap(),
            written,
            "the language makes no other request of it"
        );
        let other = CheckedOrder {
            token: Some(Token {
                last4: "0002".to_owned(),
                token: "tok_declines".to_owned(),
            }),
            ..checked
        };
        assert_ne!(serde_json::to_string(&other).unwrap(), written);
    }
}
