use std::collections::HashSet;

use super::*;
use Action::*;
use orion_types::status::{FulfilmentStatus as F, OrderStatus as O, PaymentStatus as P};

fn every_state() -> Vec<State> {
    let mut states = Vec::new();
    for &order in O::ALL {
        for &payment in P::ALL {
            states.extend(F::ALL.iter().map(|&fulfilment| State {
                order,
                payment,
                fulfilment,
            }));
        }
    }
    states
}

fn successors(state: State) -> Vec<State> {
    allowed_actions(state)
        .into_iter()
        .map(|action| apply(state, action).unwrap())
        .collect()
}

fn reachable_from(start: State) -> HashSet<State> {
    let mut seen = HashSet::from([start]);
    let mut waiting = vec![start];
    while let Some(state) = waiting.pop() {
        waiting.extend(successors(state).into_iter().filter(|next| seen.insert(*next)));
    }
    seen
}

fn after(actions: &[Action]) -> State {
    actions.iter().fold(State::START, |state, action| apply(state, *action).unwrap())
}

#[test]
fn money_and_goods_may_come_in_any_order() {
    let done = State {
        order: O::Completed,
        payment: P::Paid,
        fulfilment: F::Fulfilled,
    };
    assert_eq!(after(&[MarkPaid, Fulfil]), done);
    assert_eq!(after(&[Fulfil, MarkPaid]), done);
    assert_eq!(after(&[Authorize, Capture, FulfilPartially, FulfilPartially, Fulfil]), done);
    assert_eq!(after(&[Authorize, Fulfil, Capture]), done);
    assert_eq!(after(&[PaymentFailed, MarkPaid, Fulfil]), done);
    assert_eq!(after(&[Authorize, Void, Authorize, Capture, Fulfil]), done);
}

#[test]
fn money_or_goods_confirm_an_order() {
    for action in [MarkPaid, Authorize, Fulfil, FulfilPartially] {
        assert_eq!(after(&[action]).order, O::Confirmed, "{action}");
    }
    assert_eq!(after(&[PaymentFailed]).order, O::Pending);
}

#[test]
fn cancelling_settles_the_payment() {
    let payment_after = |before: &[Action]| apply(after(before), Cancel).unwrap().payment;
    assert_eq!(payment_after(&[]), P::Voided);
    assert_eq!(payment_after(&[Authorize]), P::Voided);
    assert_eq!(payment_after(&[MarkPaid]), P::Refunded);
    assert_eq!(payment_after(&[MarkPaid, RefundPartially]), P::Refunded);
    assert_eq!(payment_after(&[MarkPaid, Refund]), P::Refunded);
    assert_eq!(payment_after(&[PaymentFailed]), P::Failed);
    assert_eq!(payment_after(&[Authorize, Void]), P::Voided);
    assert!(after(&[MarkPaid]).holds_money());
    assert!(!after(&[Authorize]).holds_money());
}

#[test]
fn an_order_is_cancelled_only_before_anything_was_shipped() {
    for state in every_state() {
        let open = matches!(state.order, O::Pending | O::Confirmed);
        let expected = open && state.fulfilment == F::Unfulfilled;
        assert_eq!(apply(state, Cancel).is_ok(), expected, "{state:?}");
    }
}

#[test]
fn nothing_happens_to_a_cancelled_order() {
    for state in every_state().into_iter().filter(|state| state.order == O::Cancelled) {
        assert_eq!(allowed_actions(state), [], "{state:?}");
        let refused = apply(state, MarkPaid).unwrap_err();
        assert_eq!(refused, IllegalTransition { state, action: MarkPaid });
    }
}

#[test]
fn a_payment_is_taken_once() {
    for state in every_state() {
        let taken = state.holds_money() || state.payment == P::Refunded;
        for action in [Authorize, Capture, MarkPaid, PaymentFailed, Void] {
            assert!(!(taken && apply(state, action).is_ok()), "{action} in {state:?}");
        }
        for action in [Refund, RefundPartially] {
            assert!(state.holds_money() || apply(state, action).is_err(), "{action} in {state:?}");
        }
    }
}

#[test]
fn goods_leave_only_while_they_may_be_paid() {
    for state in every_state() {
        let lost = matches!(state.payment, P::Failed | P::Voided | P::Refunded);
        for action in [Fulfil, FulfilPartially] {
            let allowed = apply(state, action).is_ok();
            assert!(!(allowed && (lost || state.fulfilment == F::Fulfilled)), "{action} in {state:?}");
        }
    }
}

#[test]
fn what_was_partly_given_back_can_be_closed() {
    let closed = after(&[MarkPaid, FulfilPartially, RefundPartially, Complete]);
    assert_eq!(
        closed,
        State {
            order: O::Completed,
            payment: P::PartiallyRefunded,
            fulfilment: F::PartiallyFulfilled
        }
    );
    assert!(apply(after(&[MarkPaid, FulfilPartially]), Complete).is_err());
    assert!(apply(after(&[MarkPaid]), Complete).is_err());
}

#[test]
fn no_contradiction_can_be_reached() {
    for State {
        order,
        payment,
        fulfilment,
    } in reachable_from(State::START)
    {
        let context = format!("{order} {payment} {fulfilment}");
        match order {
            O::Pending => {
                assert_eq!(fulfilment, F::Unfulfilled, "{context}");
                assert!(matches!(payment, P::Pending | P::Failed), "{context}");
            }
            O::Confirmed => {
                let done = fulfilment == F::Fulfilled && matches!(payment, P::Paid | P::PartiallyRefunded);
                assert!(!done, "{context}");
            }
            O::Completed => {
                assert!(matches!(payment, P::Paid | P::PartiallyRefunded | P::Refunded), "{context}");
                assert_ne!(fulfilment, F::Unfulfilled, "{context}");
            }
            O::Cancelled => {
                assert_eq!(fulfilment, F::Unfulfilled, "{context}");
                assert!(matches!(payment, P::Voided | P::Refunded | P::Failed), "{context}");
            }
        }
    }
}

#[test]
fn no_order_is_ever_stuck() {
    let settled = |state: &State| matches!(state.order, O::Completed | O::Cancelled);
    for state in reachable_from(State::START) {
        assert!(reachable_from(state).iter().any(settled), "{state:?}");
    }
}

#[test]
fn every_action_is_of_use_and_every_row_is_reached() {
    let reachable = reachable_from(State::START);
    for row in table::TRANSITIONS {
        assert!(reachable.iter().any(|state| row.starts_at(*state)), "{}", row.action);
    }
    for action in Action::ALL {
        assert!(table::TRANSITIONS.iter().any(|row| row.action == *action), "{action}");
        assert_eq!(action.as_str().parse::<Action>(), Ok(*action));
    }
    assert!("ship".parse::<Action>().is_err());
}

#[test]
fn a_state_has_one_row_for_an_action() {
    for state in every_state() {
        for action in Action::ALL {
            let rows = table::TRANSITIONS
                .iter()
                .filter(|row| row.action == *action && row.starts_at(state))
                .count();
            assert!(rows <= 1, "{action} in {state:?}");
        }
    }
}

#[test]
fn a_refusal_says_where_the_order_stands() {
    let refused = apply(after(&[Cancel]), Fulfil).unwrap_err();
    let sentence = "fulfil is not possible: the order is cancelled, its payment voided, its fulfilment unfulfilled";
    assert_eq!(refused.to_string(), sentence);
}
