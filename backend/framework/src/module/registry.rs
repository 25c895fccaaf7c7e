//! All modules of a build; a set that does not fit together is refused.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use orion_types::status::ModuleTier;

use super::Module;
use crate::event::EventHandler;
use crate::gate::{KeyBook, TokenBook};

/// Why a set of modules does not fit together, in the sentence that a person needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// Two modules share an id.
    #[error("two modules are called {0:?}")]
    Duplicate(&'static str),
    /// A module requires one that is not there.
    #[error("module {module:?} requires {missing:?}, which is not part of this build")]
    Missing {
        /// The one that requires.
        module: &'static str,
        /// The one that is missing.
        missing: &'static str,
    },
    /// Modules require each other in a circle.
    #[error("modules require each other in a circle: {0}")]
    Circle(String),
    /// A core module requires an optional one.
    #[error("core module {module:?} requires {other:?}, which can be switched off")]
    CoreRequiresOptional {
        /// The core module.
        module: &'static str,
        /// The other one.
        other: &'static str,
    },
    /// Two modules claim the same name.
    #[error("{what} {name:?} is claimed by {first:?} and by {second:?}")]
    Claimed {
        /// `table`, `problem`, `job`, `health check`, `counter`, `event`, `periodic work` or `provider`.
        what: &'static str,
        /// Its name.
        name: String,
        /// The module that came first.
        first: &'static str,
        /// The module that came second.
        second: &'static str,
    },
    /// Work is to be done at times that nobody can read.
    #[error("module {module:?} does {name:?} at {cron:?}, which names no time")]
    Never {
        /// The module.
        module: &'static str,
        /// The work.
        name: &'static str,
        /// Its expression.
        cron: &'static str,
    },
    /// A module says how long a table is kept that it does not own.
    #[error("module {module:?} keeps rows of {table:?}, which is not its own")]
    NotItsOwn {
        /// The module.
        module: &'static str,
        /// The table.
        table: &'static str,
    },
}

/// All modules of this build, those required by others first.
#[derive(Clone, Default)]
pub struct Registry {
    modules: Vec<&'static Module>,
}

impl Registry {
    /// Checks that the modules fit together and puts them in order.
    pub fn new(modules: &[&'static Module]) -> Result<Self, RegistryError> {
        let mut by_id = BTreeMap::new();
        for module in modules {
            if by_id.insert(module.id, *module).is_some() {
                return Err(RegistryError::Duplicate(module.id));
            }
        }
        check_requirements(&by_id)?;
        check_claims(modules)?;
        for module in modules {
            check_housekeeping(module)?;
        }
        let mut ordered = Vec::new();
        for module in modules {
            visit(module, &by_id, &mut Vec::new(), &mut ordered)?;
        }
        Ok(Self { modules: ordered })
    }

    /// All modules, those required by others first.
    pub fn all(&self) -> &[&'static Module] {
        &self.modules
    }

    /// What the first module that has it offers.
    pub fn offered<T>(&self, offer: impl Fn(&Module) -> Option<T>) -> Option<T> {
        self.modules.iter().find_map(|module| offer(module))
    }

    /// Who reacts to an event, and the module that must be on for it.
    pub(crate) fn listeners(&self, event: &str) -> impl Iterator<Item = (&'static Module, &'static EventHandler)> {
        let publisher = self.publisher(event);
        let all = self.modules.iter().copied();
        let all = all.flat_map(|module| module.events.iter().map(move |handler| (module, handler)));
        all.filter(move |(_, handler)| handler.hears.includes(event, publisher))
    }

    /// The module that publishes an event.
    fn publisher(&self, event: &str) -> Option<&'static str> {
        let publishes = |module: &&&'static Module| module.emits.contains(&event);
        self.modules.iter().find(publishes).map(|module| module.id)
    }

