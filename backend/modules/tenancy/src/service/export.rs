//! The store itself as files: its settings with texts and look, its addresses, and who works for it. Nothing that lets anybody in.

use orion_framework::db::{PlatformTx, StoreTx};
use orion_framework::export::{Batch, Cell, ExportError, ExportSource, Reader, Record, no_filter};
use orion_types::StoreId;
use orion_types::permission::Permission;
use serde_json::{Value, json};

use crate::queries::export::{self, DomainOf, Member, Own};

/// What this module can write out.
pub(crate) static SOURCES: &[ExportSource] = &[
    ExportSource {
        kind: "settings",
        layout: None,
        right: Permission::SettingsRead,
        tables: &["stores", "store_settings", "store_themes"],
        columns: &["Key", "Value"],
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(|tx, _, _| read_settings(tx)),
    },
    ExportSource {
        kind: "domains",
        layout: None,
        right: Permission::SettingsRead,
        tables: &["store_domains", "store_subdomains"],
        columns: &["Host", "Kind", "Status", "Primary", "Since"],
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(|tx, _, _| read_domains(tx)),
    },
    ExportSource {
        kind: "team",
        layout: None,
        right: Permission::StoreExport,
        tables: &["memberships", "users"],
        columns: &["Name", "E-mail", "Role", "Active", "Since"],
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Platform(|tx, store, _| read_team(tx, store)),
    },
];

/// A row per setting. Texts are written as they are, everything else as JSON.
fn read_settings(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let own = export::get_own(tx)?;
    let mut settings = own_settings(&own);
    settings.extend(export::list_settings(tx)?);
    for (name, active, tokens) in export::list_themes(tx)? {
        let key = if active { "theme".to_owned() } else { format!("theme.{name}") };
        settings.push((key, tokens));
    }
    let record = |(key, value): &(String, Value)| {
        let written = match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        Record::new(
            vec![vec![Cell::text(key), Cell::text(written)]],
            json!({ "key": key, "value": value }),
        )
    };
    Ok(Batch::all(settings.iter().map(record).collect()))
}

/// What stands in the store's own row, but for what opens its door.
fn own_settings(own: &Own) -> Vec<(String, Value)> {
    let Own {
        code,
        name,
        status,
        currency,
        prices_include_tax,
        locale,
        timezone,
        contact_email,
        metadata,
        created_at,
        opened_at,
        allowed_origins,
    } = own;
    let settings = [
        ("code", json!(code)),
        ("name", json!(name)),
        ("status", json!(status)),
        ("currency", json!(currency)),
        ("prices_include_tax", json!(prices_include_tax)),
        ("locale", json!(locale)),
        ("timezone", json!(timezone)),
        ("contact_email", json!(contact_email)),
        ("allowed_origins", json!(allowed_origins)),
        ("metadata", json!(metadata)),
        ("created_at", json!(created_at.to_rfc3339())),
        ("opened_at", json!(opened_at.map(|at| at.to_rfc3339()))),
    ];
    settings.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn read_domains(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let record = |row: &DomainOf| {
        let cells = vec![
            Cell::text(&row.host),
            Cell::text(row.kind),
            Cell::text(&row.status),
            Cell::flag(row.is_primary),
            Cell::time(row.created_at),
        ];
        let document = json!({
            "host": row.host, "kind": row.kind, "status": row.status, "primary": row.is_primary, "since": row.created_at.to_rfc3339(),
        });
        Record::new(vec![cells], document)
    };
    let found = export::list_domains(tx)?;
    Ok(Batch::all(found.iter().map(record).collect()))
}

fn read_team(tx: &mut PlatformTx, store: StoreId) -> Result<Batch, ExportError> {
    let record = |member: &Member| {
        let cells = vec![
            Cell::text(&member.name),
            Cell::text(&member.email),
            Cell::text(member.role_name.as_ref().unwrap_or(&member.role)),
            Cell::flag(member.active),
            Cell::time(member.created_at),
        ];
        let document = json!({
            "name": member.name, "email": member.email, "role": member.role, "role_name": member.role_name, "active": member.active, "since": member.created_at.to_rfc3339(),
        });
        Record::new(vec![cells], document)
    };
    let found = export::list_team(tx.conn(), store)?;
    Ok(Batch::all(found.iter().map(record).collect()))
}
