//! Platforms made and changed by administrators: name, domain, on and off. Every server forgets what it knew of platforms with the commit.

use std::sync::Arc;

use orion_framework::Services;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::http::Expected;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::{PlatformContext, RequestContext};
use orion_types::admin::{CreatePlatform, DisablePlatform, Platform, UpdatePlatform};
use orion_types::status::ModuleTier;
use orion_types::{PlatformId, validation};

use super::domains::name;
use super::platforms::{NewPlatform, create_platform, domain_of, get, take_domain, taken};
use crate::error::TenancyError;
use crate::model::{PlatformRow, Scope};
use crate::queries::platforms::{self, PlatformChanges};

/// The longest reason, in characters.
const MAX_REASON: usize = 500;

/// Makes a platform.
///
/// # Errors
/// [`TenancyError::PlatformTaken`], [`TenancyError::ModuleRequires`], and fields that are wrong.
pub(crate) fn create(tx: &mut PlatformTx, services: &Services, asked: CreatePlatform) -> Result<Platform, TenancyError> {
    let registry = &services.modules;
    let CreatePlatform {
        code,
        name,
        domain,
        modules,
    } = asked;
    let mut errors = FieldErrors::default();
    check_domain(services, &domain, &mut errors);
    let all = registry.all().iter().filter(|module| module.tier == ModuleTier::Optional);
    let modules = modules.unwrap_or_else(|| all.map(|module| module.id.to_owned()).collect());
    for core in modules
        .iter()
        .filter_map(|id| registry.get(id))
        .filter(|module| module.tier != ModuleTier::Optional)
    {
        errors.add("/modules", "not_optional", format!("{} is always on", core.id));
    }
    errors.into_result()?;
    let new = NewPlatform {
        code,
        name,
        domain,
        modules,
    };
    let id = create_platform(tx, registry, &new)?;
    Ok(get(tx, registry, &Scope::All, id)?)
}

/// What is asked for in a browser leads somewhere: no address, no name that others register theirs below. Where stores' own domains do not resolve, on
/// a developer's machine, names that are nobody's will do.
fn check_domain(services: &Services, typed: &str, errors: &mut FieldErrors) {
    match name::check(typed) {
        Ok(_) => {}
        Err(("reserved", _)) if !services.config.origin().domains_resolve => {}
        Err((code, told)) => errors.add("/domain", code, told),
    }
}

/// Where a change comes from: the platform of that host, as it was when the request came.
#[derive(Debug, Clone)]
pub(crate) struct Here(Option<Arc<PlatformContext>>);

impl Here {
    /// That of a request; the machine's own name belongs to no platform.
    pub(crate) fn of(context: &RequestContext) -> Self {
        Self(context.platform.clone())
    }

    /// Whoever takes the host away by which they have come might not get in again.
    fn is_not(&self, id: PlatformId, why: &'static str) -> Result<(), TenancyError> {
        if self.0.as_ref().is_some_and(|platform| platform.id == id) {
            return Err(TenancyError::PlatformStays { why });
        }
        Ok(())
    }

    /// Whoever takes another platform's hosts away can come back by their own. It is asked while nobody else changes platforms: of two who have come by
    /// what the other one takes away, the second is told so.
    fn is_left(&self, tx: &mut PlatformTx) -> Result<(), TenancyError> {
        let Some(platform) = &self.0 else {
            return Ok(());
        };
        let present = platforms::find_platform(tx.conn(), platform.id.0)?;
        if present.is_some_and(|row| row.active && row.domain == platform.domain) {
            return Ok(());
        }
        let why =
            "The address by which you have come leads nowhere since a moment ago: sign in at one that does, and look what has changed.";
        Err(TenancyError::PlatformStays { why })
    }
}

/// Those who change platforms take turns, before the row is held as where one is made: nobody waits in a circle, and of the last two one stays.
fn lock(tx: &mut PlatformTx, id: PlatformId) -> Result<PlatformRow, TenancyError> {
    platforms::take_turns(tx.conn())?;
    Ok(platforms::lock_platform(tx.conn(), id.0)?.ok_or(DbError::NotFound)?)
}