    /// The module with an id.
    pub fn get(&self, id: &str) -> Option<&'static Module> {
        self.modules.iter().copied().find(|module| module.id == id)
    }

    /// Where the gate looks for API keys.
    pub(crate) fn key_book(&self) -> Option<KeyBook> {
        self.modules.iter().find_map(|module| module.api_keys)
    }

    /// Where the gate looks for tokens of programs that act for somebody.
    pub(crate) fn token_book(&self) -> Option<TokenBook> {
        self.modules.iter().find_map(|module| module.program_tokens)
    }

    /// Ids of the modules that are always on.
    pub fn always_on(&self) -> Vec<String> {
        self.modules
            .iter()
            .filter(|module| module.tier != ModuleTier::Optional)
            .map(|module| module.id.to_owned())
            .collect()
    }

    /// What `id` requires, directly or not, those to be enabled first first.
    pub fn requirements(&self, id: &str) -> Vec<&'static str> {
        let mut wanted = BTreeSet::new();
        self.collect(id, &mut wanted);
        self.modules
            .iter()
            .map(|module| module.id)
            .filter(|module| wanted.contains(module))
            .collect()
    }

    fn collect(&self, id: &str, wanted: &mut BTreeSet<&'static str>) {
        for required in self.get(id).map_or(&[] as &[_], |module| module.requires) {
            if wanted.insert(required) {
                self.collect(required, wanted);
            }
        }
    }

    /// What requires `id`, directly or not, those to be disabled first first.
    pub fn dependants(&self, id: &str) -> Vec<&'static str> {
        let needs = |module: &&&'static Module| self.requirements(module.id).contains(&id);
        self.modules.iter().rev().filter(needs).map(|module| module.id).collect()
    }
}

fn check_requirements(by_id: &BTreeMap<&'static str, &'static Module>) -> Result<(), RegistryError> {
    for module in by_id.values() {
        for required in module.requires {
            let Some(other) = by_id.get(required) else {
                return Err(RegistryError::Missing {
                    module: module.id,
                    missing: required,
                });
            };
            if module.tier == ModuleTier::Core && other.tier != ModuleTier::Core {
                return Err(RegistryError::CoreRequiresOptional {
                    module: module.id,
                    other: required,
                });
            }
        }
    }
    Ok(())
}

/// What is done again and again has a time, and rows are removed by who owns them.
fn check_housekeeping(module: &'static Module) -> Result<(), RegistryError> {
    for periodic in module.periodic {
        if periodic.next(DateTime::UNIX_EPOCH).is_none() {
            return Err(RegistryError::Never {
                module: module.id,
                name: periodic.name,
                cron: periodic.cron,
            });
        }
    }
    match module.retention.iter().find(|retention| !module.tables.contains(&retention.table)) {
        Some(retention) => Err(RegistryError::NotItsOwn {
            module: module.id,
            table: retention.table,
        }),
        None => Ok(()),
    }
}

