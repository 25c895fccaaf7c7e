//! The sidebar of the dashboards of a platform's stores, as its administrators arrange it: which entry stands where, and which is left out.
//!
//! It protects nothing: the page of an entry that is left out answers as before, and who lacks its right sees neither.

mod layout;
mod queries;

use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::http::Expected;
use orion_framework::module::Registry;
use orion_types::PlatformId;
use orion_types::menu::StorePage;
use orion_types::sidebar::{Sidebar, SidebarEntry, UpdateSidebar};

pub(crate) use layout::Layout;
use queries::SidebarRow;

use crate::error::CoreError;

/// The version of a sidebar that nobody has arranged; its row, once there is one, begins behind it.
const UNTOUCHED: i32 = 1;

/// The sidebar of the store's platform.
///
/// # Errors
/// Those of the database.
pub(crate) fn of_store(tx: &mut StoreTx) -> Result<Layout, DbError> {
    let platform = tx.store().platform.id;
    let row = queries::find(tx.conn(), platform.0)?;
    Ok(row.map(SidebarRow::into_layout).unwrap_or_default())
}

/// The sidebar of a platform.
///
/// # Errors
/// [`DbError::NotFound`] when there is no such platform.
pub(crate) fn get(tx: &mut PlatformTx, registry: &Registry, platform: PlatformId) -> Result<Sidebar, CoreError> {
    let row = queries::find(tx.conn(), platform.0)?;
    let version = row.as_ref().map_or(UNTOUCHED, |row| row.version);
    let layout = row.map(SidebarRow::into_layout).unwrap_or_default();
    let on = orion_tenancy::modules_on(tx, registry, platform)?;
    let entry = |page: StorePage| {
        let item = page.item();
        SidebarEntry {
            page,
            label: item.label.to_owned(),
            section: item.section.to_owned(),
            module: item.module.to_owned(),
            enabled: on.contains(item.module),
            hidden: layout.hides(page),
            mandatory: item.mandatory,
        }
    };
    Ok(Sidebar {
        entries: layout.pages().into_iter().map(entry).collect(),
        arranged: layout != Layout::default(),
        version,
    })
}

/// Arranges a sidebar anew; `version` is what the caller has read.
///
/// # Errors
/// [`CoreError::Stale`], and names that are wrong.
pub(crate) fn update(
    tx: &mut PlatformTx,
    registry: &Registry,
    (platform, version): (PlatformId, Expected),
    asked: &UpdateSidebar,
) -> Result<Sidebar, CoreError> {
    let row = queries::lock(tx.conn(), platform.0)?;
    if row.as_ref().map_or(UNTOUCHED, |row| row.version) != version {
        return Err(CoreError::Stale);
    }
    let before = row.map(SidebarRow::into_layout);
    let after = before.clone().unwrap_or_default().rearranged(asked)?;
    save(tx, platform, before, &after, "sidebar.updated")?;
    get(tx, registry, platform)
}

/// Puts a sidebar back to what the modules declare.
///
/// # Errors
/// Those of the database.
pub(crate) fn reset(tx: &mut PlatformTx, registry: &Registry, platform: PlatformId) -> Result<Sidebar, CoreError> {
    let before = queries::lock(tx.conn(), platform.0)?.map(SidebarRow::into_layout);
    save(tx, platform, before, &Layout::default(), "sidebar.reset")?;
    get(tx, registry, platform)
}

/// A row that is there stays, also when it says nothing any more: its version goes on, so that nobody who has read an earlier one is taken for current.
fn save(tx: &mut PlatformTx, platform: PlatformId, before: Option<Layout>, after: &Layout, action: &'static str) -> Result<(), CoreError> {
    let is_there = before.is_some();
    let before = before.unwrap_or_default();
    if before == *after {
        tx.no_audit("nothing was to be changed");
        return Ok(());
    }
    let now = tx.now();
    if is_there {
        queries::update(tx.conn(), platform.0, after, now)?;
    } else {
        queries::insert(tx.conn(), platform.0, (after, UNTOUCHED + 1), now).map_err(or_stale)?;
    }
    let entry = AuditEntry::new(action, "platforms", platform.0);
    let entry = entry.change("order", &before.order, &after.order);
    tx.audit(None, entry.change("hidden", &before.hidden, &after.hidden));
    Ok(())
}

/// Two who arrange it for the first time at once have both read that nobody has.
fn or_stale(error: diesel::result::Error) -> CoreError {
    let error = DbError::from(error);
    if error.is_unique("platform_sidebars_pkey") {
        CoreError::Stale
    } else {
        error.into()
    }
}
