//! The rights a member of a store's team can have, and which role holds which.

use crate::status::MemberRole;

macro_rules! permissions {
    ($($(#[$meta:meta])* $variant:ident = $key:tt in $module:literal)+) => {
        /// A right in a store's dashboard, named `area.action`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Permission { $($(#[$meta])* #[serde(rename = $key)] $variant,)+ }

        impl Permission {
            /// Every right there is.
            pub const ALL: &'static [Permission] = &[$(Permission::$variant,)+];

            /// The name, such as `orders.read`.
            pub const fn key(self) -> &'static str {
                match self { $(Permission::$variant => $key,)+ }
            }

            /// The module that owns the right; with the module off, nobody holds it.
            pub const fn module(self) -> &'static str {
                match self { $(Permission::$variant => $module,)+ }
            }
        }
    };
}

permissions! {
    /// See the dashboard.
    DashboardRead = "dashboard.read" in "core"
    /// See products, categories and imports.
    ProductsRead = "products.read" in "catalog"
    /// Create, edit, publish and archive products.
    ProductsWrite = "products.write" in "catalog"
    /// Import products from a file.
    ProductsImport = "products.import" in "catalog"
    /// See orders.
    OrdersRead = "orders.read" in "orders"
    /// Mark paid, fulfil and cancel orders.
    OrdersWrite = "orders.write" in "orders"
    /// See stock and its movements.
    InventoryRead = "inventory.read" in "inventory"
    /// Adjust stock.
    InventoryWrite = "inventory.write" in "inventory"
    /// See customers.
    CustomersRead = "customers.read" in "customers"
    /// Note what other systems know of customers.
    CustomersWrite = "customers.write" in "customers"
    /// See the store's settings.
    SettingsRead = "settings.read" in "tenancy"
    /// Change the store's settings.
    SettingsWrite = "settings.write" in "tenancy"
    /// Take the whole store away as one archive: everything that the other rights show, and who works here.
    StoreExport = "store.export" in "transfer"
    /// See where the store's events are sent, and what became of each.
    WebhooksRead = "webhooks.read" in "webhooks"
    /// Choose where the store's events are sent: whoever does sees all of them.
    WebhooksWrite = "webhooks.write" in "webhooks"
}

impl MemberRole {
    /// The rights of the role; the owner holds all of them without a list.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::*;
        match self {
            MemberRole::Owner => Permission::ALL,
            MemberRole::Manager => &[
                DashboardRead,
                ProductsRead,
                ProductsWrite,
                ProductsImport,
                OrdersRead,
                OrdersWrite,
                InventoryRead,
                InventoryWrite,
                CustomersRead,
                CustomersWrite,
                SettingsRead,
                WebhooksRead,
            ],
            MemberRole::Editor => &[DashboardRead, ProductsRead, ProductsWrite, ProductsImport, InventoryRead],
            MemberRole::Viewer => &[DashboardRead, ProductsRead, OrdersRead, InventoryRead],
        }
    }

    /// Whether the role holds a right.
    pub fn holds(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_holds_every_right() {
        assert!(Permission::ALL.iter().all(|permission| MemberRole::Owner.holds(*permission)));
    }

    #[test]
    fn a_viewer_writes_nothing() {
        assert!(
            MemberRole::Viewer
                .permissions()
                .iter()
                .all(|permission| permission.key().ends_with(".read"))
        );
    }
}
