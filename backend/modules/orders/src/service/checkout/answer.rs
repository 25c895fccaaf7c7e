//! The answer to a checkout, as it is given and kept for whoever asks again with the same key.

use orion_framework::db::{DbError, read_json_text, write_json_text};
use orion_types::OrderId;
use orion_types::checkout::{CheckoutOutcome, CheckoutResult};
use orion_types::order::OrderConfirmation;
use serde::{Deserialize, Serialize};

use super::settle::Settled;
use crate::error::OrdersError;

/// Something was made.
pub const CREATED: u16 = 201;
/// The provider took no money.
pub const DECLINED: u16 = 402;

/// Status and body, byte for byte what was answered first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The order, for the answer's `Location`.
    pub order_id: Option<OrderId>,
    /// A [`CheckoutResult`] as JSON.
    pub body: Vec<u8>,
    /// Whether it was answered before.
    pub replayed: bool,
}

/// What is kept of a declined payment.
#[derive(Debug, Serialize, Deserialize)]
struct Refusal {
    code: String,
}

/// The result of a checkout for the client.
pub fn result(order_id: OrderId, access_token: &str, outcome: CheckoutOutcome, confirmation: Option<OrderConfirmation>) -> CheckoutResult {
    CheckoutResult {
        order_id,
        outcome,
        access_token: access_token.to_owned(),
        confirmation,
    }
}

/// How a payment that came to something (or not yet) is answered.
pub fn of_settled(order_id: OrderId, access_token: &str, settled: Settled) -> Result<CheckoutResult, OrdersError> {
    match settled {
        Settled::Confirmed(confirmation) => Ok(result(order_id, access_token, CheckoutOutcome::Completed, Some(*confirmation))),
        Settled::AwaitingConfirmation => Ok(result(order_id, access_token, CheckoutOutcome::RequiresConfirmation, None)),
        Settled::Processing => Ok(result(order_id, access_token, CheckoutOutcome::Processing, None)),
        Settled::Declined { code } => Err(OrdersError::PaymentDeclined { code }),
    }
}

/// Status and body to keep; a declined payment is an answer too, everything else that fails is tried anew. The order's secret is left out:
/// whoever reads the table must not be able to open the order, and it can be derived again.
pub fn kept(outcome: &Result<CheckoutResult, OrdersError>) -> Result<Option<(u16, Vec<u8>)>, DbError> {
    Ok(match outcome {
        Ok(result) => {
            let without_secret = CheckoutResult {
                access_token: String::new(),
                ..result.clone()
            };
            Some((CREATED, write_json_text(&without_secret)?))
        }
        Err(OrdersError::PaymentDeclined { code }) => Some((DECLINED, write_json_text(&Refusal { code: code.clone() })?)),
        Err(_) => None,
    })
}

/// The answer that was kept, with the order's secret put back.
pub fn replay(status: u16, body: &[u8], secret: impl FnOnce(OrderId) -> String) -> Result<Answer, OrdersError> {
    if status == DECLINED {
        let Refusal { code } = read_json_text(body)?;
        return Err(OrdersError::PaymentDeclined { code });
    }
    let mut result: CheckoutResult = read_json_text(body)?;
    result.access_token = secret(result.order_id);
    Ok(Answer {
        order_id: Some(result.order_id),
        body: write_json_text(&result)?,
        replayed: true,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_repeated_request_gets_the_same_bytes() {
        let first = of_settled(OrderId(Uuid::nil()), "secret", Settled::Processing);
        let (status, body) = kept(&first).unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("secret"), "the secret lies in the table");
        let again = replay(status, &body, |_| "secret".to_owned()).unwrap();
        assert_eq!(
            (again.body, again.replayed, again.order_id),
            (serde_json::to_vec(&first.unwrap()).unwrap(), true, Some(OrderId(Uuid::nil())))
        );
    }

    #[test]
    fn a_declined_card_stays_declined() {
        let first = of_settled(
            OrderId(Uuid::nil()),
            "secret",
            Settled::Declined {
                code: "card_declined".to_owned(),
            },
        );
        let (status, body) = kept(&first).unwrap().unwrap();
        assert!(matches!(replay(status, &body, |_| String::new()), Err(OrdersError::PaymentDeclined { code }) if code == "card_declined"));
    }

    #[test]
    fn what_failed_for_another_reason_is_tried_anew() {
        assert_eq!(kept(&Err(OrdersError::CartEmpty)).unwrap(), None);
    }
}
