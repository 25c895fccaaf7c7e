//! Exports are asked for, watched and fetched.

use std::iter::once;

use orion_framework::auth::Tokens;
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::export::{ExportError, ExportSource};
use orion_framework::job::JobOptions;
use orion_framework::module::Registry;
use orion_framework::problem::{FORBIDDEN, FieldErrors, ProblemDraft};
use orion_framework::tenancy::StoreContext;
use orion_types::export::{CreateExport, Export, ExportQuery};
use orion_types::permission::Permission;
use orion_types::{Page, RightSet};
use serde_json::json;
use uuid::Uuid;

use crate::archive;
use crate::error::TransferError;
use crate::format::Format;
use crate::job::RunExport;
use crate::model::{ExportRow, Wanted};
use crate::queries;

/// Files that a store may have in the making.
const MOST_AT_ONCE: i64 = 5;
/// Longest filter, in bytes.
const LONGEST_FILTER: usize = 2_000;
/// What the seals of links are for.
const PURPOSE: &str = "export";
/// Mails and payments of the store go first.
const PRIORITY: i16 = -10;

/// What this store can write out: that of the modules that are on.
fn sources(registry: &Registry, store: &StoreContext) -> Vec<&'static ExportSource> {
    let modules = registry.all().iter().filter(|module| store.module_enabled(module.id));
    modules.flat_map(|module| module.exports).collect()
}

/// What goes into an archive of the whole store: everything, each in our own columns.
fn archived(registry: &Registry, store: &StoreContext) -> Vec<&'static ExportSource> {
    let all = sources(registry, store).into_iter();
    all.filter(|source| source.layout.is_none()).collect()
}

/// The kinds of files that somebody with these rights may have here.
fn kinds(registry: &Registry, store: &StoreContext, rights: RightSet) -> Vec<&'static str> {
    let held = sources(registry, store).into_iter().filter(|source| rights.holds(source.right));
    let whole = lacking(&archived(registry, store), rights).is_none();
    held.map(|source| source.kind).chain(whole.then_some(archive::KIND)).collect()
}

/// A right that taking the whole store away asks for and somebody with these rights lacks: its own, and those to everything in it.
fn lacking(archived: &[&'static ExportSource], rights: RightSet) -> Option<Permission> {
    let asked = archived.iter().map(|source| source.right);
    once(Permission::StoreExport).chain(asked).find(|right| !rights.holds(*right))
}

/// What an export was asked to be made of; `None` when it is no longer there.
pub(crate) fn find_wanted(registry: &Registry, store: &StoreContext, row: &ExportRow) -> Result<Option<Wanted>, TransferError> {
    if row.kind == archive::KIND {
        return Ok(Some(Wanted::Store(archived(registry, store))));
    }
    let format: Format = row.format.parse()?;
    let mut all = registry.all().iter().flat_map(|module| module.exports);
    let source = all.find(|source| source.kind == row.kind && source.layout == format.layout());
    Ok(source.map(|source| Wanted::Records(source, format)))
}

/// How many records there are, where that is known in a moment.
pub(crate) fn count(tx: &mut StoreTx, wanted: &Wanted, filter: &str) -> Result<Option<i64>, ExportError> {
    match wanted {
        Wanted::Records(source, _) => (source.count)(tx, filter),
        Wanted::Store(_) => Ok(None),
    }
}

/// Notes an export and queues its job.
pub(crate) fn create(tx: &mut StoreTx, request: &CreateExport, rights: RightSet) -> Result<ExportRow, TransferError> {
    let file = checked(tx, request, rights)?;
    if queries::count_open(tx)? >= MOST_AT_ONCE {
        return Err(TransferError::TooMany);
    }
    let now = tx.now();
    let filter = request.filter.trim_start_matches('?').to_owned();
    let day = now.format("%Y-%m-%d");
    let row = ExportRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        kind: file.kind.to_owned(),
        format: file.format.to_owned(),
        filter,
        status: "queued".to_owned(),
        done_count: 0,
        total_count: None,
        cut_count: 0,
        file_name: format!("{}-{}-{day}.{}", tx.store().code, file.kind, file.ending),
        size_bytes: None,
        sha256: None,
        failure: None,
        actor_label: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        finished_at: None,
        expires_at: None,
        members: json!([]),
        missing_count: 0,
    };
    queries::insert(tx, &row)?;
    tx.audit(
        AuditEntry::new("export.created", "exports", row.id)
            .note("kind", &row.kind)
            .note("format", &row.format)
            .note("filter", &row.filter),
    );
    let options = JobOptions {
        unique_key: Some(row.id.to_string()),
        priority: PRIORITY,
        ..JobOptions::default()
    };
    tx.enqueue_with(&RunExport { export_id: row.id }, options);
    Ok(row)
}

/// A file that may be written.
struct Checked {
    kind: &'static str,
    format: &'static str,
    /// How its name ends.
    ending: &'static str,
}

