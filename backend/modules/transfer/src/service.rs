//! Exports are asked for, watched and fetched.

use orion_framework::auth::Tokens;
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::export::ExportSource;
use orion_framework::job::JobOptions;
use orion_framework::module::Registry;
use orion_framework::problem::{FORBIDDEN, FieldErrors, ProblemDraft};
use orion_framework::tenancy::StoreContext;
use orion_types::Page;
use orion_types::export::{CreateExport, Export, ExportQuery};
use orion_types::status::MemberRole;
use uuid::Uuid;

use crate::error::TransferError;
use crate::format::Format;
use crate::job::RunExport;
use crate::model::ExportRow;
use crate::queries;

/// Files that a store may have in the making.
const MOST_AT_ONCE: i64 = 5;
/// Longest filter, in bytes.
const LONGEST_FILTER: usize = 2_000;
/// What the seals of links are for.
const PURPOSE: &str = "export";
/// Mails and payments of the store go first.
const PRIORITY: i16 = -10;
/// Attempts at writing a file; each begins anew.
const ATTEMPTS: i32 = 5;

/// What may be written out by somebody with this role, in this store.
pub(crate) fn sources(registry: &Registry, store: &StoreContext, role: MemberRole) -> Vec<&'static ExportSource> {
    let modules = registry.all().iter().filter(|module| store.module_enabled(module.id));
    let sources = modules.flat_map(|module| module.exports);
    sources.filter(|source| role.holds(source.right)).collect()
}

/// The source that a kind and a format name.
pub(crate) fn find_source(registry: &Registry, kind: &str, format: Format) -> Option<&'static ExportSource> {
    let mut all = registry.all().iter().flat_map(|module| module.exports);
    all.find(|source| source.kind == kind && source.layout == format.layout())
}

/// Notes an export and queues its job.
pub(crate) fn create(tx: &mut StoreTx, request: &CreateExport, role: MemberRole) -> Result<ExportRow, TransferError> {
    let source = checked(tx, request, role)?;
    if queries::count_open(tx)? >= MOST_AT_ONCE {
        return Err(TransferError::TooMany);
    }
    let now = tx.now();
    let format: Format = request.format.parse()?;
    let filter = request.filter.trim_start_matches('?').to_owned();
    let day = now.format("%Y-%m-%d");
    let row = ExportRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        kind: source.kind.to_owned(),
        format: format.as_str().to_owned(),
        filter,
        status: "queued".to_owned(),
        done_count: 0,
        total_count: None,
        cut_count: 0,
        file_name: format!("{}-{}-{day}.{}", tx.store().code, source.kind, format.ending()),
        size_bytes: None,
        sha256: None,
        failure: None,
        actor_label: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        finished_at: None,
        expires_at: None,
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
        max_attempts: ATTEMPTS,
        priority: PRIORITY,
        ..JobOptions::default()
    };
    tx.enqueue_with(&RunExport { export_id: row.id }, options);
    Ok(row)
}

/// What is asked for, if it is there, may be had, and its filter is understood.
fn checked(tx: &StoreTx, request: &CreateExport, role: MemberRole) -> Result<&'static ExportSource, TransferError> {
    let modules = tx.modules();
    let mut errors = FieldErrors::default();
    let of_kind: Vec<_> = modules
        .all()
        .iter()
        .filter(|module| tx.module_enabled(module.id))
        .flat_map(|module| module.exports)
        .filter(|source| source.kind == request.kind)
        .collect();
    let Some(first) = of_kind.first() else {
        errors.add("/kind", "unknown", "is nothing that can be written out here");
        errors.into_result()?;
        return Err(TransferError::Gone);
    };
    if !role.holds(first.right) {
        let told = format!("Your role lacks the right {}.", first.right.key());
        return Err(ProblemDraft::new(&FORBIDDEN).detail(told).into());
    }
    let format = request.format.parse::<Format>().ok();
    let source = format.and_then(|format| of_kind.iter().find(|source| source.layout == format.layout()));
    if source.is_none() {
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
    source.copied().ok_or(TransferError::Gone)
}

/// An export, if somebody with this role may see it.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid, role: MemberRole) -> Result<ExportRow, TransferError> {
    let row = queries::get(tx, id)?;
    let modules = tx.modules();
    let allowed = sources(&modules, tx.store(), role);
    if allowed.iter().any(|source| source.kind == row.kind) {
        Ok(row)
    } else {
        Err(orion_framework::db::DbError::NotFound.into())
    }
}

/// The exports that somebody with this role may see, newest first.
pub(crate) fn list(
    tx: &mut StoreTx,
    role: MemberRole,
    query: &ExportQuery,
    link: impl Fn(&ExportRow) -> Option<String>,
) -> Result<Page<Export>, TransferError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    let modules = tx.modules();
    let kinds: Vec<&str> = sources(&modules, tx.store(), role).iter().map(|source| source.kind).collect();
    let rows = queries::list(tx, &kinds, (before, since), limit + 1)?;
    Ok(cursor::page(
        rows,
        limit,
        |row| row.id,
        |row| {
            let link = link(&row);
            row.into_wire(link)
        },
    ))
}

/// The path of a file that is there, below the area's API; the seal is good for this store and this file, until the file is removed.
pub(crate) fn link(tokens: &Tokens, row: &ExportRow) -> Option<String> {
    let until = row.expires_at.filter(|_| row.status == "completed")?;
    let seal = tokens.seal(PURPOSE, &[&row.store_id.to_string(), &row.id.to_string()], until);
    Some(format!("/exports/{}/file?seal={seal}", row.id))
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
