//! Who is signed in to the dashboard, and where they may go.

use orion_framework::db::{DbError, PlatformTx};
use orion_framework::gate::StaffUser;
use orion_framework::module::Registry;
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_types::auth::{StaffAccess, StaffStore};
use orion_types::permission::Permission;
use orion_types::status::{MemberRole, ModuleTier, StoreStatus};
use orion_types::{PlatformId, StoreId, UserId};

use super::links::{Links, dashboard_path, subdomain_host};
use crate::model::MembershipRow;
use crate::queries::stores;

/// How dashboards are reached from where the request came.
#[derive(Debug, Clone)]
pub(crate) enum Dashboards {
    /// On hosts of their own.
    ByHost(Links),
    /// By path on the host of the request, where the sign-in is known, as far as that host names the store's platform.
    ByPath {
        /// For stores of other platforms.
        links: Links,
        /// The platform of the host; `None` on the machine's own name, which names them all.
        platform: Option<PlatformId>,
    },
}

impl Dashboards {
    /// From where a request came: who came by path stays on the path.
    pub(crate) fn of(links: Links, path_mode: bool, context: &RequestContext) -> Self {
        let on_host_of_a_store = context.store.is_some() && context.base.is_empty();
        if on_host_of_a_store || !path_mode {
            return Self::ByHost(links);
        }
        Self::ByPath {
            links,
            platform: context.platform.as_ref().map(|platform| platform.id),
        }
    }

    fn url(&self, row: &MembershipRow) -> String {
        let by_host = |links: &Links| links.dashboard(&subdomain_host(&row.subdomain, &row.platform_domain));
        match self {
            Self::ByHost(links) => by_host(links),
            Self::ByPath {
                links,
                platform: Some(platform),
            } if platform.0 != row.platform_id => by_host(links),
            Self::ByPath { .. } => dashboard_path(&row.code),
        }
    }
}

/// The stores that somebody belongs to, by name.
pub(crate) fn list_stores(tx: &mut PlatformTx, user: UserId, dashboards: &Dashboards) -> Result<Vec<StaffStore>, DbError> {
    let rows = stores::list_memberships(tx.conn(), user.0)?;
    let to_wire = |row: MembershipRow| {
        Some(StaffStore {
            id: StoreId(row.store_id),
            dashboard_url: dashboards.url(&row),
            role: row.role.parse().ok()?,
            suspended: row.status != StoreStatus::Active.as_str(),
            code: row.code,
            name: row.name,
        })
    };
    Ok(rows.into_iter().filter_map(to_wire).collect())
}

/// What the member may do in the store of the request; `None` when it names none that they belong to.
pub fn staff_access(staff: &StaffUser) -> Option<StaffAccess> {
    let (store, role) = staff.access()?;
    Some(describe_access(store, role, &staff.services().modules))
}

/// The rights of a role where some modules are off: nobody holds a right of those.
fn describe_access(store: &StoreContext, role: MemberRole, registry: &Registry) -> StaffAccess {
    let held = |permission: &Permission| store.module_enabled(permission.module());
    let on = registry
        .all()
        .iter()
        .filter(|module| module.tier != ModuleTier::Internal && store.module_enabled(module.id));
    StaffAccess {
        store_id: store.id,
        role,
        permissions: role.permissions().filter(held).collect(),
        modules: on.map(|module| module.id.to_owned()).collect(),
    }
}
