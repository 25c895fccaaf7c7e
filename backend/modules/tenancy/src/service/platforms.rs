//! Platforms.

use std::collections::BTreeSet;
use std::sync::Arc;

use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::module::Registry;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::{PlatformContext, host};
use orion_types::admin::Platform;
use orion_types::{PlatformId, validation};

use super::modules::move_switch;
use crate::error::TenancyError;
use crate::model::{PlatformRow, Scope};
use crate::queries::platforms;

/// A platform to be made.
#[derive(Debug, Clone)]
pub struct NewPlatform {
    /// Its code, in lower case.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its domain; stores are one label below.
    pub domain: String,
    /// The optional modules that are on from the start; what they require must be among them.
    pub modules: Vec<String>,
}

/// Makes a platform with its switches.
pub fn create_platform(tx: &mut PlatformTx, registry: &Registry, new: &NewPlatform) -> Result<PlatformId, TenancyError> {
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(&new.name)).unwrap_or_default().to_owned();
    let code = errors.check("/code", validation::slug(&new.code)).unwrap_or_default().to_string();
    let domain = domain_of(&new.domain, &mut errors);
    for unknown in new.modules.iter().filter(|id| registry.get(id).is_none()) {
        errors.add("/modules", "unknown_module", format!("{unknown} is not part of this build"));
    }
    errors.into_result()?;
    let domain = domain.unwrap_or_default();
    let id = PlatformId(tx.new_id());
    take_domain(tx, id, &domain)?;
    let row = PlatformRow {
        id: id.0,
        code,
        name,
        domain,
        active: true,
        version: 1,
    };
    let now = tx.now();
    platforms::insert_platform(tx.conn(), &row, now).map_err(taken)?;
    // The registry's order has the required ones first, as hooks expect it.
    for module in registry.all().iter().filter(|module| new.modules.iter().any(|id| id == module.id)) {
        let missing: Vec<_> = registry
            .requirements(module.id)
            .into_iter()
            .filter(|required| is_missing(registry, new, required))
            .collect();
        if !missing.is_empty() {
            return Err(TenancyError::ModuleRequires(missing));
        }
        move_switch(tx, registry, id, module.id, true)?;
    }
    tx.audit(
        None,
        AuditEntry::new("platform.created", "platforms", id.0)
            .note("code", &row.code)
            .note("domain", &row.domain),
    );
    tx.invalidate_tenants();
    Ok(id)
}

/// The domain in the form in which it is compared, where it is one.
pub(super) fn domain_of(typed: &str, errors: &mut FieldErrors) -> Option<String> {
    let domain = host::normalise(typed).map(|domain| domain.into_owned());
    if domain.is_none() {
        errors.add("/domain", "invalid_host", "is not a domain name");
    }
    domain
}

/// Sees to it that a domain is no other platform's and no store's, and stays so until the transaction ends.
pub(super) fn take_domain(tx: &mut PlatformTx, id: PlatformId, domain: &str) -> Result<(), TenancyError> {
    platforms::take_turns(tx.conn())?;
    if let Some(other) = platforms::find_near(tx.conn(), domain, id.0)? {
        let why = format!("collides with the platform at {other}: what lies below a platform's domain are its stores");
        return Err(TenancyError::PlatformTaken { pointer: "/domain", why });
    }
    if let Some(host) = platforms::find_store_domain(tx.conn(), domain)? {
        let why = format!("would take a host from the store whose domain {host} is");
        return Err(TenancyError::PlatformTaken { pointer: "/domain", why });
    }
    Ok(())
}

/// Another platform has the code. (The domain was looked for before.)
pub(super) fn taken(error: diesel::result::Error) -> TenancyError {
    let error = DbError::from(error);
    let has = |pointer| TenancyError::PlatformTaken {
        pointer,
        why: "is that of another platform".to_owned(),
    };
    match error {
        error if error.is_unique("platforms_code") => has("/code"),
        error if error.is_unique("platforms_domain") => has("/domain"),
        error => TenancyError::Db(error),
    }
}

fn is_missing(registry: &Registry, new: &NewPlatform, required: &str) -> bool {
    let always_on = registry.always_on().iter().any(|id| id == required);
    !always_on && !new.modules.iter().any(|id| id == required)
}

/// The platforms inside the scope.
pub(crate) fn list(tx: &mut PlatformTx, registry: &Registry, scope: &Scope) -> Result<Vec<Platform>, DbError> {
    let rows = platforms::list_platforms(tx.conn(), scope)?;
    describe(tx, registry, rows)
}

/// One of them.
pub(crate) fn get(tx: &mut PlatformTx, registry: &Registry, scope: &Scope, id: PlatformId) -> Result<Platform, DbError> {
    let row = platforms::find_platform(tx.conn(), id.0)?.filter(|row| scope.holds(row.id));
    let rows = row.into_iter().collect();
    describe(tx, registry, rows)?.pop().ok_or(DbError::NotFound)
}

/// Rows with what belongs to them, in two statements for any number of them.
fn describe(tx: &mut PlatformTx, registry: &Registry, rows: Vec<PlatformRow>) -> Result<Vec<Platform>, DbError> {
    let stores = platforms::count_stores(tx.conn())?;
    let scope = Scope::Platforms(rows.iter().map(|row| row.id).collect());
    let mut enabled = platforms::list_enabled(tx.conn(), &scope)?;
    Ok(rows
        .into_iter()
        .map(
            |PlatformRow {
                 id,
                 code,
                 name,
                 domain,
                 active,
                 version,
             }| Platform {
                id: PlatformId(id),
                code,
                name,
                domain,
                active,
                store_count: stores.get(&id).copied().unwrap_or(0),
                enabled_modules: enabled
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|id| registry.get(id).is_some())
                    .collect(),
                version,
            },
        )
        .collect())
}

/// A platform as its stores know it, read inside the transaction: it may have been made a moment ago.
pub(super) fn context(tx: &mut PlatformTx, registry: &Registry, id: PlatformId) -> Result<Option<Arc<PlatformContext>>, DbError> {
    let Some(row) = platforms::find_platform(tx.conn(), id.0)? else {
        return Ok(None);
    };
    let mut modules = platforms::list_enabled(tx.conn(), &Scope::Platforms(vec![id.0]))?
        .remove(&id.0)
        .unwrap_or_default();
    modules.extend(registry.always_on());
    let PlatformRow {
        id,
        code,
        name,
        domain,
        active: _,
        version: _,
    } = row;
    Ok(Some(Arc::new(PlatformContext {
        id: PlatformId(id),
        code,
        name,
        domain,
        modules,
    })))
}

/// The ids of the modules that are on for a platform, core ones included.
///
/// # Errors
/// [`DbError::NotFound`] when there is no such platform.
pub fn modules_on(tx: &mut PlatformTx, registry: &Registry, id: PlatformId) -> Result<BTreeSet<String>, DbError> {
    let platform = context(tx, registry, id)?.ok_or(DbError::NotFound)?;
    Ok(platform.modules.clone())
}
