//! A module is one declaration of data; the registry holds all of them and refuses a set that does not fit together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use orion_types::catalog::CategorySummary;
use orion_types::opening::OpeningCheck;
use orion_types::status::ModuleTier;
use orion_types::{CustomerId, ImageId, PlatformId};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::config::Config;
use crate::conversion::PriceHooks;
use crate::db::{DbError, PlatformTx, StoreTx, VariantsSaved};
use crate::event::EventHandler;
use crate::export::ExportSource;
use crate::gate::KeyBook;
use crate::health::HealthCheck;
use crate::job::JobHandler;
use crate::offer::{BoughtBy, InCarts};
use crate::problem::ProblemKind;

/// Registers handlers; each registration gives the route and its part of the OpenAPI document.
pub type Configure = fn(&mut ServiceConfig);

/// Where a module answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Routes {
    /// Below `/api/v1/admin`.
    pub admin: Option<Configure>,
    /// Below `/api/v1/store`.
    pub store: Option<Configure>,
    /// Below `/api/v1/storefront`.
    pub storefront: Option<Configure>,
    /// Paths outside the three APIs.
    pub root: Option<Configure>,
}

/// A counter of the metrics.
#[derive(Debug, Clone, Copy)]
pub struct CounterInfo {
    /// Its name, such as `orders_created_total`.
    pub name: &'static str,
    /// What it counts, in a sentence.
    pub help: &'static str,
}

/// Runs when a platform switches the module, in the same transaction: an error leaves the old state.
pub type SwitchHook = fn(&mut PlatformTx, PlatformId) -> Result<(), String>;

/// A setting that a module keeps for each store, in the words of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingInfo {
    /// Its key in the table `store_settings`.
    pub key: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// `string` or `object`.
    pub kind: &'static str,
    /// Most characters of a text.
    pub max_length: Option<usize>,
}

/// A module.
#[derive(Clone, Copy)]
pub struct Module {
    /// Its id: kebab-case, the same in the table, the type of the right and the log.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it gives, in a sentence.
    pub summary: &'static str,
    /// Its version; modules are released together, so it is the program's unless told.
    pub version: &'static str,
    /// Core is always on, optional is switched per platform, internal serves administrators.
    pub tier: ModuleTier,
    /// Modules that must be on before it can be.
    pub requires: &'static [&'static str],
    /// Tables it owns.
    pub tables: &'static [&'static str],
    /// Problems it may answer with.
    pub problems: &'static [&'static ProblemKind],
    /// Where it answers.
    pub routes: Routes,
    /// Tags of its operations in the document of the API, each with a sentence; those of the modules that were there first are in `openapi/about.rs`.
    pub tags: &'static [(&'static str, &'static str)],
    /// What a shop or its staff can do with it, in a word or two each.
    pub features: &'static [&'static str],
    /// The settings that it keeps for each store.
    pub settings: &'static [SettingInfo],
    /// Names of the events it publishes.
    pub emits: &'static [&'static str],
    /// Events it reacts to.
    pub events: &'static [EventHandler],
    /// Jobs it runs.
    pub jobs: &'static [JobHandler],
    /// Looks over all stores once an hour and queues what there is to tidy.
    pub hourly: Option<HourlyHook>,
    /// What it can write into a file.
    pub exports: &'static [ExportSource],
    /// How it feels.
    pub health: &'static [HealthCheck],
    /// Counters that it keeps by [`StoreTx::count`].
    pub counters: &'static [CounterInfo],
    /// Runs when it is switched on.
    pub on_enable: Option<SwitchHook>,
    /// Runs when it is switched off.
    pub on_disable: Option<SwitchHook>,
    /// Gives a new store what the module needs there; runs whether it is on or not, so that switching it on later finds it.
    pub on_store_created: Option<StoreHook<()>>,
    /// Keeps stock of variants that were saved.
    pub on_variants_saved: Option<VariantsSaved>,
    /// Brings what a guest has gathered (the cart token's cart) into the account that signs in.
    pub on_customer_login: Option<CustomerLogin>,
    /// Whether something exists that fixes the store's currency.
    pub currency_locked: Option<StoreHook<bool>>,
    /// Its prices, which mean nothing without their currency; asked whether the module is on or not.
    pub prices: Option<PriceHooks>,
    /// Whether something still shows a picture that its product has lost; asked whether the module is on or not.
    pub shows_picture: Option<ShowsPicture>,
    /// Which variants were ordered, asked before what brought them is undone; asked whether the module is on or not.
    pub sold_since: Option<SoldSince>,
    /// What a shop should have of this module before it opens to the world; asked while the module is on.
    pub opening_checks: Option<StoreHook<Vec<OpeningCheck>>>,
    /// Where the module that keeps stock has its levels, as what stands behind `FROM`: a table or a view with `store_id`, `variant_id`, `on_hand`,
    /// `reserved`, and `low` where [`LOW_STOCK`](orion_types::inventory::LOW_STOCK) units or fewer can be sold. The catalogue looks at them in
    /// its own statements, which are about many products at once; without the module there is as much as anybody wants.
    pub stock_levels: Option<&'static str>,
    /// In how many open carts variants lie; those that lie in none are left out.
    pub in_carts: Option<InCarts>,
    /// What customers have bought; who has bought nothing is left out.
    pub bought: Option<BoughtBy>,
    /// The categories of a shop in the order of its navigation, with what they hold.
    pub shop_categories: Option<StoreHook<Vec<CategorySummary>>>,
    /// The API keys of stores, for the gate to look at; one module keeps them.
    pub api_keys: Option<KeyBook>,
}

