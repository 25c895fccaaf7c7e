//! A new shop is closed to the world until its merchant opens it: what is missing until then, and who may see it before.

use chrono::TimeDelta;
use orion_events::{StoreFacts, StoreOpened};
use orion_framework::auth::AuthError;
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::gate;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_framework::{Services, StoreAccess};
use orion_types::opening::{EnterShop, OpenShop, Opening, OpeningCheck, PreviewLink, SetGuestPassword};
use orion_types::status::StoreStatus;
use serde_json::Value;

use crate::error::TenancyError;
use crate::queries::{opening, settings};

/// How long a link for the shop's own people can be followed, in minutes.
const PREVIEW_MINUTES: i64 = 10;
/// Guests are told the password aloud; the brake does the rest.
const SHORTEST_PASSWORD: usize = 6;
const LONGEST_PASSWORD: usize = 128;

/// Whether the shop is open, and what it should have before it is.
pub(crate) fn read(tx: &mut StoreTx) -> Result<Opening, DbError> {
    let row = opening::get(tx)?;
    Ok(Opening {
        opened_at: row.opened_at.map(Into::into),
        has_password: row.guest_password_hash.is_some(),
        checks: checks(tx)?,
        storefront_url: tx.store().visit_url(),
    })
}

/// What every module that is on asks for, the texts that the law asks for last.
fn checks(tx: &mut StoreTx) -> Result<Vec<OpeningCheck>, DbError> {
    let modules = tx.modules();
    let mut checks = Vec::new();
    for module in modules.all() {
        if let Some(hook) = module.opening_checks.filter(|_| tx.module_enabled(module.id)) {
            checks.extend(hook(tx)?);
        }
    }
    // This module comes first of all, since the others require it, and its texts last in a merchant's head.
    checks.sort_by_key(|check| check.key == LEGAL);
    Ok(checks)
}

const LEGAL: &str = "legal";

/// The module's own part: who is behind the shop, and on which terms it sells.
pub(crate) fn opening_checks(tx: &mut StoreTx) -> Result<Vec<OpeningCheck>, DbError> {
    let texts = settings::list_texts(tx)?;
    let missing: Vec<&str> = [("store.imprint", "who runs the shop"), ("store.terms", "the terms of sale")]
        .into_iter()
        .filter(|(key, _)| texts.get(*key).and_then(Value::as_str).unwrap_or_default().is_empty())
        .map(|(_, told)| told)
        .collect();
    Ok(vec![OpeningCheck {
        key: LEGAL.to_owned(),
        title: "Write the legal texts".to_owned(),
        text: if missing.is_empty() {
            "Customers can read who runs the shop, and the terms of sale.".to_owned()
        } else {
            format!("Not written yet: {}.", missing.join(", "))
        },
        done: missing.is_empty(),
        link: "/settings?tab=legal".to_owned(),
    }])
}

/// Opens the shop to everybody. What is missing must have been named, so that nobody opens without a thing that nobody has seen is missing.
pub(crate) fn open(tx: &mut StoreTx, request: &OpenShop) -> Result<Opening, TenancyError> {
    let row = opening::lock(tx)?;
    if row.opened_at.is_some() {
        tx.no_audit("it is open already");
        return Ok(read(tx)?);
    }
    let (accepted, missing): (Vec<OpeningCheck>, Vec<OpeningCheck>) = checks(tx)?
        .into_iter()
        .filter(|check| !check.done)
        .partition(|check| request.without.contains(&check.key));
    if !missing.is_empty() {
        return Err(TenancyError::NotReady(missing));
    }
    let without: Vec<String> = accepted.into_iter().map(|check| check.key).collect();
    opening::set_opened(tx)?;
    tx.audit(AuditEntry::new("store.opened", "stores", tx.store_id()).note("without", without));
    let store = tx.store();
    let facts = StoreFacts {
        store_id: store.id,
        code: store.code.clone(),
        name: store.name.clone(),
        // Nobody opens a shop that is suspended: its staff may only read.
        status: StoreStatus::Active,
    };
    tx.emit(&StoreOpened(facts));
    tx.touch_catalog();
    tx.tenant_changed();
    Ok(read(tx)?)
}

/// The password as it may be, or why not.
pub(crate) fn check_password(request: &SetGuestPassword) -> Result<Option<&str>, TenancyError> {
    let Some(password) = request.password.as_deref().map(str::trim) else {
        return Ok(None);
    };
    let mut errors = FieldErrors::default();
    let length = password.chars().count();
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) || password.chars().any(char::is_control) {
        let told = format!("needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters");
        errors.add("/password", "invalid_length", told);
    }
    errors.into_result()?;
    Ok(Some(password))
}

/// Keeps the password's hash, or takes it away; whoever came in with the old one is out.
pub(crate) fn set_password(tx: &mut StoreTx, hash: Option<&str>) -> Result<Opening, DbError> {
    let before = opening::lock(tx)?;
    opening::set_password(tx, hash)?;
    let entry = AuditEntry::new("store.guest_password_set", "stores", tx.store_id());
    tx.audit(
        entry
            .change("has_password", before.guest_password_hash.is_some(), hash.is_some())
            .note("guests_out", true),
    );
    tx.tenant_changed();
    read(tx)
}

/// A link for the shop's own people. In path mode the shop is beside the dashboard.
pub(crate) fn preview(services: &Services, context: &RequestContext, store: &StoreContext) -> PreviewLink {
    let until = services.clock.now() + TimeDelta::minutes(PREVIEW_MINUTES);
    let shop = if context.base.is_empty() {
        store.visit_url()
    } else {
        format!("/storefront/{}", store.code)
    };
    PreviewLink {
        url: format!("{shop}/opening?guest={}", gate::invitation(services, store, until)),
        expires_at: until.into(),
    }
}

/// Lets a friend in who knows the password; each try counts for the brake. `true` when there is something to let in to: an open shop needs
/// no cookie.
pub async fn enter(access: &StoreAccess, context: &RequestContext, request: EnterShop) -> Result<bool, TenancyError> {
    let (services, store) = (access.services(), access.store());
    if store.opened {
        return Ok(false);
    }
    let wait = |retry_after| AuthError::TooManyAttempts { retry_after };
    let attempt = services.brake.attempt(store.id.0, "guest", Some(&context.ip)).map_err(wait)?;
    let row = access.read(|tx| Ok::<_, DbError>(opening::get(tx)?)).await?;
    let right = services
        .passwords
        .verify(request.password.trim(), row.guest_password_hash.as_deref(), attempt.is_known())
        .await?;
    if !right {
        return Err(TenancyError::WrongGuestPassword);
    }
    services.brake.succeeded(attempt);
    Ok(true)
}

/// Whether friends have a password for the shop: else there is nothing to ask for.
pub fn has_guest_password(tx: &mut StoreTx) -> Result<bool, DbError> {
    Ok(opening::get(tx)?.guest_password_hash.is_some())
}
