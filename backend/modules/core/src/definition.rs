//! What a module declares, for whoever wants to read it.

use orion_framework::module::{Module, SettingInfo};
use orion_types::module::{ModuleDefinition, ModuleMenuItem, ModuleSetting};

/// A module's declaration on the wire.
pub(crate) fn describe(module: &Module) -> ModuleDefinition {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ModuleDefinition {
        code: module.id.to_owned(),
        name: module.name.to_owned(),
        summary: module.summary.to_owned(),
        version: module.version.to_owned(),
        tier: module.tier,
        requires: owned(module.requires),
        permissions: module.permissions.to_vec(),
        menu: menu(module),
        features: owned(module.features),
        settings: module.settings.iter().map(setting).collect(),
        hooks: owned(&module.hooks()),
        events: owned(module.emits),
        listens_to: module.events.iter().map(|handler| handler.hears.to_string()).collect(),
        jobs: module.jobs.iter().map(|handler| handler.kind.to_owned()).collect(),
        health_checks: module.health.iter().map(|check| check.name.to_owned()).collect(),
    }
}

fn setting(info: &SettingInfo) -> ModuleSetting {
    ModuleSetting {
        key: info.key.to_owned(),
        title: info.title.to_owned(),
        kind: info.kind.to_owned(),
        max_length: info.max_length.and_then(|most| i64::try_from(most).ok()),
    }
}

fn menu(module: &Module) -> Vec<ModuleMenuItem> {
    let item = |area: &str, label: &str, path: &str| ModuleMenuItem {
        area: area.to_owned(),
        label: label.to_owned(),
        path: path.to_owned(),
    };
    let store = module.store_menu.iter().map(|entry| item("store", entry.label, entry.page.path()));
    let admin = module.admin_menu.iter().map(|entry| item("admin", entry.label, entry.page.path()));
    store.chain(admin).collect()
}
