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

/// The state of an order's payment as a badge.
pub fn payment_badge(status: PaymentStatus) -> AnyView {
    let (tone, word, hollow) = match status {
        PaymentStatus::Pending => (Tone::Warning, "Payment pending", true),
        PaymentStatus::Authorized => (Tone::Accent, "Authorised", true),
        PaymentStatus::Paid => (Tone::Positive, "Paid", false),
        PaymentStatus::PartiallyRefunded => (Tone::Neutral, "Partly refunded", false),
        PaymentStatus::Refunded => (Tone::Neutral, "Refunded", false),
        PaymentStatus::Failed => (Tone::Critical, "Payment failed", false),
        PaymentStatus::Voided => (Tone::Neutral, "Voided", false),
    };
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}

/// The state of an order's shipments as a badge.
pub fn fulfilment_badge(status: FulfilmentStatus) -> AnyView {
    let (tone, word, hollow) = match status {
        FulfilmentStatus::Unfulfilled => (Tone::Warning, "Unfulfilled", true),
        FulfilmentStatus::PartiallyFulfilled => (Tone::Accent, "Partly fulfilled", true),
        FulfilmentStatus::Fulfilled => (Tone::Positive, "Fulfilled", false),
    };
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}