/// Runs in a transaction across stores; several workers may come to it in the same hour.
pub type HourlyHook = fn(&mut PlatformTx, &Config) -> Result<(), DbError>;

/// Runs in a transaction of a store.
pub type StoreHook<T> = fn(&mut StoreTx) -> Result<T, DbError>;

/// Whether a picture is shown somewhere outside of the catalogue.
pub type ShowsPicture = fn(&mut StoreTx, ImageId) -> Result<bool, DbError>;

/// Those of the variants that were ordered at or after a time, but for orders that were cancelled.
pub type SoldSince = fn(&mut StoreTx, &[Uuid], DateTime<Utc>) -> Result<Vec<Uuid>, DbError>;

/// What happens when a customer signs in with a cart token at hand.
pub type CustomerLogin = fn(&mut StoreTx, CustomerId, Option<&str>) -> Result<(), DbError>;

impl Module {
    /// The moments at which it does something of its own.
    pub fn hooks(&self) -> Vec<&'static str> {
        let hooks = [
            ("hourly", self.hourly.is_some()),
            ("on_enable", self.on_enable.is_some()),
            ("on_disable", self.on_disable.is_some()),
            ("on_store_created", self.on_store_created.is_some()),
            ("on_variants_saved", self.on_variants_saved.is_some()),
            ("on_customer_login", self.on_customer_login.is_some()),
            ("currency_locked", self.currency_locked.is_some()),
            ("prices", self.prices.is_some()),
            ("shows_picture", self.shows_picture.is_some()),
            ("sold_since", self.sold_since.is_some()),
            ("opening_checks", self.opening_checks.is_some()),
            ("stock_levels", self.stock_levels.is_some()),
            ("in_carts", self.in_carts.is_some()),
            ("bought", self.bought.is_some()),
            ("shop_categories", self.shop_categories.is_some()),
            ("api_keys", self.api_keys.is_some()),
        ];
        hooks.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
    }

    /// A module with nothing in it, to be filled by struct update.
    pub const EMPTY: Module = Module {
        id: "",
        name: "",
        summary: "",
        version: env!("CARGO_PKG_VERSION"),
        tier: ModuleTier::Optional,
        requires: &[],
        tables: &[],
        problems: &[],
        routes: Routes {
            admin: None,
            store: None,
            storefront: None,
            root: None,
        },
        tags: &[],
        features: &[],
        settings: &[],
        emits: &[],
        events: &[],
        jobs: &[],
        hourly: None,
        exports: &[],
        health: &[],
        counters: &[],
        on_enable: None,
        on_disable: None,
        on_store_created: None,
        on_variants_saved: None,
        on_customer_login: None,
        currency_locked: None,
        prices: None,
        shows_picture: None,
        sold_since: None,
        opening_checks: None,
        stock_levels: None,
        in_carts: None,
        bought: None,
        shop_categories: None,
        api_keys: None,
    };
}

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
        /// `table`, `problem`, `job`, `health check`, `counter` or `event`.
        what: &'static str,
        /// Its name.
        name: String,
        /// The module that came first.
        first: &'static str,
        /// The module that came second.
        second: &'static str,
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

fn check_claims(modules: &[&'static Module]) -> Result<(), RegistryError> {
    let mut claims: BTreeMap<(&'static str, String), &'static str> = BTreeMap::new();
    for module in modules {
        let tables = module.tables.iter().map(|table| ("table", (*table).to_owned()));
        let problems = module.problems.iter().map(|kind| ("problem", kind.code.to_owned()));
        let jobs = module.jobs.iter().map(|job| ("job", job.kind.to_owned()));
        let checks = module.health.iter().map(|check| ("health check", check.name.to_owned()));
        let counters = module.counters.iter().map(|counter| ("counter", counter.name.to_owned()));
        let events = module.emits.iter().map(|event| ("event", (*event).to_owned()));
        let machinery = jobs.chain(checks).chain(counters).chain(events);
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
}
