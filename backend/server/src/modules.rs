//! The one list of modules. Optional ones are cargo features, so a build can leave them out.

use orion_framework::module::{Module, Registry, RegistryError};

/// Every module of this build.
pub static ALL: &[&Module] = &[
    &orion_core::MODULE,
    &orion_tenancy::MODULE,
    &orion_catalog::MODULE,
    &orion_customers::MODULE,
    &orion_people::MODULE,
    #[cfg(feature = "payments")]
    &orion_payments::MODULE,
    #[cfg(feature = "inventory")]
    &orion_inventory::MODULE,
    #[cfg(feature = "orders")]
    &orion_orders::MODULE,
    #[cfg(feature = "webhooks")]
    &orion_webhooks::MODULE,
    &orion_keys::MODULE,
    &orion_oauth::MODULE,
    &orion_incoming::MODULE,
    &orion_audit::MODULE,
    &orion_certificates::MODULE,
    &orion_transfer::MODULE,
    &orion_devtools::MODULE,
];

/// The registry of this build, checked.
pub fn registry() -> Result<Registry, RegistryError> {
    Registry::new(ALL)
}
