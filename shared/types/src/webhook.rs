//! Webhooks: where a store's events are sent, and what became of each.

use crate::status::{WebhookDeliveryStatus, WebhookOff, WebhookPayload};
use crate::{Timestamp, WebhookDeliveryId, WebhookEndpointId};

/// Endpoints that a store may have.
pub const MAX_WEBHOOK_ENDPOINTS: i64 = 20;
/// Longest address of an endpoint, in characters.
pub const MAX_WEBHOOK_URL: usize = 2_000;
/// Longest description of an endpoint, in characters.
pub const MAX_WEBHOOK_DESCRIPTION: usize = 500;

wire! {
    /// Somewhere that a store's events are sent to.
    pub struct WebhookEndpoint {
        pub id: WebhookEndpointId,
        /// Whoever lacks the right `webhooks.write` sees `?…` in the place of its query, which may hold a secret.
        pub url: String,
        pub description: String,
        /// Names of the events that are sent; empty for all that there are, those of later versions included.
        pub events: Vec<String>,
        pub payload: WebhookPayload,
        /// Whether anything is sent. What is told while it is off is counted in `last_sequence` and not kept.
        pub enabled: bool,
        /// Why it is off where that was nobody's decision here; the owner got a mail about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub off_reason: Option<WebhookOff>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub off_at: Option<Timestamp>,
        /// The number of the newest event for it. Events are numbered from 1 without gaps, for each endpoint by itself.
        pub last_sequence: i64,
        /// Deliveries that wait for their first or next attempt.
        pub waiting_count: i64,
        /// The newest delivery that is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_delivery: Option<WebhookDelivery>,
        /// Since when no delivery has succeeded, where the newest attempts failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub failing_since: Option<Timestamp>,
        /// Until when the secret before this one signs as well.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub previous_secret_until: Option<Timestamp>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// An endpoint with its new secret, which is shown this once.
    pub struct WebhookSecret {
        pub id: WebhookEndpointId,
        /// `whsec_` and the key in base64, as every library for Standard Webhooks takes it.
        pub secret: String,
        pub endpoint: WebhookEndpoint,
    }

    /// Makes an endpoint.
    #[serde(deny_unknown_fields)]
    pub struct CreateWebhookEndpoint {
        /// Where to: `https` and on the public internet.
        pub url: String,
        #[serde(default)]
        pub description: String,
        /// Names of events, as `GET /api/v1/store/webhook-events` lists them; empty for all.
        #[serde(default)]
        pub events: Vec<String>,
        /// `full` unless told.
        #[serde(default)]
        pub payload: WebhookPayload,
        /// On unless told.
        #[serde(default = "yes")]
        pub enabled: bool,
    }

    /// Changes an endpoint; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateWebhookEndpoint {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub url: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub events: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub payload: Option<WebhookPayload>,
        /// Switching it on sends what waits at once.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub enabled: Option<bool>,
    }

    /// Asks for a test.
    #[serde(deny_unknown_fields)]
    pub struct TestWebhookEndpoint {
        /// The event whose example is sent; `test` in its body is true.
        pub event: String,
    }

    /// Asks for deliveries to be sent again.
    #[serde(deny_unknown_fields)]
    pub struct ReplayWebhookEndpoint {
        /// The first number that is sent again; everything after it that is still kept follows.
        pub from_sequence: i64,
    }

    /// What a replay has queued.
    pub struct WebhookReplay {
        pub from_sequence: i64,
        /// Deliveries that wait to be sent again.
        pub queued_count: i64,
    }

    /// An event that can be chosen.
    pub struct WebhookEvent {
        /// Such as `order.placed`.
        pub name: String,
        /// Of the form of its data; it grows when something is taken away or changes its meaning.
        pub version: i32,
        pub summary: String,
        /// The field of the data with the id of what it is about; events of one thing are sent in their order.
        pub object: String,
    }

    /// One event on its way to one endpoint, and what became of it.
    pub struct WebhookDelivery {
        pub id: WebhookDeliveryId,
        pub endpoint_id: WebhookEndpointId,
        /// The `webhook-id`: the same in every attempt and at every endpoint.
        pub message_id: uuid::Uuid,
        pub sequence: i64,
        pub event: String,
        pub event_version: i32,
        /// The id of what the event is about.
        pub object_id: String,
        /// Whether somebody has asked for it to try the endpoint.
        pub test: bool,
        pub status: WebhookDeliveryStatus,
        pub attempt_count: i32,
        /// When it is tried next; behind an earlier event of the same thing it waits for that one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next_attempt_at: Option<Timestamp>,
        /// The newest attempt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_attempt: Option<WebhookAttempt>,
        /// When it happened.
        pub occurred_at: Timestamp,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// An attempt to deliver.
    pub struct WebhookAttempt {
        pub at: Timestamp,
        /// The status of the answer, where one came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<i32>,
        pub duration_ms: i32,
        /// Why it counts as failed, in a sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error: Option<String>,
        /// The beginning of the answer's body, secrets replaced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub answer: Option<String>,
    }

    /// A header of a request.
    pub struct WebhookHeader {
        pub name: String,
        pub value: String,
    }

    /// A delivery with what is sent and every attempt that is kept.
    pub struct WebhookDeliveryDetail {
        pub id: WebhookDeliveryId,
        pub delivery: WebhookDelivery,
        /// Where the next attempt would go to, as of the endpoint.
        pub url: String,
        /// The headers, without those that hold a signature.
        pub headers: Vec<WebhookHeader>,
        /// The body, as it is sent.
        pub body: String,
        /// Up to 20, the oldest first.
        pub attempts: Vec<WebhookAttempt>,
    }
}

query! {
    /// Which page of endpoints.
    pub struct WebhookEndpointQuery {
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// Which deliveries of an endpoint.
    pub struct WebhookDeliveryQuery {
        pub status: Option<String>,
        /// Only of one event, such as `order.placed`.
        pub event: Option<String>,
        /// Only of what has this id.
        pub object_id: Option<String>,
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }
}

fn yes() -> bool {
    true
}
