//! Programs that a store has registered.

use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::http::Expected;
use orion_framework::problem::{FieldErrors, ProblemDraft, STALE};
use orion_types::oauth::{CreateProgram, MAX_PROGRAMS, MAX_REDIRECTS, Program, UpdateProgram};
use orion_types::{Page, validation};
use uuid::Uuid;

use crate::error::OauthError;
use crate::model::ClientRow;
use crate::{queries, redirect};

fn check_redirects(errors: &mut FieldErrors, asked: &[String]) {
    if asked.is_empty() {
        errors.add("/redirect_uris", "required", "names no address: nothing could be answered");
    }
    if asked.len() > MAX_REDIRECTS {
        errors.add("/redirect_uris", "too_many", format!("names more than {MAX_REDIRECTS}"));
    }
    for (place, uri) in asked.iter().enumerate() {
        if let Err((code, told)) = redirect::check(uri) {
            errors.add(format!("/redirect_uris/{place}"), code, told);
        }
    }
}

/// Registers a program.
pub(crate) fn create(tx: &mut StoreTx, asked: &CreateProgram) -> Result<Program, OauthError> {
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(&asked.name)).map(str::to_owned);
    check_redirects(&mut errors, &asked.redirect_uris);
    errors.into_result()?;
    if queries::count_registered(tx)? >= MAX_PROGRAMS {
        return Err(OauthError::TooManyPrograms);
    }
    let (id, now) = (tx.new_id(), tx.now());
    let row = ClientRow {
        store_id: tx.store_id(),
        id,
        client_id: id.to_string(),
        by_document: false,
        name: name.unwrap_or_default(),
        redirect_uris: asked.redirect_uris.clone(),
        created_by: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        version: 1,
    };
    queries::insert_client(tx, &row)?;
    tx.audit(noted("program.created", &row).note("redirect_uris", &row.redirect_uris));
    Ok(row.into_wire())
}

fn noted(action: &'static str, row: &ClientRow) -> AuditEntry {
    AuditEntry::new(action, "oauth_clients", row.id).note("program", &row.name)
}

/// A registered program.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid) -> Result<Program, OauthError> {
    Ok(queries::registered(tx, id)?.into_wire())
}

/// The registered programs, newest first.
pub(crate) fn list(tx: &mut StoreTx) -> Result<Page<Program>, OauthError> {
    let rows = queries::list_registered(tx)?;
    Ok(Page::complete(rows.into_iter().map(ClientRow::into_wire).collect()))
}

/// Changes a program, if nobody else has since it was read.
pub(crate) fn update(tx: &mut StoreTx, (id, expected): (Uuid, Expected), asked: &UpdateProgram) -> Result<Program, OauthError> {
    let mut errors = FieldErrors::default();
    let name = asked.name.as_deref().map(|name| errors.check("/name", validation::name(name)));
    if let Some(redirects) = &asked.redirect_uris {
        check_redirects(&mut errors, redirects);
    }
    errors.into_result()?;
    let before = queries::lock_registered(tx, id)?;
    if before.version != expected {
        return Err(ProblemDraft::new(&STALE).into());
    }
    let mut after = before.clone();
    after.name = name.flatten().map_or(after.name, str::to_owned);
    after.redirect_uris = asked.redirect_uris.clone().unwrap_or(after.redirect_uris);
    if (&before.name, &before.redirect_uris) != (&after.name, &after.redirect_uris) {
        after.updated_at = tx.now();
        after.version += 1;
        queries::update_client(tx, &after)?;
    }
    tx.audit(
        AuditEntry::new("program.updated", "oauth_clients", id)
            .change("name", &before.name, &after.name)
            .change("redirect_uris", &before.redirect_uris, &after.redirect_uris),
    );
    Ok(after.into_wire())
}

/// Takes a program away, and with it all that people let it do.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> Result<(), OauthError> {
    let row = queries::registered(tx, id)?;
    queries::delete_client(tx, id)?;
    tx.audit(noted("program.deleted", &row));
    Ok(())
}
