//! Which modules have to be switched, and in which order, when somebody asks to switch one.

use std::collections::BTreeSet;

use orion_framework::module::Registry;
use orion_types::status::ModuleTier;

use crate::error::TenancyError;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Switch {
    /// On or off.
    pub(crate) enable: bool,
    /// Also enable what it requires, or disable what depends on it.
    pub(crate) cascade: bool,
}

/// The modules to switch, in order: required ones are enabled first, dependants disabled first. Empty when nothing has to change.
/// `None` when there is no such module.
pub(crate) fn plan(
    registry: &Registry,
    on: &BTreeSet<String>,
    module: &str,
    switch: Switch,
) -> Option<Result<Vec<&'static str>, TenancyError>> {
    let module = registry.get(module)?;
    if module.tier != ModuleTier::Optional {
        return Some(Err(TenancyError::ModuleFixed));
    }
    let is_on = |id: &&'static str| on.contains(*id);
    let (mut others, refuse): (Vec<_>, fn(Vec<&'static str>) -> TenancyError) = if switch.enable {
        (registry.requirements(module.id), TenancyError::ModuleRequires)
    } else {
        (registry.dependants(module.id), TenancyError::ModuleHasDependants)
    };
    others.retain(|id| is_on(id) != switch.enable);
    if is_on(&module.id) == switch.enable && others.is_empty() {
        return Some(Ok(Vec::new()));
    }
    if !others.is_empty() && !switch.cascade {
        return Some(Err(refuse(others)));
    }
    if is_on(&module.id) != switch.enable {
        others.push(module.id);
    }
    Some(Ok(others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_framework::module::Module;

    static CATALOG: Module = Module {
        id: "catalog",
        tier: ModuleTier::Core,
        ..Module::EMPTY
    };
    static PAYMENTS: Module = Module {
        id: "payments",
        ..Module::EMPTY
    };
    static INVENTORY: Module = Module {
        id: "inventory",
        requires: &["catalog"],
        ..Module::EMPTY
    };
    static ORDERS: Module = Module {
        id: "orders",
        requires: &["payments", "inventory", "catalog"],
        ..Module::EMPTY
    };
    static BILLING: Module = Module {
        id: "billing",
        requires: &["orders"],
        ..Module::EMPTY
    };

    fn run(on: &[&str], module: &str, enable: bool, cascade: bool) -> Option<Result<Vec<&'static str>, String>> {
        let registry = Registry::new(&[&BILLING, &ORDERS, &INVENTORY, &PAYMENTS, &CATALOG]).unwrap();
        let on = on.iter().chain(&["catalog"]).map(|id| (*id).to_owned()).collect();
        plan(&registry, &on, module, Switch { enable, cascade }).map(|result| result.map_err(|error| error.to_string()))
    }

    #[test]
    fn what_is_required_is_enabled_first() {
        assert_eq!(
            run(&[], "billing", true, true),
            Some(Ok(vec!["payments", "inventory", "orders", "billing"]))
        );
        assert_eq!(run(&["payments"], "orders", true, true), Some(Ok(vec!["inventory", "orders"])));
    }

    #[test]
    fn what_depends_on_it_is_disabled_first() {
        let all = ["payments", "inventory", "orders", "billing"];
        assert_eq!(run(&all, "payments", false, true), Some(Ok(vec!["billing", "orders", "payments"])));
    }

    #[test]
    fn without_cascade_the_others_are_named() {
        assert_eq!(
            run(&["inventory"], "orders", true, false),
            Some(Err(r#"requires ["payments"]"#.to_owned()))
        );
        let refused = Some(Err(r#"["billing", "orders"] depend on it"#.to_owned()));
        assert_eq!(
            run(&["payments", "inventory", "orders", "billing"], "inventory", false, false),
            refused
        );
    }

    #[test]
    fn what_is_done_already_is_not_done_again() {
        assert_eq!(run(&["payments"], "payments", true, false), Some(Ok(vec![])));
        assert_eq!(run(&[], "payments", false, false), Some(Ok(vec![])));
    }

    #[test]
    fn core_modules_are_fixed_and_unknown_ones_are_not_there() {
        assert_eq!(run(&[], "catalog", false, true), Some(Err("the module is always on".to_owned())));
        assert_eq!(run(&[], "teleport", true, true), None);
    }
}
