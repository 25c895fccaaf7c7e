//! The general settings of the store.

use actix_web::{get, patch};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, Versioned};
use orion_framework::permission::rights;
use orion_types::store::{StoreSettings, UpdateStoreSettings};

use crate::service::settings;

/// The general settings.
#[utoipa::path(
    tag = "settings",
    operation_id = "get_settings",
    responses((status = 200, body = StoreSettings)),
    security(("staff" = ["settings.read"]))
)]
#[get("/settings")]
pub(super) async fn get_settings(staff: Staff<rights::SettingsRead>) -> Result<Versioned<StoreSettings>, Failure> {
    let body = staff.read(settings::read).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Changes the general settings; what is absent stays. The currency is fixed once there are orders.
#[utoipa::path(
    tag = "settings",
    operation_id = "update_settings",
    params(("If-Match" = String, Header)),
    request_body = UpdateStoreSettings,
    responses((status = 200, body = StoreSettings)),
    security(("staff" = ["settings.write"]))
)]
#[patch("/settings")]
pub(super) async fn update_settings(
    staff: Staff<rights::SettingsWrite>,
    version: IfMatch,
    request: Body<UpdateStoreSettings>,
) -> Result<Versioned<StoreSettings>, Failure> {
    let (version, change) = (version.required()?, request.into_inner());
    let save = move |tx: &mut StoreTx| {
        settings::update(tx, Some(version), &change)?;
        settings::read(tx)
    };
    let body = staff.tx(save).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}