/// Changes a platform's name or domain; `version` is what the caller has read.
///
/// # Errors
/// [`TenancyError::Stale`], [`TenancyError::PlatformTaken`], [`TenancyError::PlatformStays`], and fields that are wrong.
pub(crate) fn update(
    tx: &mut PlatformTx,
    services: &Services,
    (here, id, version): (Here, PlatformId, Expected),
    change: &UpdatePlatform,
) -> Result<Platform, TenancyError> {
    let UpdatePlatform { name, domain } = change;
    let mut errors = FieldErrors::default();
    let name = name.as_ref().and_then(|name| errors.check("/name", validation::name(name)));
    let domain = domain.as_ref().and_then(|domain| domain_of(domain, &mut errors));
    errors.into_result()?;
    let row = lock(tx, id)?;
    if row.version != version {
        return Err(TenancyError::Stale);
    }
    let domain = domain.filter(|domain| *domain != row.domain);
    if let Some(domain) = &domain {
        move_domain(tx, services, (&here, id), domain)?;
    }
    if domain.is_none() && name.is_none_or(|name| name == row.name) {
        tx.no_audit("nothing was to be changed");
        return Ok(get(tx, &services.modules, &Scope::All, id)?);
    }
    let changes = PlatformChanges {
        name,
        domain: domain.as_deref(),
        active: None,
    };
    let changed = save(tx, id, &changes)?;
    let entry = AuditEntry::new("platform.updated", "platforms", id.0).note("code", &row.code);
    let entry = entry.change("name", &row.name, &changed.name);
    tx.audit(None, entry.change("domain", &row.domain, &changed.domain));
    Ok(get(tx, &services.modules, &Scope::All, id)?)
}

fn move_domain(tx: &mut PlatformTx, services: &Services, (here, id): (&Here, PlatformId), domain: &str) -> Result<(), TenancyError> {
    let mut errors = FieldErrors::default();
    check_domain(services, domain, &mut errors);
    errors.into_result()?;
    here.is_not(
        id,
        "You have come by its domain, and might not get in again: sign in at the address of another platform, and change it there.",
    )?;
    here.is_left(tx)?;
    take_domain(tx, id, domain)
}

fn save(tx: &mut PlatformTx, id: PlatformId, changes: &PlatformChanges<'_>) -> Result<PlatformRow, TenancyError> {
    let now = tx.now();
    let changed = platforms::update_platform(tx.conn(), id.0, changes, now).map_err(taken)?;
    tx.invalidate_tenants();
    Ok(changed)
}

/// Switches a platform off: none of its hosts leads anywhere, and the work of its stores waits. Nothing is deleted.
///
/// # Errors
/// [`TenancyError::PlatformStays`], and a reason that is missing or too long.
pub(crate) fn disable(
    tx: &mut PlatformTx,
    services: &Services,
    (here, id): (Here, PlatformId),
    asked: &DisablePlatform,
) -> Result<Platform, TenancyError> {
    let mut errors = FieldErrors::default();
    let reason = errors
        .check("/reason", validation::required(&asked.reason, MAX_REASON))
        .unwrap_or_default();
    errors.into_result()?;
    let row = lock(tx, id)?;
    here.is_not(
        id,
        "You have come by its domain: sign in at the address of another platform, and switch it off there.",
    )?;
    here.is_left(tx)?;
    if !platforms::has_other_active(tx.conn(), id.0)? {
        let why = "It is the only platform that is on: without one there is no administration.";
        return Err(TenancyError::PlatformStays { why });
    }
    switch(tx, services, &row, Some(reason))
}

/// Switches a platform on again.
///
/// # Errors
/// When there is no such platform.
pub(crate) fn enable(tx: &mut PlatformTx, services: &Services, id: PlatformId) -> Result<Platform, TenancyError> {
    let row = lock(tx, id)?;
    switch(tx, services, &row, None)
}

/// Off with a reason, on without one.
fn switch(tx: &mut PlatformTx, services: &Services, row: &PlatformRow, off: Option<&str>) -> Result<Platform, TenancyError> {
    let id = PlatformId(row.id);
    if row.active == off.is_none() {
        tx.no_audit("the platform is in the state that was asked for");
        return Ok(get(tx, &services.modules, &Scope::All, id)?);
    }
    let changes = PlatformChanges {
        active: Some(off.is_none()),
        ..PlatformChanges::default()
    };
    let changed = save(tx, id, &changes)?;
    let platform = get(tx, &services.modules, &Scope::All, id)?;
    let action = if off.is_some() { "platform.disabled" } else { "platform.enabled" };
    let entry = AuditEntry::new(action, "platforms", row.id)
        .note("code", &row.code)
        .note("stores", platform.store_count)
        .change("active", row.active, changed.active);
    tx.audit(
        None,
        match off {
            Some(reason) => entry.note("reason", reason),
            None => entry,
        },
    );
    Ok(platform)
}
