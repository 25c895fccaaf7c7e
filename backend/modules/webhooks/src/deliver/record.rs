//! What became of deliveries, and what that says of their endpoint.

use chrono::{DateTime, Utc};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_types::status::{WebhookDeliveryStatus, WebhookOff};
use serde_json::json;
use uuid::Uuid;

use super::schedule::{PATIENCE, pause, rest};
use super::send::{Ended, Verdict};
use crate::address::Sees;
use crate::error::WebhookError;
use crate::mail::TellOwner;
use crate::model::EndpointRow;
use crate::queries::due::{self, Due, Outcome};
use crate::queries::endpoints;
use crate::{DELIVERED, FAILED, SWITCHED_OFF};

/// Deliveries that are taken at once, and from an endpoint that has just failed: one shows whether it is back.
const BATCH: (i64, i64) = (128, 1);

/// Notes what became of the last batch, and takes the next where there is one and `more` is wanted.
pub(super) fn turn(tx: &mut StoreTx, endpoint: Uuid, ended: &[Ended], more: bool) -> Result<Option<(EndpointRow, Vec<Due>)>, WebhookError> {
    tx.no_audit("deliveries are their own log");
    let Some(mut row) = endpoints::find_locked(tx, endpoint)? else {
        return Ok(None);
    };
    if !ended.is_empty() {
        note(tx, &mut row, ended)?;
    }
    let now = tx.now();
    if !more || !row.enabled || row.paused_until.is_some_and(|paused| now < paused) {
        return Ok(None);
    }
    let limit = if row.failures > 0 { BATCH.1 } else { BATCH.0 };
    let due = due::take(tx, endpoint, limit)?;
    Ok(if due.is_empty() { None } else { Some((row, due)) })
}

fn note(tx: &mut StoreTx, row: &mut EndpointRow, ended: &[Ended]) -> Result<(), WebhookError> {
    let now = tx.now();
    let outcomes: Vec<Outcome> = ended.iter().map(|ended| outcome(ended, now)).collect();
    due::record(tx, row.id, &outcomes)?;
    for ended in ended {
        tx.count(if ended.verdict == Verdict::Delivered { DELIVERED } else { FAILED });
    }
    let before = row.clone();
    let off = judge(row, ended, now);
    if let Some(reason) = off {
        switch_off(tx, row, reason);
    }
    let state = |row: &EndpointRow| (row.failures, row.failing_since, row.paused_until, row.enabled);
    if state(&before) != state(row) {
        endpoints::update(tx, row)?;
    }
    Ok(())
}

fn outcome(ended: &Ended, now: DateTime<Utc>) -> Outcome {
    let attempts = ended.due.attempts.saturating_add(1);
    let (status, next_at) = match ended.verdict {
        Verdict::Delivered => (WebhookDeliveryStatus::Delivered, None),
        // It waits for the endpoint to be switched on again.
        Verdict::Gone => (WebhookDeliveryStatus::Pending, Some(now)),
        Verdict::Failed(asked) => match pause(attempts, asked) {
            Some(pause) => (WebhookDeliveryStatus::Pending, Some(now + pause)),
            None => (WebhookDeliveryStatus::Failed, None),
        },
    };
    Outcome {
        id: ended.due.id,
        status: status.as_str(),
        attempts,
        next_at,
        attempt: json!([ended.attempt]),
    }
}

/// What a batch says of its endpoint: one success, and it is well; why it is to be switched off, if it is.
fn judge(row: &mut EndpointRow, ended: &[Ended], now: DateTime<Utc>) -> Option<WebhookOff> {
    if ended.iter().any(|ended| ended.verdict == Verdict::Gone) {
        return Some(WebhookOff::Gone);
    }
    if ended.iter().any(|ended| ended.verdict == Verdict::Delivered) {
        row.failures = 0;
        row.failing_since = None;
        row.paused_until = None;
        return None;
    }
    let asked = ended.iter().filter_map(|ended| match ended.verdict {
        Verdict::Failed(asked) => asked,
        _ => None,
    });
    row.failures = row.failures.saturating_add(1);
    row.paused_until = Some(now + rest(row.failures, asked.max()));
    let since = *row.failing_since.get_or_insert(now);
    (since + PATIENCE <= now).then_some(WebhookOff::Failing)
}

fn switch_off(tx: &mut StoreTx, row: &mut EndpointRow, reason: WebhookOff) {
    let now = tx.now();
    row.enabled = false;
    row.off_reason = Some(reason.as_str().to_owned());
    row.off_at = Some(now);
    row.updated_at = now;
    row.version += 1;
    tx.audit(
        AuditEntry::new("webhook_endpoint.switched_off", "webhook_endpoints", row.id)
            .note("url", Sees::Masked.shown(&row.url))
            .note("reason", reason.as_str()),
    );
    tx.count(SWITCHED_OFF);
    tx.enqueue(&TellOwner {
        endpoint_id: row.id,
        off_at: now,
    });
}
