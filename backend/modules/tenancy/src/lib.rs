//! Module `tenancy`: platforms, module switches, stores, their domains and settings, and the people who run them.

mod error;
mod foreign;
mod model;
mod queries;
mod routes;
mod schema;
mod service;
mod theme;

use chrono::TimeDelta;
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use error::TenancyError;
pub use service::accounts::{NewUser, add_domain, add_member, add_member_as, create_user, find_user, grant_admin, owner_email};
pub use service::change_store::{reactivate_store, suspend_store};
pub use service::create_store::{NewStore, create_store};
pub use service::domains::served_domains;
pub use service::opening::{enter as enter_shop, has_guest_password};
pub use service::own_store::{OwnStore, check_code, count_own_stores, create_own_store, is_code_free};
pub use service::platforms::{NewPlatform, create_platform, modules_on};
pub use service::resolve::{resolve_address, store_codes};
pub use service::setting::{find_setting, lock_setting, name_owner, save_setting};
pub use service::settings::set_settings;
pub use service::staff::{staff_access, staff_rights};
pub use service::storefront::{ShopTexts, active_theme, shop_texts, storefront_info};

/// The module as a type, for gates.
pub struct Tenancy;

impl ModuleMarker for Tenancy {
    const ID: &'static str = "tenancy";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: "tenancy",
    name: "Platforms and stores",
    summary: "Platforms, module switches, stores, domains, settings and the people who run them.",
    tier: ModuleTier::Core,
    tables: &[
        "platforms",
        "platform_modules",
        "users",
        "admin_roles",
        "user_sessions",
        "stores",
        "store_subdomains",
        "store_domains",
        "memberships",
        "store_themes",
        "store_settings",
    ],
    problems: error::PROBLEMS,
    features: &["stores", "domains", "settings", "theme", "teams"],
    emits: orion_events::TENANCY,
    settings: service::settings_check::SETTINGS,
    exports: service::export::SOURCES,
    jobs: service::domains::jobs::JOBS,
    periodic: service::domains::jobs::PERIODIC,
    opening_checks: Some(service::opening::opening_checks),
    retention: &[Retention {
        table: "user_sessions",
        rows: "that have ended by themselves",
        kept: TimeDelta::days(30),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    }],
    routes: Routes {
        admin: Some(routes::admin::configure),
        store: Some(routes::store::configure),
        storefront: Some(routes::storefront::configure),
        root: Some(routes::root::configure),
    },
    ..Module::EMPTY
};
