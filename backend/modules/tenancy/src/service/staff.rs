//! Who is signed in to the dashboard, and where they may go.

use orion_framework::db::{DbError, PlatformTx};
use orion_framework::gate::{DashboardUser, Place};
use orion_framework::module::Registry;
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_types::auth::{ExplainedRight, StaffAccess, StaffRights, StaffStore};
use orion_types::impersonation::RunningImpersonation;
use orion_types::permission::Permission;
use orion_types::status::{ModuleTier, RightMissing, RightOriginKind, StoreStatus};
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
            role_name: row.role_name,
            suspended: row.status != StoreStatus::Active.as_str(),
            code: row.code,
            name: row.name,
        })
    };
    Ok(rows.into_iter().filter_map(to_wire).collect())
}

/// What the member may do in the store of the request; `None` when it names none that they belong to.
pub fn staff_access(staff: &DashboardUser) -> Option<StaffAccess> {
    let (store, place) = staff.access()?;
    let (role_id, role_name) = place.custom.clone().unzip();
    Some(StaffAccess {
        store_id: store.id,
        role: place.role,
        role_id,
        role_name,
        permissions: held(store, place),
        modules: modules_on(store, &staff.services().modules),
        impersonation: staff.impersonation().map(|running| RunningImpersonation {
            id: running.id,
            reason: running.reason.clone(),
            may_change: running.may_change,
            ends_at: running.ends_at.into(),
        }),
    })
}

/// The same with where each right of the role comes from, and why it is not held.
pub fn staff_rights(staff: &DashboardUser) -> Option<StaffRights> {
    let (store, place) = staff.access()?;
    let StaffAccess {
        store_id,
        role,
        role_id,
        role_name,
        permissions,
        modules,
        impersonation: _,
    } = staff_access(staff)?;
    let all = place.rights.rights();
    Some(StaffRights {
        store_id,
        role,
        role_id,
        role_name,
        permissions,
        modules,
        rights: all.iter().map(|right| explained(store, place, right)).collect(),
    })
}

fn explained(store: &StoreContext, place: &Place, right: Permission) -> ExplainedRight {
    let held = store.module_enabled(right.module());
    let mut origins = place.rights.origins(right);
    // Roles that every store has list no areas: the owner's has everything because it is the owner's.
    origins.retain(|origin| place.custom.is_some() || origin.kind == RightOriginKind::Role);
    ExplainedRight {
        right,
        words: right.words().to_owned(),
        held,
        missing: (!held).then_some(RightMissing::ModuleOff),
        origins,
    }
}

/// The rights of a role where some modules are off: nobody holds a right of those.
fn held(store: &StoreContext, place: &Place) -> Vec<Permission> {
    let rights = place.rights.rights();
    rights.iter().filter(|right| store.module_enabled(right.module())).collect()
}

fn modules_on(store: &StoreContext, registry: &Registry) -> Vec<String> {
    let on = registry
        .all()
        .iter()
        .filter(|module| module.tier != ModuleTier::Internal && store.module_enabled(module.id));
    on.map(|module| module.id.to_owned()).collect()
}
