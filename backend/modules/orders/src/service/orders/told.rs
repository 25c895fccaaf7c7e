//! What others are told about orders.

use orion_events::{
    OrderAuthorized, OrderCancelled, OrderCompleted, OrderFacts, OrderFulfilled, OrderPaid, OrderPartiallyFulfilled,
    OrderPartiallyRefunded, OrderPaymentFailed, OrderPaymentVoided, OrderPlaced, OrderRefunded,
};
use orion_framework::db::StoreTx;
use orion_rules::order_state::{Action, State};
use orion_types::status::{OrderStatus, PaymentStatus};

use crate::model::order::{ItemRow, OrderRow};

/// An order, as it is told.
pub fn facts(order: &OrderRow) -> OrderFacts {
    let state = order.state();
    OrderFacts {
        order_id: order.order_id(),
        number: order.number,
        customer_id: order.customer_id.map(Into::into),
        status: state.order,
        payment_status: state.payment,
        fulfilment_status: state.fulfilment,
        total: order.total(),
    }
}

/// Tells that an order counts.
pub fn placed(tx: &mut StoreTx, order: &OrderRow, number: i64, items: &[ItemRow]) {
    let state = order.state();
    tx.emit(&OrderPlaced {
        order_id: order.order_id(),
        number,
        customer_id: order.customer_id.map(Into::into),
        status: state.order,
        payment_status: state.payment,
        item_count: items.iter().map(|item| i64::from(item.quantity)).sum(),
        subtotal: order.money(order.subtotal_minor),
        discount: order.money(order.discount_minor),
        shipping: order.money(order.shipping_minor),
        tax: order.money(order.tax_minor),
        total: order.total(),
    });
}

/// Something that is told of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Authorized,
    Paid,
    PaymentFailed,
    PaymentVoided,
    PartiallyFulfilled,
    Fulfilled,
    Completed,
    Cancelled,
    PartiallyRefunded,
    Refunded,
}

/// Tells what was done to an order, which is `order` now and was in the state `before`.
pub fn moved(tx: &mut StoreTx, before: State, action: Action, order: &OrderRow) {
    for step in steps(before, action, order.state()) {
        let facts = facts(order);
        match step {
            Step::Authorized => tx.emit(&OrderAuthorized(facts)),
            Step::Paid => tx.emit(&OrderPaid(facts)),
            Step::PaymentFailed => tx.emit(&OrderPaymentFailed(facts)),
            Step::PaymentVoided => tx.emit(&OrderPaymentVoided(facts)),
            Step::PartiallyFulfilled => tx.emit(&OrderPartiallyFulfilled(facts)),
            Step::Fulfilled => tx.emit(&OrderFulfilled(facts)),
            Step::Completed => tx.emit(&OrderCompleted(facts)),
            Step::Cancelled => tx.emit(&OrderCancelled(facts)),
            Step::PartiallyRefunded => tx.emit(&OrderPartiallyRefunded(facts)),
            Step::Refunded => tx.emit(&OrderRefunded(facts)),
        }
    }
}

/// What an action means to others, beside what follows from it: money that goes back, an order that completes itself.
fn steps(before: State, action: Action, after: State) -> Vec<Step> {
    let step = match action {
        Action::Authorize => Step::Authorized,
        Action::Capture | Action::MarkPaid => Step::Paid,
        Action::PaymentFailed => Step::PaymentFailed,
        Action::Void => Step::PaymentVoided,
        Action::FulfilPartially => Step::PartiallyFulfilled,
        Action::Fulfil => Step::Fulfilled,
        Action::Cancel => Step::Cancelled,
        Action::RefundPartially => Step::PartiallyRefunded,
        Action::Refund => Step::Refunded,
        Action::Complete => Step::Completed,
    };
    let mut steps = vec![step];
    if step == Step::Cancelled && before.payment != after.payment && after.payment == PaymentStatus::Refunded {
        steps.push(Step::Refunded);
    }
    if step != Step::Completed && before.order != after.order && after.order == OrderStatus::Completed {
        steps.push(Step::Completed);
    }
    steps
}

#[cfg(test)]
mod tests {
    use orion_rules::order_state::apply;
    use orion_types::status::FulfilmentStatus;

    use super::*;

    /// Every way that the table of transitions allows.
    fn transitions() -> Vec<(State, Action, State)> {
        let mut found = Vec::new();
        for order in OrderStatus::ALL {
            for payment in PaymentStatus::ALL {
                for fulfilment in FulfilmentStatus::ALL {
                    let before = State {
                        order: *order,
                        payment: *payment,
                        fulfilment: *fulfilment,
                    };
                    let after = |action: &Action| apply(before, *action).ok().map(|after| (before, *action, after));
                    found.extend(Action::ALL.iter().filter_map(after));
                }
            }
        }
        found
    }

    #[test]
    fn every_transition_that_changes_a_state_is_told() {
        let transitions = transitions();
        assert!(transitions.len() > 50, "{}", transitions.len());
        for (before, action, after) in transitions {
            let steps = steps(before, action, after);
            let told = |step: Step| steps.contains(&step);
            let changed = before.payment != after.payment;
            assert_eq!(
                told(Step::Paid),
                changed && after.payment == PaymentStatus::Paid,
                "{before:?} {action}"
            );
            assert_eq!(
                told(Step::Refunded),
                changed && after.payment == PaymentStatus::Refunded,
                "{before:?} {action}"
            );
            let changed = before.order != after.order;
            assert_eq!(
                told(Step::Cancelled),
                changed && after.order == OrderStatus::Cancelled,
                "{before:?} {action}"
            );
            assert_eq!(
                told(Step::Completed),
                changed && after.order == OrderStatus::Completed,
                "{before:?} {action}"
            );
            assert_eq!(
                told(Step::Fulfilled),
                before.fulfilment != after.fulfilment && after.fulfilment == FulfilmentStatus::Fulfilled
            );
        }
    }
}
