//! Rows of this module's tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::{DbError, read_json};
use orion_types::status::{WebhookDeliveryStatus, WebhookOff, WebhookPayload};
use orion_types::webhook::{WebhookAttempt, WebhookDelivery, WebhookEndpoint};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::address::Sees;
use crate::body;
use crate::schema::{webhook_deliveries, webhook_endpoints, webhook_messages};

/// An endpoint.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_endpoints)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct EndpointRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) url: String,
    pub(crate) description: String,
    pub(crate) events: Vec<String>,
    pub(crate) payload: String,
    pub(crate) enabled: bool,
    pub(crate) off_reason: Option<String>,
    pub(crate) off_at: Option<DateTime<Utc>>,
    pub(crate) secret: Vec<u8>,
    pub(crate) previous_secret: Option<Vec<u8>>,
    pub(crate) previous_secret_until: Option<DateTime<Utc>>,
    pub(crate) last_sequence: i64,
    pub(crate) failures: i32,
    pub(crate) failing_since: Option<DateTime<Utc>>,
    pub(crate) paused_until: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

impl EndpointRow {
    /// Whether it is told of an event.
    pub(crate) fn wants(&self, event: &str) -> bool {
        self.events.is_empty() || self.events.iter().any(|wanted| wanted == event)
    }

    /// How much it is told.
    pub(crate) fn payload(&self) -> WebhookPayload {
        // The CHECK of the column allows nothing else.
        self.payload.parse().unwrap_or_default()
    }

    /// The secret before this one, while it signs as well.
    pub(crate) fn previous_secret(&self, now: DateTime<Utc>) -> Option<&[u8]> {
        let until = self.previous_secret_until.filter(|until| now < *until);
        until.and(self.previous_secret.as_deref())
    }

    /// The wire form, for who sees so much of it.
    pub(crate) fn into_wire(self, beside: Beside, sees: Sees, now: DateTime<Utc>) -> WebhookEndpoint {
        WebhookEndpoint {
            payload: self.payload(),
            previous_secret_until: self.previous_secret_until.filter(|until| now < *until).map(Into::into),
            id: self.id.into(),
            url: sees.shown(&self.url),
            description: self.description,
            events: self.events,
            enabled: self.enabled,
            // The CHECK of the column allows nothing else.
            off_reason: self.off_reason.map(|reason| reason.parse().unwrap_or(WebhookOff::Failing)),
            off_at: self.off_at.map(Into::into),
            last_sequence: self.last_sequence,
            waiting_count: beside.waiting,
            last_delivery: beside.newest,
            failing_since: self.failing_since.map(Into::into),
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            version: self.version,
        }
    }
}

/// What an endpoint's deliveries say of it.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// How many wait.
    pub(crate) waiting: i64,
    /// The one with the highest number.
    pub(crate) newest: Option<WebhookDelivery>,
}

/// What happened.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_messages)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct MessageRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) event: String,
    pub(crate) event_version: i32,
    pub(crate) object_id: String,
    pub(crate) occurred_at: DateTime<Utc>,
    pub(crate) data: Value,
    pub(crate) is_test: bool,
    pub(crate) created_at: DateTime<Utc>,
}

/// An event on its way to an endpoint.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_deliveries)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct DeliveryRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) endpoint_id: Uuid,
    pub(crate) message_id: Uuid,
    pub(crate) sequence: i64,
    pub(crate) event: String,
    pub(crate) object_id: String,
    pub(crate) status: String,
    pub(crate) attempts: i32,
    pub(crate) next_at: Option<DateTime<Utc>>,
    pub(crate) tries: Value,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// A delivery and what it delivers.
pub(crate) type Delivery = (DeliveryRow, MessageRow);

/// An attempt as the row keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Try {
    pub(crate) at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<i32>,
    pub(crate) duration_ms: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<String>,
}

impl From<Try> for WebhookAttempt {
    fn from(kept: Try) -> Self {
        Self {
            at: kept.at.into(),
            status: kept.status,
            duration_ms: kept.duration_ms,
            error: kept.error,
            answer: kept.answer,
        }
    }
}

impl DeliveryRow {
    /// Every attempt that is kept, the oldest first.
    pub(crate) fn attempts(&self) -> Result<Vec<WebhookAttempt>, DbError> {
        let tries: Vec<Try> = read_json(self.tries.clone())?;
        Ok(tries.into_iter().map(Into::into).collect())
    }

    /// What is sent.
    pub(crate) fn body(&self, message: &MessageRow, payload: WebhookPayload) -> String {
        let told = body::Told {
            store_id: self.store_id,
            id: message.id,
            event: &message.event,
            version: message.event_version,
            sequence: self.sequence,
            at: message.occurred_at,
            test: message.is_test,
            data: &message.data,
        };
        body::write(&told, payload)
    }

    /// The wire form.
    pub(crate) fn into_wire(self, message: &MessageRow) -> Result<WebhookDelivery, DbError> {
        Ok(WebhookDelivery {
            last_attempt: self.attempts()?.pop(),
            id: self.id.into(),
            endpoint_id: self.endpoint_id.into(),
            message_id: self.message_id,
            sequence: self.sequence,
            event: self.event,
            event_version: message.event_version,
            object_id: self.object_id,
            test: message.is_test,
            // The CHECK of the column allows nothing else.
            status: self.status.parse().unwrap_or(WebhookDeliveryStatus::Failed),
            attempt_count: self.attempts,
            next_attempt_at: self.next_at.map(Into::into),
            occurred_at: message.occurred_at.into(),
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
        })
    }
}
