//! The log as a file: a row for each field that an entry tells of, so that a spreadsheet can filter by it.

use orion_framework::db::{StoreTx, audit_changes};
use orion_framework::export::{Batch, Cell, ExportError, ExportSource, Reader, Record};
use orion_framework::http::Query;
use orion_framework::problem::ProblemDraft;
use orion_framework::zone::Zone;
use orion_types::audit::{AuditChange, AuditLogQuery};
use orion_types::permission::Permission;
use serde_json::{Value, json};

use crate::queries::{self, EntryFilter, EntryRow};
use crate::service::{filter, zone};

/// Entries of one batch.
const BATCH: usize = 500;

/// How many characters of a value a file holds; spreadsheets take 32,767 in a cell.
const WRITTEN: usize = 32_000;

/// What this module can write out.
pub(crate) static SOURCES: &[ExportSource] = &[ExportSource {
    kind: "audit",
    layout: None,
    right: Permission::AuditRead,
    tables: &["audit_log"],
    columns: &[
        "At",
        "By",
        "Kind",
        "Action",
        "On",
        "Id",
        "Field",
        "Before",
        "After",
        "Address",
        "Request",
        "Impersonation",
    ],
    check: |text| parse(&Zone::default(), text).map(|_| ()),
    count: |_, _| Ok(None),
    read: Reader::Store(read),
}];

fn parse(zone: &Zone, text: &str) -> Result<EntryFilter, ProblemDraft> {
    let query = Query::<AuditLogQuery>::parse(text)?;
    filter(zone, &query)
}

fn read(tx: &mut StoreTx, text: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let filter = EntryFilter {
        after: place.map(serde_json::from_value).transpose()?,
        ..parse(&zone(tx), text)?
    };
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX - 1) + 1;
    let found = queries::list(tx, &filter, limit)?;
    Ok(Batch::cut(found, BATCH, |row| json!(row.id), record))
}

fn record(row: &EntryRow) -> Record {
    let changes = audit_changes(&row.changes, WRITTEN);
    let line = |change: Option<&AuditChange>| {
        let of_change = |text: fn(&AuditChange) -> &str| change.map_or(Cell::Empty, |change| Cell::text(text(change)));
        vec![
            Cell::time(row.created_at),
            Cell::text(&row.actor_label),
            Cell::text(&row.actor_kind),
            Cell::text(&row.action),
            Cell::text(&row.entity),
            row.entity_id.map_or(Cell::Empty, |id| Cell::text(id.to_string())),
            of_change(|change| &change.field),
            of_change(|change| change.before.as_deref().unwrap_or_default()),
            of_change(|change| &change.after),
            Cell::text(row.ip.as_deref().unwrap_or_default()),
            Cell::text(row.request_id.as_deref().unwrap_or_default()),
            row.impersonation_id.map_or(Cell::Empty, |id| Cell::text(id.to_string())),
        ]
    };
    let rows = match changes.as_slice() {
        [] => vec![line(None)],
        changes => changes.iter().map(|change| line(Some(change))).collect(),
    };
    let document = json!({
        "id": row.id, "created_at": row.created_at.to_rfc3339(), "actor": row.actor_label, "actor_kind": row.actor_kind, "action": row.action,
        "entity": row.entity, "entity_id": row.entity_id, "changes": row.changes, "ip": row.ip, "request_id": row.request_id,
        "impersonation_id": row.impersonation_id,
    });
    Record::new(rows, document)
}
