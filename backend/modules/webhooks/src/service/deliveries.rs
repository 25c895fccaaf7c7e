//! Deliveries: looked at, asked for again, and tests.

use orion_events::EventInfo;
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::{BAD_QUERY, FieldErrors, INVALID, ProblemDraft};
use orion_types::Page;
use orion_types::status::WebhookDeliveryStatus;
use orion_types::webhook::{WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryQuery, WebhookHeader, WebhookReplay};
use serde_json::Value;
use uuid::Uuid;

use super::events;
use crate::address::Sees;
use crate::deliver;
use crate::error::WebhookError;
use crate::model::{DeliveryRow, EndpointRow, MessageRow};
use crate::queries::deliveries::{self, Wanted};
use crate::queries::endpoints;
use crate::queries::told::{self, Numbered};

/// The deliveries of an endpoint, the newest number first.
pub(crate) fn list(tx: &mut StoreTx, endpoint: Uuid, query: &WebhookDeliveryQuery) -> Result<Page<WebhookDelivery>, WebhookError> {
    let limit = page_limit(query.limit)?;
    let wanted = Wanted {
        status: status(query.status.as_deref())?,
        event: query.event.clone().filter(|event| !event.is_empty()),
        object_id: query.object_id.clone().filter(|object| !object.is_empty()),
        since: cursor::since(query.updated_since.as_deref())?,
        before: cursor::decode::<i64>(query.cursor.as_deref())?,
    };
    endpoints::get(tx, endpoint)?;
    let rows = deliveries::list(tx, endpoint, &wanted, limit + 1)?;
    let page = cursor::try_page(rows, limit, |(row, _)| row.sequence, |(row, message)| row.into_wire(&message))?;
    Ok(page)
}

fn status(text: Option<&str>) -> Result<Option<&'static str>, ProblemDraft> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    match text.parse::<WebhookDeliveryStatus>() {
        Ok(status) => Ok(Some(status.as_str())),
        Err(_) => Err(ProblemDraft::new(&BAD_QUERY).field("status", "not_allowed", "is no such status")),
    }
}

/// A delivery with what is sent and what came back.
pub(crate) fn read(tx: &mut StoreTx, (endpoint, id): (Uuid, Uuid), sees: Sees) -> Result<WebhookDeliveryDetail, WebhookError> {
    let target = endpoints::get(tx, endpoint)?;
    let (row, message) = deliveries::get(tx, endpoint, id)?;
    let header = |(name, value): (&str, String)| WebhookHeader {
        name: name.to_owned(),
        value,
    };
    Ok(WebhookDeliveryDetail {
        id: row.id.into(),
        headers: deliver::headers(message.id, &message.event).map(header).into(),
        body: row.body(&message, target.payload()),
        url: sees.shown(&target.url),
        attempts: row.attempts()?,
        delivery: row.into_wire(&message)?,
    })
}

/// An endpoint that something can be sent to, held until the transaction ends.
fn lock_on(tx: &mut StoreTx, id: Uuid) -> Result<EndpointRow, WebhookError> {
    let row = endpoints::lock(tx, id)?;
    if row.enabled { Ok(row) } else { Err(WebhookError::Off) }
}

/// Sends a delivery again, whatever became of it: with the same id and number.
pub(crate) fn redeliver(tx: &mut StoreTx, endpoint: Uuid, id: Uuid) -> Result<WebhookDelivery, WebhookError> {
    lock_on(tx, endpoint)?;
    deliveries::get(tx, endpoint, id)?;
    deliveries::again(tx, id)?;
    deliver::enqueue(tx, endpoint)?;
    tx.audit(AuditEntry::new("webhook_delivery.sent_again", "webhook_deliveries", id));
    let (row, message) = deliveries::get(tx, endpoint, id)?;
    Ok(row.into_wire(&message)?)
}

/// Sends everything from a number on again.
pub(crate) fn replay(tx: &mut StoreTx, endpoint: Uuid, from: i64) -> Result<WebhookReplay, WebhookError> {
    let row = lock_on(tx, endpoint)?;
    let mut errors = FieldErrors::default();
    if from < 1 || from > row.last_sequence {
        let told = format!("is none of its numbers, which go from 1 to {}", row.last_sequence);
        errors.add("/from_sequence", "out_of_range", told);
    }
    errors.into_result()?;
    let queued = deliveries::replay(tx, endpoint, from)?;
    deliver::enqueue(tx, endpoint)?;
    tx.audit(
        AuditEntry::new("webhook_endpoint.replayed", "webhook_endpoints", endpoint)
            .note("from_sequence", from)
            .note("queued", queued),
    );
    Ok(WebhookReplay {
        from_sequence: from,
        queued_count: i64::try_from(queued).unwrap_or(i64::MAX),
    })
}

/// Sends the example of an event, with the next number.
pub(crate) fn test(tx: &mut StoreTx, endpoint: Uuid, event: &str) -> Result<WebhookDelivery, WebhookError> {
    let target = lock_on(tx, endpoint)?;
    let unknown = || ProblemDraft::new(&INVALID).field("/event", "unknown", "is no event that can be chosen");
    let known = events::find(event).ok_or_else(unknown)?;
    let message = example(tx, known);
    let numbered = Numbered {
        id: tx.new_id(),
        endpoint,
        sequence: target.last_sequence + 1,
        message: &message,
    };
    endpoints::set_sequence(tx, endpoint, numbered.sequence)?;
    told::insert(tx, &[&message], &[numbered])?;
    deliver::enqueue(tx, endpoint)?;
    let entry = AuditEntry::new("webhook_endpoint.tested", "webhook_endpoints", endpoint);
    tx.audit(entry.note("event", event));
    let (row, message): (DeliveryRow, MessageRow) = deliveries::get(tx, endpoint, numbered.id)?;
    Ok(row.into_wire(&message)?)
}

fn example(tx: &StoreTx, event: &EventInfo) -> MessageRow {
    let id = tx.new_id();
    MessageRow {
        store_id: tx.store_id(),
        id,
        event: event.name.to_owned(),
        event_version: i32::from(event.version),
        // A test waits for nothing, and nothing waits for it.
        object_id: id.to_string(),
        occurred_at: tx.now(),
        data: (event.example)(),
        is_test: true,
        created_at: tx.now(),
    }
}

/// The id of what an event is about, as text; an event without one is about itself.
pub(crate) fn object_of(event: &EventInfo, data: &Value, id: Uuid) -> String {
    match data.get(event.object) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => id.to_string(),
    }
}
