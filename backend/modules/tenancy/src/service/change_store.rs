//! Changes of a store by the platform: suspend, reactivate, rename.

use chrono::TimeDelta;
use orion_events::{StoreArchived, StoreFacts, StoreReactivated, StoreSuspended, StoreUpdated};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::http::Expected;
use orion_framework::problem::FieldErrors;
use orion_types::admin::UpdateStore;
use orion_types::status::StoreStatus;
use orion_types::{StoreId, validation};

use crate::error::TenancyError;
use crate::model::{Scope, StoreRow};
use crate::queries::labels::{self, Label};
use crate::queries::stores::{self, StoreChanges};

/// How long an old label leads to the store's new one, and nobody else can have it, in days.
const REDIRECT_DAYS: i64 = 90;
/// The longest reason of a suspension, in characters.
const MAX_REASON: usize = 500;

fn lock(tx: &mut PlatformTx, scope: &Scope, id: StoreId) -> Result<StoreRow, TenancyError> {
    let row = stores::lock_store(tx.conn(), scope, id.0)?;
    Ok(row.ok_or(DbError::NotFound)?)
}

/// Closes a store to shoppers; its staff may still read.
pub fn suspend_store(tx: &mut PlatformTx, store: StoreId, reason: &str) -> Result<(), TenancyError> {
    suspend(tx, &Scope::All, store, reason).map(|_| ())
}

/// Opens a suspended store again.
pub fn reactivate_store(tx: &mut PlatformTx, store: StoreId) -> Result<(), TenancyError> {
    reactivate(tx, &Scope::All, store).map(|_| ())
}

pub(crate) fn suspend(tx: &mut PlatformTx, scope: &Scope, id: StoreId, reason: &str) -> Result<StoreRow, TenancyError> {
    let mut errors = FieldErrors::default();
    let reason = errors
        .check("/reason", validation::required(reason, MAX_REASON))
        .unwrap_or_default();
    errors.into_result()?;
    let store = lock(tx, scope, id)?;
    let changes = StoreChanges {
        suspended_reason: Some(Some(reason)),
        ..StoreChanges::default()
    };
    set_status(tx, &store, StoreStatus::Suspended, changes)
}

pub(crate) fn reactivate(tx: &mut PlatformTx, scope: &Scope, id: StoreId) -> Result<StoreRow, TenancyError> {
    let store = lock(tx, scope, id)?;
    let changes = StoreChanges {
        suspended_reason: Some(None),
        ..StoreChanges::default()
    };
    set_status(tx, &store, StoreStatus::Active, changes)
}

fn set_status(tx: &mut PlatformTx, store: &StoreRow, to: StoreStatus, changes: StoreChanges<'_>) -> Result<StoreRow, TenancyError> {
    if store.status == StoreStatus::Archived.as_str() {
        return Err(TenancyError::StoreArchived);
    }
    let now = tx.now();
    let changed = stores::update_store(
        tx.conn(),
        store.id,
        &StoreChanges {
            status: Some(to.as_str()),
            ..changes
        },
        now,
    )?;
    let action = if to == StoreStatus::Suspended {
        "store.suspended"
    } else {
        "store.reactivated"
    };
    let entry = AuditEntry::new(action, "stores", store.id)
        .change("status", &store.status, &changed.status)
        .change("suspended_reason", &store.suspended_reason, &changed.suspended_reason);
    tx.audit(Some(StoreId(store.id)), entry);
    tell_status(tx, to, facts(&changed));
    tx.invalidate_store(StoreId(store.id));
    Ok(changed)
}

/// A store, as it is told.
pub(super) fn facts(store: &StoreRow) -> StoreFacts {
    StoreFacts {
        store_id: StoreId(store.id),
        code: store.code.clone(),
        name: store.name.clone(),
        // The table's CHECK lists the same words, so none is ever unreadable.
        status: store.status.parse().unwrap_or(StoreStatus::Active),
    }
}

fn tell_status(tx: &mut PlatformTx, to: StoreStatus, facts: StoreFacts) {
    let store = facts.store_id;
    match to {
        StoreStatus::Active => tx.emit(store, &StoreReactivated(facts)),
        StoreStatus::Suspended => tx.emit(store, &StoreSuspended(facts)),
        StoreStatus::Archived => tx.emit(store, &StoreArchived(facts)),
    }
}

/// Changes a store's name or label; `version` is what the caller has read.
pub(crate) fn update(
    tx: &mut PlatformTx,
    scope: &Scope,
    id: StoreId,
    version: Expected,
    change: &UpdateStore,
) -> Result<StoreRow, TenancyError> {
    let UpdateStore { name, subdomain } = change;
    let mut errors = FieldErrors::default();
    let name = name.as_ref().and_then(|name| errors.check("/name", validation::name(name)));
    let subdomain = subdomain
        .as_ref()
        .and_then(|label| errors.check("/subdomain", validation::subdomain(label)));
    errors.into_result()?;
    let store = lock(tx, scope, id)?;
    if store.version != version {
        return Err(TenancyError::Stale);
    }
    let subdomain = subdomain.filter(|label| *label != store.subdomain);
    if subdomain.is_none() && name.is_none_or(|name| name == store.name) {
        tx.no_audit("nothing was to be changed");
        return Ok(store);
    }
    if let Some(label) = &subdomain {
        move_label(tx, &store, label)?;
    }
    let now = tx.now();
    let changes = StoreChanges {
        name,
        subdomain: subdomain.as_deref(),
        ..StoreChanges::default()
    };
    let changed = stores::update_store(tx.conn(), store.id, &changes, now)
        .map_err(|error| TenancyError::from_store_write(error.into(), "/subdomain"))?;
    let entry = AuditEntry::new("store.updated", "stores", store.id)
        .change("name", &store.name, &changed.name)
        .change("subdomain", &store.subdomain, &changed.subdomain);
    tx.audit(Some(id), entry);
    tx.emit(id, &StoreUpdated(facts(&changed)));
    tx.invalidate_store(id);
    Ok(changed)
}

fn move_label(tx: &mut PlatformTx, store: &StoreRow, label: &str) -> Result<(), TenancyError> {
    let (now, id) = (tx.now(), tx.new_id());
    let of_store = |label| Label {
        platform: store.platform_id,
        store: store.id,
        label,
    };
    labels::release_expired(tx.conn(), store.platform_id, label, now)?;
    labels::retire(tx.conn(), &of_store(&store.subdomain), now + TimeDelta::days(REDIRECT_DAYS))?;
    labels::take(tx.conn(), id, &of_store(label), now).map_err(|error| TenancyError::from_store_write(error.into(), "/subdomain"))
}
