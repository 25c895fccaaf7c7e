//! The states of endpoints and deliveries, and their times, in words.

use leptos::prelude::*;
use orion_types::Timestamp;
use orion_types::status::{WebhookDeliveryStatus, WebhookOff, WebhookPayload};
use orion_types::webhook::{WebhookAttempt, WebhookDelivery, WebhookEndpoint};
use orion_ui::*;

/// What is nearer than this is not counted in minutes.
const SOON_MS: i64 = 60_000;

/// The state of an endpoint.
pub fn endpoint_badge(endpoint: &WebhookEndpoint) -> AnyView {
    let (tone, word) = match (endpoint.enabled, endpoint.off_reason) {
        (true, _) if endpoint.failing_since.is_some() => (Tone::Warning, "Failing"),
        (true, _) => (Tone::Positive, "On"),
        (false, Some(WebhookOff::Failing)) => (Tone::Critical, "Switched off after failures"),
        (false, Some(WebhookOff::Gone)) => (Tone::Critical, "Gone"),
        (false, None) => (Tone::Neutral, "Off"),
    };
    let hollow = !endpoint.enabled && endpoint.off_reason.is_none();
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}

/// What became of a delivery.
pub fn delivery_badge(delivery: &WebhookDelivery) -> AnyView {
    let (tone, word, hollow) = match delivery.status {
        WebhookDeliveryStatus::Pending if delivery.attempt_count > 0 => (Tone::Warning, "Retrying", true),
        WebhookDeliveryStatus::Pending => (Tone::Neutral, "Waiting", true),
        WebhookDeliveryStatus::Delivered => (Tone::Positive, "Delivered", false),
        WebhookDeliveryStatus::Failed => (Tone::Critical, "Given up", false),
    };
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}

/// Which events an endpoint hears, in a few words.
pub fn hears(endpoint: &WebhookEndpoint) -> String {
    match endpoint.events.as_slice() {
        [] => "All events".to_owned(),
        [only] => only.clone(),
        several => format!("{} events", several.len()),
    }
}

/// How much of an event is sent.
pub fn payload_words(payload: WebhookPayload) -> &'static str {
    match payload {
        WebhookPayload::Full => "All that it tells",
        WebhookPayload::Thin => "Only the ids",
    }
}

/// What came back: "500 in 12 ms", or why nothing did.
pub fn outcome(attempt: &WebhookAttempt) -> String {
    match (attempt.status, &attempt.error) {
        (Some(status), _) => format!("{status} in {}", duration_words(attempt.duration_ms)),
        (None, Some(error)) => error.clone(),
        (None, None) => format!("No answer in {}", duration_words(attempt.duration_ms)),
    }
}

fn duration_words(milliseconds: i32) -> String {
    if milliseconds < 1_000 {
        format!("{milliseconds} ms")
    } else {
        format!("{} s", fixed(f64::from(milliseconds) / 1_000.0, 1))
    }
}

/// When something is tried next. The clock of relative times counts minutes, and the first pause is five seconds.
pub fn next_attempt(at: &Timestamp) -> AnyView {
    let moment = Moment::from(at.0.clone());
    let left = moment.as_ms() - Moment::now().as_ms();
    if left < SOON_MS {
        let exact = format_date_time(moment, None);
        let words = if left <= 0 { "at once" } else { "within a minute" };
        view! { <time class="ui-time" datetime=at.0.clone() title=exact>{words}</time> }.into_any()
    } else {
        view! { <RelativeTime at=moment/> }.into_any()
    }
}
