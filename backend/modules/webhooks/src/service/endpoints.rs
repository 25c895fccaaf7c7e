//! Endpoints: made, looked at, changed, given another secret, taken away.

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use orion_framework::auth::{Vault, VaultError};
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::http::Expected;
use orion_framework::outbound::Outbound;
use orion_framework::problem::{FieldErrors, ProblemDraft, STALE};
use orion_types::webhook::{
    CreateWebhookEndpoint, MAX_WEBHOOK_DESCRIPTION, MAX_WEBHOOK_ENDPOINTS, UpdateWebhookEndpoint, WebhookEndpoint, WebhookEndpointQuery,
    WebhookSecret,
};
use orion_types::{Page, validation};
use uuid::Uuid;

use super::events;
use crate::address::Sees;
use crate::deliver;
use crate::error::WebhookError;
use crate::model::{Beside, EndpointRow};
use crate::queries::{deliveries, endpoints};
use crate::{Secret, address};

/// How long the secret before a new one signs as well.
const BOTH_SIGN: TimeDelta = TimeDelta::hours(24);

/// What an endpoint is to be, checked.
struct Checked {
    url: Option<String>,
    description: Option<String>,
    events: Option<Vec<String>>,
}

fn check(asked: &UpdateWebhookEndpoint, outbound: &Outbound) -> Result<Checked, ProblemDraft> {
    let mut errors = FieldErrors::default();
    let url = asked.url.as_deref().and_then(|url| match address::check(url, outbound) {
        Ok(url) => Some(url.to_string()),
        Err((code, detail)) => {
            errors.add("/url", code, detail);
            None
        }
    });
    let description = asked.description.as_deref().map(|text| {
        let text = errors.check("/description", validation::optional(text, MAX_WEBHOOK_DESCRIPTION));
        text.flatten().unwrap_or_default().to_owned()
    });
    for (place, name) in asked.events.iter().flatten().enumerate() {
        if events::find(name).is_none() {
            errors.add(format!("/events/{place}"), "unknown", "is no event that can be chosen");
        }
    }
    errors.into_result()?;
    let events = asked.events.as_ref().map(|names| names.iter().cloned().collect::<BTreeSet<_>>());
    Ok(Checked {
        url,
        description,
        events: events.map(|names| names.into_iter().collect()),
    })
}

/// Makes an endpoint. Its secret comes out under lock; see [`reveal`].
pub fn create(tx: &mut StoreTx, asked: CreateWebhookEndpoint, outbound: &Outbound, vault: &Vault) -> Result<WebhookSecret, WebhookError> {
    let CreateWebhookEndpoint {
        url,
        description,
        events,
        payload,
        enabled,
    } = asked;
    let all = UpdateWebhookEndpoint {
        url: Some(url),
        description: Some(description),
        events: Some(events),
        ..UpdateWebhookEndpoint::default()
    };
    let checked = check(&all, outbound)?;
    if endpoints::count(tx)? >= MAX_WEBHOOK_ENDPOINTS {
        return Err(WebhookError::TooMany);
    }
    let (id, now) = (tx.new_id(), tx.now());
    let secret = Secret::random().lock(vault, id)?;
    let row = EndpointRow {
        store_id: tx.store_id(),
        id,
        url: checked.url.unwrap_or_default(),
        description: checked.description.unwrap_or_default(),
        events: checked.events.unwrap_or_default(),
        payload: payload.as_str().to_owned(),
        enabled,
        off_reason: None,
        off_at: None,
        secret,
        previous_secret: None,
        previous_secret_until: None,
        last_sequence: 0,
        failures: 0,
        failing_since: None,
        paused_until: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    endpoints::insert(tx, &row)?;
    tx.audit(
        AuditEntry::new("webhook_endpoint.created", "webhook_endpoints", id)
            .note("url", Sees::Masked.shown(&row.url))
            .note("events", &row.events)
            .note("payload", &row.payload),
    );
    with_secret(tx, row)
}

fn with_secret(tx: &mut StoreTx, row: EndpointRow) -> Result<WebhookSecret, WebhookError> {
    Ok(WebhookSecret {
        id: row.id.into(),
        secret: format!("{}.{}", row.id, STANDARD.encode(&row.secret)),
        endpoint: shown(tx, row, Sees::All)?,
    })
}

/// The secret that an answer holds under lock.
pub fn reveal(vault: &Vault, locked: &str) -> Result<String, WebhookError> {
    let (id, kept) = locked.split_once('.').ok_or(VaultError)?;
    let id: Uuid = id.parse().map_err(|_| VaultError)?;
    let kept = STANDARD.decode(kept).map_err(|_| VaultError)?;
    Ok(Secret::open(vault, id, &kept)?.reveal())
}

fn shown(tx: &mut StoreTx, row: EndpointRow, sees: Sees) -> Result<WebhookEndpoint, WebhookError> {
    let beside = beside(tx, &[row.id])?.remove(&row.id).unwrap_or_default();
    Ok(row.into_wire(beside, sees, tx.now()))
}

/// What their deliveries say of endpoints.
fn beside(tx: &mut StoreTx, ids: &[Uuid]) -> Result<HashMap<Uuid, Beside>, WebhookError> {
    let mut all: HashMap<Uuid, Beside> = HashMap::new();
    for (id, waiting) in endpoints::count_waiting(tx, ids)? {
        all.entry(id).or_default().waiting = waiting;
    }
    for (row, message) in deliveries::newest(tx, ids)? {
        let id = row.endpoint_id;
        all.entry(id).or_default().newest = Some(row.into_wire(&message)?);
    }
    Ok(all)
}

/// An endpoint.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid, sees: Sees) -> Result<WebhookEndpoint, WebhookError> {
    let row = endpoints::get(tx, id)?;
    shown(tx, row, sees)
}

