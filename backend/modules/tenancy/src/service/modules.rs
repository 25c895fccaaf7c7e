//! Module switches of a platform.

use std::collections::BTreeSet;
use std::sync::Arc;

use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::module::Registry;
use orion_types::PlatformId;
use orion_types::module::ModuleState;
use orion_types::status::ModuleTier;

use super::switch_plan::{Switch, plan};
use crate::error::TenancyError;
use crate::model::Scope;
use crate::queries::platforms;

/// Every module of this build as a platform sees it, required ones first.
pub(crate) fn list(tx: &mut PlatformTx, registry: &Registry, platform: PlatformId) -> Result<Vec<ModuleState>, DbError> {
    platforms::find_platform(tx.conn(), platform.0)?.ok_or(DbError::NotFound)?;
    let on = enabled(tx, registry, platform)?;
    let owned = |ids: &[&'static str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Ok(registry
        .all()
        .iter()
        .map(|module| ModuleState {
            id: module.id.to_owned(),
            name: module.name.to_owned(),
            summary: module.summary.to_owned(),
            tier: module.tier,
            enabled: on.contains(module.id),
            requires: owned(module.requires),
            dependants: registry
                .dependants(module.id)
                .into_iter()
                .filter(|id| on.contains(*id))
                .map(str::to_owned)
                .collect(),
        })
        .collect())
}

/// The modules that are on: those that always are, and those switched on. A row of a module that this build lacks does not count.
fn enabled(tx: &mut PlatformTx, registry: &Registry, platform: PlatformId) -> Result<BTreeSet<String>, DbError> {
    let scope = Scope::Platforms(vec![platform.0]);
    let mut on = platforms::list_enabled(tx.conn(), &scope)?.remove(&platform.0).unwrap_or_default();
    for stale in on.iter().filter(|id| registry.get(id).is_none()) {
        tracing::warn!(module = %stale, platform_id = %platform, "a switch names a module that is not part of this build");
    }
    on.retain(|id| registry.get(id).is_some_and(|module| module.tier == ModuleTier::Optional));
    on.extend(registry.always_on());
    Ok(on)
}

/// Switches a module and, with `cascade`, what has to go with it. All of it happens or nothing.
pub(crate) fn switch(
    tx: &mut PlatformTx,
    registry: &Arc<Registry>,
    platform: PlatformId,
    module: &str,
    switch: Switch,
) -> Result<Vec<ModuleState>, TenancyError> {
    platforms::lock_platform(tx.conn(), platform.0)?.ok_or(DbError::NotFound)?;
    let on = enabled(tx, registry, platform)?;
    let steps = plan(registry, &on, module, switch).ok_or(DbError::NotFound)??;
    if steps.is_empty() {
        tx.no_audit("the module is in the state that was asked for");
        return Ok(list(tx, registry, platform)?);
    }
    for step in steps {
        move_switch(tx, registry, platform, step, switch.enable)?;
    }
    tx.invalidate_tenants();
    Ok(list(tx, registry, platform)?)
}

/// One switch with its hook. The hook runs first: what it refuses was never on.
pub(super) fn move_switch(
    tx: &mut PlatformTx,
    registry: &Registry,
    platform: PlatformId,
    id: &'static str,
    enable: bool,
) -> Result<(), TenancyError> {
    let module = registry.get(id).ok_or(DbError::NotFound)?;
    let hook = if enable { module.on_enable } else { module.on_disable };
    if let Some(hook) = hook {
        hook(tx, platform).map_err(|reason| TenancyError::ModuleRefused { module: id, reason })?;
    }
    let (by, at) = (tx.actor().id, tx.now());
    platforms::set_switch(
        tx.conn(),
        &platforms::SetSwitch {
            platform: platform.0,
            module: id,
            enabled: enable,
            by,
            at,
        },
    )?;
    let action = if enable { "module.enabled" } else { "module.disabled" };
    tx.audit(None, AuditEntry::new(action, "platform_modules", platform.0).note("module", id));
    Ok(())
}
