//! The transitions, one row each; the first row that fits is taken.

use orion_types::status::FulfilmentStatus::{self, Fulfilled, PartiallyFulfilled, Unfulfilled};
use orion_types::status::OrderStatus::{self, Cancelled, Completed, Confirmed, Pending};
use orion_types::status::PaymentStatus::{self, Authorized, Failed, Paid, PartiallyRefunded, Refunded, Voided};

use super::{Action, State};

/// From which states an action is allowed, and what it changes; `None` leaves a state as it is.
pub struct Transition {
    pub action: Action,
    from_order: &'static [OrderStatus],
    from_payment: &'static [PaymentStatus],
    from_fulfilment: &'static [FulfilmentStatus],
    to_order: Option<OrderStatus>,
    to_payment: Option<PaymentStatus>,
    to_fulfilment: Option<FulfilmentStatus>,
}

impl Transition {
    pub fn starts_at(&self, state: State) -> bool {
        self.from_order.contains(&state.order)
            && self.from_payment.contains(&state.payment)
            && self.from_fulfilment.contains(&state.fulfilment)
    }

    pub fn leads_to(&self, state: State) -> State {
        State {
            order: self.to_order.unwrap_or(state.order),
            payment: self.to_payment.unwrap_or(state.payment),
            fulfilment: self.to_fulfilment.unwrap_or(state.fulfilment),
        }
    }
}

const UNPAID: PaymentStatus = PaymentStatus::Pending;
const OPEN: &[OrderStatus] = &[Pending, Confirmed];
const ANY_FULFILMENT: &[FulfilmentStatus] = &[Unfulfilled, PartiallyFulfilled, Fulfilled];
const SOMETHING_LEFT: &[FulfilmentStatus] = &[Unfulfilled, PartiallyFulfilled];
/// A declined or released payment may be tried again, or the money may come another way.
const PAYABLE: &[PaymentStatus] = &[UNPAID, Failed, Voided];
/// Goods may leave before a bank transfer arrives, but not once the money was declined, released or given back.
const SHIPPABLE: &[PaymentStatus] = &[UNPAID, Authorized, Paid, PartiallyRefunded];

pub const TRANSITIONS: &[Transition] = &[
    Transition {
        action: Action::Authorize,
        from_order: OPEN,
        from_payment: PAYABLE,
        from_fulfilment: ANY_FULFILMENT,
        to_order: Some(Confirmed),
        to_payment: Some(Authorized),
        to_fulfilment: None,
    },
    Transition {
        action: Action::Capture,
        from_order: OPEN,
        from_payment: &[Authorized],
        from_fulfilment: ANY_FULFILMENT,
        to_order: Some(Confirmed),
        to_payment: Some(Paid),
        to_fulfilment: None,
    },
    // Not from `authorized`: that money is captured or voided, or the reservation would stay with the provider.
    Transition {
        action: Action::MarkPaid,
        from_order: OPEN,
        from_payment: PAYABLE,
        from_fulfilment: ANY_FULFILMENT,
        to_order: Some(Confirmed),
        to_payment: Some(Paid),
        to_fulfilment: None,
    },
    Transition {
        action: Action::PaymentFailed,
        from_order: OPEN,
        from_payment: &[UNPAID, Authorized],
        from_fulfilment: ANY_FULFILMENT,
        to_order: None,
        to_payment: Some(Failed),
        to_fulfilment: None,
    },
    Transition {
        action: Action::Void,
        from_order: OPEN,
        from_payment: &[Authorized],
        from_fulfilment: &[Unfulfilled],
        to_order: None,
        to_payment: Some(Voided),
        to_fulfilment: None,
    },
    Transition {
        action: Action::FulfilPartially,
        from_order: OPEN,
        from_payment: SHIPPABLE,
        from_fulfilment: SOMETHING_LEFT,
        to_order: Some(Confirmed),
        to_payment: None,
        to_fulfilment: Some(PartiallyFulfilled),
    },
    Transition {
        action: Action::Fulfil,
        from_order: OPEN,
        from_payment: SHIPPABLE,
        from_fulfilment: SOMETHING_LEFT,
        to_order: Some(Confirmed),
        to_payment: None,
        to_fulfilment: Some(Fulfilled),
    },
    Transition {
        action: Action::Cancel,
        from_order: OPEN,
        from_payment: &[UNPAID, Authorized],
        from_fulfilment: &[Unfulfilled],
        to_order: Some(Cancelled),
        to_payment: Some(Voided),
        to_fulfilment: None,
    },
    Transition {
        action: Action::Cancel,
        from_order: OPEN,
        from_payment: &[Paid, PartiallyRefunded],
        from_fulfilment: &[Unfulfilled],
        to_order: Some(Cancelled),
        to_payment: Some(Refunded),
        to_fulfilment: None,
    },
    Transition {
        action: Action::Cancel,
        from_order: OPEN,
        from_payment: &[Failed, Voided, Refunded],
        from_fulfilment: &[Unfulfilled],
        to_order: Some(Cancelled),
        to_payment: None,
        to_fulfilment: None,
    },
    Transition {
        action: Action::RefundPartially,
        from_order: &[Confirmed, Completed],
        from_payment: &[Paid, PartiallyRefunded],
        from_fulfilment: ANY_FULFILMENT,
        to_order: None,
        to_payment: Some(PartiallyRefunded),
        to_fulfilment: None,
    },
    Transition {
        action: Action::Refund,
        from_order: &[Confirmed, Completed],
        from_payment: &[Paid, PartiallyRefunded],
        from_fulfilment: ANY_FULFILMENT,
        to_order: None,
        to_payment: Some(Refunded),
        to_fulfilment: None,
    },
    Transition {
        action: Action::Complete,
        from_order: &[Confirmed],
        from_payment: &[PartiallyRefunded, Refunded],
        from_fulfilment: &[PartiallyFulfilled],
        to_order: Some(Completed),
        to_payment: None,
        to_fulfilment: None,
    },
];
