//! Payments as rows and as others see them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::order::OrderPayment;
use orion_types::{Money, OrderId, PaymentId};
use uuid::Uuid;

use crate::provider::{Charge, ProviderId};
use crate::schema::payments;

/// How far a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// Asked for, not answered.
    Pending,
    /// The card's owner has to agree.
    RequiresConfirmation,
    /// The money is reserved at the provider, not yet taken.
    Authorized,
    /// The money is taken.
    Captured,
    /// The provider declined.
    Failed,
    /// Called off before anything was taken.
    Voided,
    /// Taken and given back.
    Refunded,
}

impl PaymentState {
    const ALL: [Self; 7] = [
        Self::Pending,
        Self::RequiresConfirmation,
        Self::Authorized,
        Self::Captured,
        Self::Failed,
        Self::Voided,
        Self::Refunded,
    ];

    /// The spelling in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::Authorized => "authorized",
            Self::Captured => "captured",
            Self::Failed => "failed",
            Self::Voided => "voided",
            Self::Refunded => "refunded",
        }
    }

    /// Whether the money is still to come.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::RequiresConfirmation)
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A payment of an order.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Its id, which is also the key for the provider.
    pub id: PaymentId,
    /// The order.
    pub order_id: OrderId,
    /// Who moves the money.
    pub provider: ProviderId,
    /// How far it has come.
    pub state: PaymentState,
    /// How much.
    pub amount: Money,
    /// The provider's name for the card.
    pub token: Option<String>,
    /// The last digits of the card, for people.
    pub card_last4: Option<String>,
    /// Why the provider declined.
    pub failure_code: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

impl Payment {
    /// What the provider is asked to take.
    pub fn charge(&self) -> Charge {
        Charge {
            key: self.id.0,
            amount: self.amount,
            token: self.token.clone().unwrap_or_default(),
        }
    }

    /// The wire form.
    pub fn into_wire(self) -> OrderPayment {
        OrderPayment {
            provider: self.provider.as_str().to_owned(),
            status: self.state.as_str().to_owned(),
            amount: self.amount,
            card_last4: self.card_last4,
            failure_code: self.failure_code,
            created_at: self.created_at.into(),
        }
    }
}

/// A row of `payments`.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = payments)]
pub struct PaymentRow {
    id: Uuid,
    order_id: Uuid,
    provider: String,
    status: String,
    amount_minor: i64,
    currency: String,
    provider_token: Option<String>,
    card_last4: Option<String>,
    failure_code: Option<String>,
    created_at: DateTime<Utc>,
}

impl PaymentRow {
    /// The payment; `None` for a provider, state or currency that this build does not know.
    pub fn into_payment(self) -> Option<Payment> {
        Some(Payment {
            id: PaymentId(self.id),
            order_id: OrderId(self.order_id),
            provider: ProviderId::parse(&self.provider)?,
            state: PaymentState::parse(&self.status)?,
            amount: Money::new(self.amount_minor, self.currency.parse().ok()?),
            token: self.provider_token,
            card_last4: self.card_last4,
            failure_code: self.failure_code,
            created_at: self.created_at,
        })
    }
}