fn check_claims(modules: &[&'static Module]) -> Result<(), RegistryError> {
    let mut claims: BTreeMap<(&'static str, String), &'static str> = BTreeMap::new();
    for module in modules {
        let tables = module.tables.iter().map(|table| ("table", (*table).to_owned()));
        let problems = module.problems.iter().map(|kind| ("problem", kind.code.to_owned()));
        let jobs = module.jobs.iter().map(|job| ("job", job.kind.to_owned()));
        let checks = module.health.iter().map(|check| ("health check", check.name.to_owned()));
        let counters = module.counters.iter().map(|counter| ("counter", counter.name.to_owned()));
        let events = module.emits.iter().map(|event| ("event", (*event).to_owned()));
        let periodic = module.periodic.iter().map(|periodic| ("periodic work", periodic.name.to_owned()));
        let incoming = module.incoming.iter().map(|source| ("provider", source.name.to_owned()));
        let machinery = jobs.chain(checks).chain(counters).chain(events).chain(periodic).chain(incoming);
        for (what, name) in tables.chain(problems).chain(machinery) {
            if let Some(first) = claims.insert((what, name.clone()), module.id) {
                return Err(RegistryError::Claimed {
                    what,
                    name,
                    first,
                    second: module.id,
                });
            }
        }
    }
    Ok(())
}

fn visit(
    module: &'static Module,
    by_id: &BTreeMap<&'static str, &'static Module>,
    path: &mut Vec<&'static str>,
    ordered: &mut Vec<&'static Module>,
) -> Result<(), RegistryError> {
    if ordered.iter().any(|done| done.id == module.id) {
        return Ok(());
    }
    if path.contains(&module.id) {
        path.push(module.id);
        return Err(RegistryError::Circle(path.join(" → ")));
    }
    path.push(module.id);
    for required in module.requires.iter().filter_map(|id| by_id.get(id)) {
        visit(required, by_id, path, ordered)?;
    }
    path.pop();
    ordered.push(module);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::periodic::Periodic;
    use crate::retention::{Removed, Retention};

    static CATALOG: Module = Module {
        id: "catalog",
        tier: ModuleTier::Core,
        tables: &["products"],
        ..Module::EMPTY
    };
    static PAYMENTS: Module = Module {
        id: "payments",
        ..Module::EMPTY
    };
    static ORDERS: Module = Module {
        id: "orders",
        requires: &["payments", "catalog"],
        ..Module::EMPTY
    };
    static BILLING: Module = Module {
        id: "billing",
        requires: &["orders"],
        ..Module::EMPTY
    };

    #[test]
    fn required_modules_come_first() {
        let registry = Registry::new(&[&BILLING, &ORDERS, &CATALOG, &PAYMENTS]).unwrap();
        let ids: Vec<_> = registry.all().iter().map(|module| module.id).collect();
        assert_eq!(ids, ["payments", "catalog", "orders", "billing"]);
        assert_eq!(registry.requirements("billing"), ["payments", "catalog", "orders"]);
        assert_eq!(registry.dependants("payments"), ["billing", "orders"]);
    }

    #[test]
    fn a_set_that_does_not_fit_is_refused_with_a_sentence() {
        static LOOP_A: Module = Module {
            id: "a",
            requires: &["b"],
            ..Module::EMPTY
        };
        static LOOP_B: Module = Module {
            id: "b",
            requires: &["a"],
            ..Module::EMPTY
        };
        static CORE: Module = Module {
            id: "core",
            tier: ModuleTier::Core,
            requires: &["payments"],
            ..Module::EMPTY
        };
        static THIEF: Module = Module {
            id: "thief",
            tables: &["products"],
            ..Module::EMPTY
        };
        let sentence = |modules: &[&'static Module]| Registry::new(modules).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(sentence(&[&CATALOG, &CATALOG]), r#"two modules are called "catalog""#);
        assert_eq!(
            sentence(&[&BILLING]),
            r#"module "billing" requires "orders", which is not part of this build"#
        );
        assert_eq!(sentence(&[&LOOP_A, &LOOP_B]), "modules require each other in a circle: a → b → a");
        assert_eq!(
            sentence(&[&CORE, &PAYMENTS]),
            r#"core module "core" requires "payments", which can be switched off"#
        );
        assert_eq!(
            sentence(&[&CATALOG, &THIEF]),
            r#"table "products" is claimed by "catalog" and by "thief""#
        );
    }

    #[test]
    fn what_names_no_time_and_who_removes_rows_of_others_is_refused() {
        static NEVER: Module = Module {
            id: "never",
            periodic: &[Periodic {
                name: "never.mind",
                summary: "",
                cron: "at noon",
                run: |_, _| Ok(()),
            }],
            ..Module::EMPTY
        };
        static GREEDY: Module = Module {
            id: "greedy",
            retention: &[Retention {
                table: "products",
                rows: "all",
                kept: chrono::TimeDelta::days(1),
                removed: Removed::Job("greedy.eat"),
            }],
            ..Module::EMPTY
        };
        let refused = |modules: &[&'static Module]| Registry::new(modules).err().map(|error| error.to_string());
        assert_eq!(
            refused(&[&NEVER]).as_deref(),
            Some("module \"never\" does \"never.mind\" at \"at noon\", which names no time")
        );
        assert_eq!(
            refused(&[&CATALOG, &GREEDY]).as_deref(),
            Some("module \"greedy\" keeps rows of \"products\", which is not its own")
        );
    }
}