/// What is asked for, if it is there, may be had, and its filter is understood.
fn checked(tx: &StoreTx, request: &CreateExport, rights: RightSet) -> Result<Checked, TransferError> {
    if request.kind == archive::KIND {
        return checked_archive(tx, request, rights);
    }
    let mut errors = FieldErrors::default();
    let all = sources(&tx.modules(), tx.store()).into_iter();
    let of_kind: Vec<_> = all.filter(|source| source.kind == request.kind).collect();
    let Some(first) = of_kind.first() else {
        errors.add("/kind", "unknown", "is nothing that can be written out here");
        errors.into_result()?;
        return Err(TransferError::Gone);
    };
    if !rights.holds(first.right) {
        return Err(forbidden(first.right));
    }
    let format = request.format.parse::<Format>();
    let format = format
        .ok()
        .filter(|format| of_kind.iter().any(|source| source.layout == format.layout()));
    if format.is_none() {
        errors.add("/format", "unknown", "is no format of this kind of file");
    }
    if request.filter.len() > LONGEST_FILTER {
        errors.add("/filter", "too_long", "is longer than any list's address");
    }
    let filter = request.filter.trim_start_matches('?');
    if let Err(draft) = (first.check)(filter) {
        let told = draft.detail.unwrap_or_else(|| "is not understood".into());
        errors.add("/filter", "invalid", told);
    }
    errors.into_result()?;
    let format = format.ok_or(TransferError::Gone)?;
    Ok(Checked {
        kind: first.kind,
        format: format.as_str(),
        ending: format.ending(),
    })
}

fn checked_archive(tx: &StoreTx, request: &CreateExport, rights: RightSet) -> Result<Checked, TransferError> {
    if let Some(right) = lacking(&archived(&tx.modules(), tx.store()), rights) {
        return Err(forbidden(right));
    }
    let mut errors = FieldErrors::default();
    if request.format != archive::FORMAT {
        errors.add("/format", "unknown", "the whole store is written as zip");
    }
    if !request.filter.is_empty() {
        errors.add("/filter", "invalid", "the whole store is not narrowed");
    }
    errors.into_result()?;
    Ok(Checked {
        kind: archive::KIND,
        format: archive::FORMAT,
        ending: archive::FORMAT,
    })
}

fn forbidden(right: Permission) -> TransferError {
    let told = format!("The right {} is missing.", right.key());
    ProblemDraft::new(&FORBIDDEN).detail(told).into()
}

/// An export, if somebody with these rights may see it.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid, rights: RightSet) -> Result<ExportRow, TransferError> {
    let row = queries::get(tx, id)?;
    let modules = tx.modules();
    if kinds(&modules, tx.store(), rights).contains(&row.kind.as_str()) {
        Ok(row)
    } else {
        Err(orion_framework::db::DbError::NotFound.into())
    }
}

/// The exports that somebody with these rights may see, newest first.
pub(crate) fn list(
    tx: &mut StoreTx,
    rights: RightSet,
    query: &ExportQuery,
    link: impl Fn(&ExportRow) -> Option<String>,
) -> Result<Page<Export>, TransferError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    let modules = tx.modules();
    let kinds = kinds(&modules, tx.store(), rights);
    let rows = queries::list(tx, &kinds, (before, since), limit + 1)?;
    let page = cursor::try_page(
        rows,
        limit,
        |row| row.id,
        |row| {
            let link = link(&row);
            row.into_wire(link)
        },
    )?;
    Ok(page)
}

/// The path of a file that is there, below the area's API; the seal is good for this store and this file, until the file is removed.
pub(crate) fn link(tokens: &Tokens, row: &ExportRow) -> Option<String> {
    let until = row.expires_at.filter(|_| row.status == "completed")?;
    let seal = tokens.seal(PURPOSE, &[&row.store_id.to_string(), &row.id.to_string()], until);
    Some(format!("/exports/{}/file?seal={seal}", row.id))
}

/// What a browser is told that a file is.
pub(crate) fn content_type(row: &ExportRow) -> Result<&'static str, TransferError> {
    if row.format == archive::FORMAT {
        return Ok("application/zip");
    }
    let format: Format = row.format.parse()?;
    Ok(format.content_type())
}

/// Whether a seal opens this file of this store.
pub(crate) fn opens(tokens: &Tokens, store: &StoreContext, id: Uuid, seal: &str) -> bool {
    tokens.is_sealed(PURPOSE, &[&store.id.to_string(), &id.to_string()], seal)
}

/// Notes that a file was fetched, and gives what its answer needs.
pub(crate) fn fetched(tx: &mut StoreTx, id: Uuid) -> Result<ExportRow, TransferError> {
    let row = queries::get(tx, id)?;
    if row.status != "completed" {
        return Err(TransferError::Gone);
    }
    let entry = AuditEntry::new("export.fetched", "exports", id);
    tx.audit(entry.note("kind", &row.kind).note("asked_for_by", &row.actor_label));
    Ok(row)
}
