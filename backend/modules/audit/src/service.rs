//! A store's audit log: narrowed, page by page, and one entry in full.

use std::collections::HashMap;

use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{SHOWN_IN_LISTS, StoreTx, audit_changes};
use orion_framework::impersonation::reasons;
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_framework::zone::Zone;
use orion_types::audit::{AuditEntry, AuditImpersonation, AuditLogQuery};
use orion_types::{ImpersonationId, Page};
use uuid::Uuid;

use crate::error::AuditError;
use crate::queries::{self, EntryFilter, EntryRow};

/// How many characters of a value one entry shows.
const SHOWN_ALONE: usize = 10_000;

/// What a question means in the store's time zone; its place and its limit are read elsewhere.
pub(crate) fn filter(zone: &Zone, query: &AuditLogQuery) -> Result<EntryFilter, ProblemDraft> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let entity = given(&query.entity_id).map(|id| id.parse().map_err(|_| refused("entity_id", "It is the id of a thing.")));
    Ok(EntryFilter {
        action: given(&query.action),
        actor: given(&query.actor),
        entity: entity.transpose()?,
        span: zone.span(given(&query.from).as_deref(), given(&query.to).as_deref())?,
        after: None,
    })
}

fn refused(parameter: &str, detail: &str) -> ProblemDraft {
    ProblemDraft::new(&BAD_QUERY).field(parameter, "invalid", detail)
}

/// The store's time zone.
pub(crate) fn zone(tx: &StoreTx) -> Zone {
    Zone::named(&tx.store().timezone).unwrap_or_default()
}

/// A page of the log, newest first.
///
/// # Errors
/// 400 for a parameter that is not understood.
pub(crate) fn list(tx: &mut StoreTx, query: &AuditLogQuery) -> Result<Page<AuditEntry>, AuditError> {
    let limit = page_limit(query.limit)?;
    let filter = EntryFilter {
        after: cursor::decode(query.cursor.as_deref())?,
        ..filter(&zone(tx), query)?
    };
    let rows = queries::list(tx, &filter, limit + 1)?;
    let (reasons, visits) = (Reasons::of(tx, &rows)?, tx.actor().impersonation.is_some());
    Ok(cursor::page(
        rows,
        limit,
        |row| row.id,
        |row| to_wire(row, &reasons, (SHOWN_IN_LISTS, visits)),
    ))
}

/// One entry with its values in full.
///
/// # Errors
/// Not found where the store has no such entry.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid) -> Result<AuditEntry, AuditError> {
    let row = queries::find(tx, id)?;
    let reasons = Reasons::of(tx, std::slice::from_ref(&row))?;
    let visits = tx.actor().impersonation.is_some();
    Ok(to_wire(row, &reasons, (SHOWN_ALONE, visits)))
}

/// Why administrators were in the dashboard, for what they did there.
struct Reasons(HashMap<Uuid, String>);

impl Reasons {
    fn of(tx: &mut StoreTx, rows: &[EntryRow]) -> Result<Self, AuditError> {
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.impersonation_id).collect();
        let store = tx.store_id();
        Ok(Self(reasons(tx.conn(), &[store], &ids)?.into_iter().collect()))
    }

    fn shown(&self, id: Uuid) -> AuditImpersonation {
        AuditImpersonation {
            id: ImpersonationId(id),
            reason: self.0.get(&id).cloned().unwrap_or_default(),
        }
    }
}

/// Groups of actions whose values an administrator who impersonates is not shown: bank details, keys, programs, and who works for the store. They
/// see that something was done, by whom and when.
const CLOSED_TO_IMPERSONATION: [&str; 9] = [
    "api_key",
    "bank_transfer",
    "connection",
    "invitation",
    "membership",
    "ownership",
    "program",
    "role",
    "webhook_endpoint",
];

/// An entry without its store, which is the one that is asked.
fn to_wire(row: EntryRow, reasons: &Reasons, (shown, visits): (usize, bool)) -> AuditEntry {
    let group = row.action.split('.').next().unwrap_or_default();
    let hidden = visits && CLOSED_TO_IMPERSONATION.contains(&group);
    let changes = if hidden { Vec::new() } else { audit_changes(&row.changes, shown) };
    AuditEntry {
        id: row.id,
        store_id: None,
        store: None,
        actor_kind: row.actor_kind,
        actor: row.actor_label,
        action: row.action,
        entity: row.entity,
        entity_id: row.entity_id,
        changes,
        request_id: row.request_id,
        ip: row.ip,
        impersonation: row.impersonation_id.map(|id| reasons.shown(id)),
        created_at: row.created_at.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_store_and_come_in_their_order() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let asked = |from: &str, to: &str| AuditLogQuery {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            ..AuditLogQuery::default()
        };
        // The clocks go back in this night: the day has 25 hours.
        let day = filter(&zone, &asked("2026-10-25", "2026-10-25")).unwrap();
        let (from, until) = (day.span.from.unwrap(), day.span.until.unwrap());
        assert_eq!(from.to_rfc3339(), "2026-10-24T22:00:00+00:00");
        assert_eq!((until - from).num_hours(), 25);
        for (wrong, pointer) in [(asked("2026-02-30", ""), "from"), (asked("2026-11-02", "2026-11-01"), "to")] {
            let refused = filter(&zone, &wrong).unwrap_err();
            assert!(format!("{refused:?}").contains(pointer), "{refused:?}");
        }
    }
}
