//! What a module declares, for whoever wants to read it.

use orion_framework::module::{Module, SettingInfo};
use orion_types::menu::{AdminPage, MenuItem, StorePage};
use orion_types::module::{ModuleDefinition, ModuleMenuItem, ModuleSetting};
use orion_types::permission::Permission;

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
        permissions: Permission::of(module.id).collect(),
        menu: menu(module.id),
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

fn menu(module: &str) -> Vec<ModuleMenuItem> {
    let entry = |area: &str, path: &str, item: MenuItem| {
        (item.module == module).then(|| ModuleMenuItem {
            area: area.to_owned(),
            label: item.label.to_owned(),
            path: path.to_owned(),
        })
    };
    let store = StorePage::ALL.iter().filter_map(|page| entry("store", page.path(), page.item()));
    let admin = AdminPage::ALL.iter().filter_map(|page| entry("admin", page.path(), page.item()));
    store.chain(admin).collect()
}
