//! `/api/v1/store/settings/bank-transfer`.
//!
//! The right to the settings belongs to another module, so these handlers ask for their own module themselves.

use actix_web::{get, put};
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, Versioned};
use orion_framework::permission::{ModuleMarker, Reserved, rights};
use orion_framework::problem::MODULE_DISABLED;
use orion_framework::tenancy::StoreContext;
use orion_types::store::{BankTransfer, SaveBankTransfer};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Payments;
use crate::service;

pub fn configure(config: &mut ServiceConfig) {
    config.service(get_bank_transfer).service(set_bank_transfer);
}

fn module_on(store: &StoreContext) -> Result<(), Failure> {
    if store.module_enabled(Payments::ID) {
        Ok(())
    } else {
        Err(Failure::of(&MODULE_DISABLED))
    }
}

/// Shows where customers transfer their money to.
#[utoipa::path(
    tag = "settings",
    operation_id = "get_bank_transfer",
    responses((status = 200, body = BankTransfer)),
    security(("staff" = ["settings.read"]))
)]
#[get("/settings/bank-transfer")]
pub async fn get_bank_transfer(staff: Staff<Reserved<rights::SettingsRead>>) -> Result<Versioned<BankTransfer>, Failure> {
    module_on(staff.store())?;
    let account = staff.read(service::get_bank_transfer).await?;
    Ok(Versioned {
        version: account.version,
        body: account,
    })
}

/// Sets where customers transfer their money to; needs `If-Match` with its version. All empty takes the details away.
#[utoipa::path(
    tag = "settings",
    operation_id = "update_bank_transfer",
    params(("If-Match" = String, Header, description = "Its version, in quotes")),
    request_body = SaveBankTransfer,
    responses((status = 200, body = BankTransfer), (status = 412, description = "Somebody else has changed it")),
    security(("staff" = ["settings.write"]))
)]
#[put("/settings/bank-transfer")]
pub async fn set_bank_transfer(
    staff: Staff<Reserved<rights::SettingsWrite>>,
    version: IfMatch,
    body: Body<SaveBankTransfer>,
) -> Result<Versioned<BankTransfer>, Failure> {
    module_on(staff.store())?;
    let account = staff.tx(move |tx| service::set_bank_transfer(tx, Some(version), &body.0)).await?;
    Ok(Versioned {
        version: account.version,
        body: account,
    })
}
