use leptos::prelude::*;
use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use orion_ui::*;

/// The state of an order as a badge.
pub fn order_badge(status: OrderStatus) -> AnyView {
    let (tone, word) = match status {
        OrderStatus::Pending => (Tone::Warning, "Pending"),
        OrderStatus::Confirmed => (Tone::Accent, "Confirmed"),
        OrderStatus::Completed => (Tone::Positive, "Completed"),
        OrderStatus::Cancelled => (Tone::Neutral, "Cancelled"),
    };
    view! { <Badge tone>{word}</Badge> }.into_any()
}

/// The state of a payment in words.
pub fn payment_word(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Pending => "Payment pending",
        PaymentStatus::Authorized => "Authorised",
        PaymentStatus::Paid => "Paid",
        PaymentStatus::PartiallyRefunded => "Partly refunded",
        PaymentStatus::Refunded => "Refunded",
        PaymentStatus::Failed => "Payment failed",
        PaymentStatus::Voided => "Voided",
    }
}

/// The state of an order's payment as a badge.
pub fn payment_badge(status: PaymentStatus) -> AnyView {
    let (tone, hollow) = match status {
        PaymentStatus::Pending => (Tone::Warning, true),
        PaymentStatus::Authorized => (Tone::Accent, true),
        PaymentStatus::Paid => (Tone::Positive, false),
        PaymentStatus::Failed => (Tone::Critical, false),
        PaymentStatus::PartiallyRefunded | PaymentStatus::Refunded | PaymentStatus::Voided => (Tone::Neutral, false),
    };
    view! { <Badge tone hollow>{payment_word(status)}</Badge> }.into_any()
}

/// The state of an order's shipments in words.
pub fn fulfilment_word(status: FulfilmentStatus) -> &'static str {
    match status {
        FulfilmentStatus::Unfulfilled => "Unfulfilled",
        FulfilmentStatus::PartiallyFulfilled => "Partly fulfilled",
        FulfilmentStatus::Fulfilled => "Fulfilled",
    }
}

/// The state of an order's shipments as a badge; of a cancelled order nothing is left to ship, and none is shown.
pub fn fulfilment_badge(order: OrderStatus, status: FulfilmentStatus) -> Option<AnyView> {
    if order == OrderStatus::Cancelled && status == FulfilmentStatus::Unfulfilled {
        return None;
    }
    let (tone, hollow) = match status {
        FulfilmentStatus::Unfulfilled => (Tone::Warning, true),
        FulfilmentStatus::PartiallyFulfilled => (Tone::Accent, true),
        FulfilmentStatus::Fulfilled => (Tone::Positive, false),
    };
    Some(view! { <Badge tone hollow>{fulfilment_word(status)}</Badge> }.into_any())
}
