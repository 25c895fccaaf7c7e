//! Which way an order may go: one table of transitions over its three states.
//!
//! An order, its payment and its fulfilment move on their own, so that a shipped order can wait for its bank transfer and a
//! paid one for its parcel. Whatever is not in the table is refused. An order whose goods are all shipped and whose money
//! has arrived completes itself.

mod quantity;
mod table;
#[cfg(test)]
mod tests;

pub use quantity::{ImpossibleQuantity, fulfilment_status};

use std::fmt;
use std::str::FromStr;

use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus, UnknownStatus};

/// The three states of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    /// How far the order has come as a whole.
    pub order: OrderStatus,
    /// What happened to its money.
    pub payment: PaymentStatus,
    /// How much of it was shipped.
    pub fulfilment: FulfilmentStatus,
}

impl State {
    /// Placed, not paid, nothing shipped.
    pub const START: Self = Self {
        order: OrderStatus::Pending,
        payment: PaymentStatus::Pending,
        fulfilment: FulfilmentStatus::Unfulfilled,
    };

    /// True while the shop holds money of the customer.
    ///
    /// Cancelling such an order shows it as refunded at once: where no provider can return the money, a person has to, and
    /// the timeline must say so.
    pub const fn holds_money(self) -> bool {
        matches!(self.payment, PaymentStatus::Paid | PaymentStatus::PartiallyRefunded)
    }
}

/// Something that is done to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The provider reserved the money.
    Authorize,
    /// The reserved money was taken.
    Capture,
    /// A person or provider says that the money has arrived.
    MarkPaid,
    /// The provider declined.
    PaymentFailed,
    /// The reserved money was released.
    Void,
    /// Some quantities were shipped and some are left.
    FulfilPartially,
    /// Everything that was left was shipped.
    Fulfil,
    /// The order was called off.
    Cancel,
    /// Some of the money was given back.
    RefundPartially,
    /// All of the money was given back.
    Refund,
    /// What was not shipped will not be: the rest of the order was given back.
    Complete,
}

impl Action {
    /// Every action, in the order a person would meet them.
    pub const ALL: &'static [Self] = &[
        Self::Authorize,
        Self::Capture,
        Self::MarkPaid,
        Self::PaymentFailed,
        Self::Void,
        Self::FulfilPartially,
        Self::Fulfil,
        Self::Cancel,
        Self::RefundPartially,
        Self::Refund,
        Self::Complete,
    ];

    /// The spelling on the wire and in the timeline.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorize => "authorize",
            Self::Capture => "capture",
            Self::MarkPaid => "mark_paid",
            Self::PaymentFailed => "payment_failed",
            Self::Void => "void",
            Self::FulfilPartially => "fulfil_partially",
            Self::Fulfil => "fulfil",
            Self::Cancel => "cancel",
            Self::RefundPartially => "refund_partially",
            Self::Refund => "refund",
            Self::Complete => "complete",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Action {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|action| action.as_str() == text);
        found.ok_or_else(|| UnknownStatus {
            kind: "Action",
            value: text.to_owned(),
        })
    }
}

/// The action is not allowed in the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IllegalTransition {
    /// Where the order stands.
    pub state: State,
    /// What was asked for.
    pub action: Action,
}

impl fmt::Display for IllegalTransition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let State {
            order,
            payment,
            fulfilment,
        } = self.state;
        write!(
            f,
            "{} is not possible: the order is {order}, its payment {payment}, its fulfilment {fulfilment}",
            self.action
        )
    }
}

impl std::error::Error for IllegalTransition {}

/// The state after the action, or why it is refused.
pub fn apply(state: State, action: Action) -> Result<State, IllegalTransition> {
    let row = table::TRANSITIONS.iter().find(|row| row.action == action && row.starts_at(state));
    row.map(|row| completed(row.leads_to(state)))
        .ok_or(IllegalTransition { state, action })
}

/// The actions that [`apply`] accepts, for buttons and the API's `allowed_actions`.
pub fn allowed_actions(state: State) -> Vec<Action> {
    Action::ALL.iter().copied().filter(|action| apply(state, *action).is_ok()).collect()
}

/// Completes an order that has nothing left to do, whichever of money and goods came last.
fn completed(state: State) -> State {
    let open = state.order == OrderStatus::Confirmed;
    let done = state.fulfilment == FulfilmentStatus::Fulfilled && state.holds_money();
    if open && done {
        State {
            order: OrderStatus::Completed,
            ..state
        }
    } else {
        state
    }
}
