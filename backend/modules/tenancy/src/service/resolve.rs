//! What an address leads to, told to whoever runs the server.

use std::sync::Arc;

use orion_framework::Services;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::tenancy::{Area, Outcome, PlatformContext, Resolved, resolve};
use orion_types::StoreId;
use orion_types::admin::ResolvedAddress;

use crate::queries::stores;

/// The code and the id of every store there is or was, by code.
///
/// # Errors
/// When the database cannot be read.
pub fn store_codes(tx: &mut PlatformTx) -> Result<Vec<(String, StoreId)>, DbError> {
    let all = stores::codes(tx.conn())?;
    Ok(all.into_iter().map(|(code, id)| (code, StoreId(id))).collect())
}

/// Where a host and a path lead, by the function that every request goes through; and the platform whose business it is.
pub async fn resolve_address(
    services: &Services,
    host: &str,
    path: &str,
) -> Result<(ResolvedAddress, Option<Arc<PlatformContext>>), DbError> {
    let found = resolve(&services.directory, services.config.path_mode(), host, path).await?;
    let platform = found
        .store
        .as_ref()
        .map(|store| store.platform.clone())
        .or_else(|| found.platform.clone());
    Ok((describe(found, platform.as_deref()), platform))
}

fn describe(found: Resolved<'_>, platform: Option<&PlatformContext>) -> ResolvedAddress {
    let Resolved {
        host,
        area,
        store,
        base,
        outcome,
        ..
    } = found;
    let mode = match (&store, base.is_empty()) {
        (None, _) => "none",
        (Some(_), true) => "host",
        (Some(_), false) => "path",
    };
    let (path, redirect_to, refused) = match outcome {
        Outcome::Served(path) => (Some(path.into_owned()), None, None),
        Outcome::Redirect(to) => (None, Some(to), None),
        Outcome::UnknownHost => (None, None, Some("404: no shop lives at this host".to_owned())),
        Outcome::Nowhere => (None, None, Some("404: there is no such path on this host".to_owned())),
    };
    ResolvedAddress {
        host,
        mode: mode.to_owned(),
        area: name(area).to_owned(),
        platform: platform.map(|platform| platform.code.clone()),
        store: store.map(|store| store.code.clone()),
        base,
        path,
        redirect_to,
        refused,
    }
}

fn name(area: Area) -> &'static str {
    match area {
        Area::Admin => "admin",
        Area::Store => "store",
        Area::Storefront => "storefront",
        Area::Platform => "platform",
        Area::Probe => "probe",
    }
}
