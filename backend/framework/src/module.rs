//! A module is one declaration of data; the registry holds all of them and refuses a set that does not fit together.

mod registry;

use chrono::{DateTime, Utc};
use orion_types::catalog::CategorySummary;
use orion_types::opening::OpeningCheck;
use orion_types::status::ModuleTier;
use orion_types::{CustomerId, ImageId, PlatformId};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub use registry::{Registry, RegistryError};

use crate::auth::{Vault, VaultError};
use crate::conversion::PriceHooks;
use crate::db::{DbError, PlatformTx, StoreTx, VariantsSaved};
use crate::event::EventHandler;
use crate::export::ExportSource;
use crate::gate::{KeyBook, TokenBook};
use crate::health::HealthCheck;
use crate::incoming::IncomingSource;
use crate::job::JobHandler;
use crate::offer::{BoughtBy, InCarts};
use crate::periodic::Periodic;
use crate::problem::ProblemKind;
use crate::retention::Retention;

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
    /// Providers outside that it listens to.
    pub incoming: &'static [IncomingSource],
    /// Jobs it runs.
    pub jobs: &'static [JobHandler],
    /// What it does again and again.
    pub periodic: &'static [Periodic],
    /// How long rows of its tables are kept that have served; what is not named stays.
    pub retention: &'static [Retention],
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
    /// Sends somebody who has made an account a link that proves their address.
    pub on_customer_registered: Option<CustomerRegistered>,
    /// Brings what was gathered with an address into the account of its owner, who has proved to be that; runs whether it is on or not, so that
    /// switching it on later finds it.
    pub on_email_verified: Option<EmailVerified>,
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
    /// The tokens of programs that act for somebody, for the gate to look at; one module keeps them.
    pub program_tokens: Option<TokenBook>,
}

/// Runs in a transaction of a store.
pub type StoreHook<T> = fn(&mut StoreTx) -> Result<T, DbError>;

/// Whether a picture is shown somewhere outside of the catalogue.
pub type ShowsPicture = fn(&mut StoreTx, ImageId) -> Result<bool, DbError>;

/// Those of the variants that were ordered at or after a time, but for orders that were cancelled.
pub type SoldSince = fn(&mut StoreTx, &[Uuid], DateTime<Utc>) -> Result<Vec<Uuid>, DbError>;

/// What happens when a customer signs in with a cart token at hand.
pub type CustomerLogin = fn(&mut StoreTx, CustomerId, Option<&str>) -> Result<(), DbError>;

/// What happens when somebody has made an account.
pub type CustomerRegistered = fn(&mut StoreTx, &Vault, CustomerId) -> Result<(), RegisteredError>;

/// What happens when a customer has proved to read the mails of an address.
pub type EmailVerified = fn(&mut StoreTx, CustomerId, &str) -> Result<(), DbError>;

/// Why it could not happen.
#[derive(Debug, thiserror::Error)]
pub enum RegisteredError {
    /// Something could not be locked away.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for RegisteredError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Module {
    /// The moments at which it does something of its own.
    pub fn hooks(&self) -> Vec<&'static str> {
        let hooks = [
            ("on_enable", self.on_enable.is_some()),
            ("on_disable", self.on_disable.is_some()),
            ("on_store_created", self.on_store_created.is_some()),
            ("on_variants_saved", self.on_variants_saved.is_some()),
            ("on_customer_login", self.on_customer_login.is_some()),
            ("on_customer_registered", self.on_customer_registered.is_some()),
            ("on_email_verified", self.on_email_verified.is_some()),
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
            ("program_tokens", self.program_tokens.is_some()),
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
        incoming: &[],
        jobs: &[],
        periodic: &[],
        retention: &[],
        exports: &[],
        health: &[],
        counters: &[],
        on_enable: None,
        on_disable: None,
        on_store_created: None,
        on_variants_saved: None,
        on_customer_login: None,
        on_customer_registered: None,
        on_email_verified: None,
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
        program_tokens: None,
    };
}