/// The endpoints, newest first.
pub(crate) fn list(tx: &mut StoreTx, query: &WebhookEndpointQuery, sees: Sees) -> Result<Page<WebhookEndpoint>, WebhookError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    let rows = endpoints::list(tx, (before, since), limit + 1)?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut beside, now) = (beside(tx, &ids)?, tx.now());
    let wire = |row: EndpointRow| {
        let beside = beside.remove(&row.id).unwrap_or_default();
        row.into_wire(beside, sees, now)
    };
    Ok(cursor::page(rows, limit, |row| row.id, wire))
}

/// Changes an endpoint, if nobody else has since it was read.
pub(crate) fn update(
    tx: &mut StoreTx,
    (id, expected): (Uuid, Expected),
    asked: &UpdateWebhookEndpoint,
    outbound: &Outbound,
) -> Result<WebhookEndpoint, WebhookError> {
    let checked = check(asked, outbound)?;
    let before = endpoints::lock(tx, id)?;
    if before.version != expected {
        return Err(ProblemDraft::new(&STALE).into());
    }
    let mut after = before.clone();
    after.url = checked.url.unwrap_or(after.url);
    after.description = checked.description.unwrap_or(after.description);
    after.events = checked.events.unwrap_or(after.events);
    after.payload = asked.payload.map_or(after.payload, |payload| payload.as_str().to_owned());
    after.enabled = asked.enabled.unwrap_or(after.enabled);
    let entry = changes(&before, &after);
    if before.enabled != after.enabled {
        after.off_reason = None;
        after.off_at = (!after.enabled).then(|| tx.now());
    }
    if !same(&before, &after) {
        after.updated_at = tx.now();
        after.version += 1;
    }
    let starts = after.enabled && !before.enabled;
    if starts || after.url != before.url {
        begin_anew(&mut after);
    }
    endpoints::update(tx, &after)?;
    if after.enabled && (starts || after.url != before.url) {
        deliveries::hurry(tx, id)?;
        deliver::enqueue(tx, id)?;
    }
    tx.audit(entry);
    shown(tx, after, Sees::All)
}

/// What was learned about the address before is forgotten.
fn begin_anew(row: &mut EndpointRow) {
    row.failures = 0;
    row.failing_since = None;
    row.paused_until = None;
}

fn same(before: &EndpointRow, after: &EndpointRow) -> bool {
    let told = |row: &EndpointRow| {
        (
            row.url.clone(),
            row.description.clone(),
            row.events.clone(),
            row.payload.clone(),
            row.enabled,
        )
    };
    told(before) == told(after)
}

fn changes(before: &EndpointRow, after: &EndpointRow) -> AuditEntry {
    let entry = AuditEntry::new("webhook_endpoint.updated", "webhook_endpoints", after.id);
    let (old, new) = (Sees::Masked.shown(&before.url), Sees::Masked.shown(&after.url));
    let entry = if old == new && before.url != after.url {
        entry.note("url_query", "changed")
    } else {
        entry.change("url", old, new)
    };
    entry
        .change("description", &before.description, &after.description)
        .change("events", &before.events, &after.events)
        .change("payload", &before.payload, &after.payload)
        .change("enabled", before.enabled, after.enabled)
}

/// Takes an endpoint away with everything that was to be sent there.
pub fn delete(tx: &mut StoreTx, id: Uuid) -> Result<(), WebhookError> {
    let row = endpoints::lock(tx, id)?;
    endpoints::delete(tx, id)?;
    let entry = AuditEntry::new("webhook_endpoint.deleted", "webhook_endpoints", id);
    tx.audit(entry.note("url", Sees::Masked.shown(&row.url)));
    Ok(())
}

/// Gives an endpoint another secret; the one before signs beside it for a day. Whatever was before that one ends now.
pub(crate) fn rotate(tx: &mut StoreTx, id: Uuid, vault: &Vault) -> Result<WebhookSecret, WebhookError> {
    let mut row = endpoints::lock(tx, id)?;
    let until = tx.now() + BOTH_SIGN;
    let fresh = Secret::random().lock(vault, id)?;
    row.previous_secret = Some(std::mem::replace(&mut row.secret, fresh));
    row.previous_secret_until = Some(until);
    row.updated_at = tx.now();
    row.version += 1;
    endpoints::update(tx, &row)?;
    let entry = AuditEntry::new("webhook_endpoint.secret_rotated", "webhook_endpoints", id);
    let url = Sees::Masked.shown(&row.url);
    tx.audit(entry.note("url", url).note("previous_until", until.to_rfc3339()));
    with_secret(tx, row)
}
