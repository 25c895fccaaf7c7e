//! `/api/v1/store/settings`: ways of shipping and the tax rate.
//!
//! The right to the settings belongs to another module, so these handlers ask for their own module themselves.

use actix_web::web::Json;
use actix_web::{delete, get, post, put};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::{ModuleMarker, rights};
use orion_framework::problem::MODULE_DISABLED;
use orion_framework::tenancy::StoreContext;
use orion_types::store::{SaveShippingMethod, SaveTaxRate, ShippingMethod, ShippingMethodQuery, TaxRate};
use orion_types::{Page, ShippingMethodId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Orders;
use crate::service::settings;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_shipping_methods)
        .service(create_shipping_method)
        .service(update_shipping_method)
        .service(delete_shipping_method)
        .service(get_tax_rate)
        .service(set_tax_rate);
}

fn module_on(store: &StoreContext) -> Result<(), Failure> {
    if store.module_enabled(Orders::ID) {
        Ok(())
    } else {
        Err(Failure::of(&MODULE_DISABLED))
    }
}

/// Lists the ways of shipping, those that are switched off included.
#[utoipa::path(
    tag = "settings",
    operation_id = "list_shipping_methods",
    params(ShippingMethodQuery),
    responses((status = 200, body = Page<ShippingMethod>)),
    security(("staff" = ["settings.read"]))
)]
#[get("/settings/shipping-methods")]
pub async fn list_shipping_methods(
    staff: Staff<rights::SettingsRead>,
    query: Query<ShippingMethodQuery>,
) -> Result<Json<Page<ShippingMethod>>, Failure> {
    module_on(staff.store())?;
    let methods = staff.read(move |tx| settings::list_shipping_methods(tx, &query.0)).await?;
    Ok(Json(methods))
}

/// Adds a way of shipping.
#[utoipa::path(
    tag = "settings",
    operation_id = "create_shipping_method",
    request_body = SaveShippingMethod,
    responses((status = 201, body = ShippingMethod)),
    security(("staff" = ["settings.write"]))
)]
#[post("/settings/shipping-methods")]
pub async fn create_shipping_method(staff: Staff<rights::SettingsWrite>, body: Body<SaveShippingMethod>) -> Result<Answered, Failure> {
    module_on(staff.store())?;
    let create = move |tx: &mut StoreTx| settings::create_shipping_method(tx, &body.0);
    let made = staff.once(Once::makes("create_shipping_method"), create).await?;
    Ok(made.at("/api/v1/store/settings/shipping-methods".to_owned()))
}

/// Changes a way of shipping; needs `If-Match` with its version.
#[utoipa::path(
    tag = "settings",
    operation_id = "update_shipping_method",
    params(
        ("id" = ShippingMethodId, Path, description = "The way of shipping"),
        ("If-Match" = String, Header, description = "Its version, in quotes"),
    ),
    request_body = SaveShippingMethod,
    responses((status = 200, body = ShippingMethod), (status = 412, description = "Somebody else has changed it")),
    security(("staff" = ["settings.write"]))
)]
#[put("/settings/shipping-methods/{id}")]
pub async fn update_shipping_method(
    staff: Staff<rights::SettingsWrite>,
    id: Path<ShippingMethodId>,
    version: IfMatch,
    body: Body<SaveShippingMethod>,
) -> Result<Versioned<ShippingMethod>, Failure> {
    module_on(staff.store())?;
    let method = staff
        .tx(move |tx| settings::update_shipping_method(tx, id.0, version, &body.0))
        .await?;
    Ok(Versioned {
        version: method.version,
        body: method,
    })
}

/// Removes a way of shipping; orders keep its name.
#[utoipa::path(
    tag = "settings",
    operation_id = "delete_shipping_method",
    params(("id" = ShippingMethodId, Path, description = "The way of shipping")),
    responses((status = 204)),
    security(("staff" = ["settings.write"]))
)]
#[delete("/settings/shipping-methods/{id}")]
pub async fn delete_shipping_method(staff: Staff<rights::SettingsWrite>, id: Path<ShippingMethodId>) -> Result<NoContent, Failure> {
    module_on(staff.store())?;
    staff.tx(move |tx| settings::delete_shipping_method(tx, id.0)).await?;
    Ok(NoContent)
}

/// Shows the store's tax rate.
#[utoipa::path(
    tag = "settings",
    operation_id = "get_tax_rate",
    responses((status = 200, body = TaxRate)),
    security(("staff" = ["settings.read"]))
)]
#[get("/settings/tax-rate")]
pub async fn get_tax_rate(staff: Staff<rights::SettingsRead>) -> Result<Versioned<TaxRate>, Failure> {
    module_on(staff.store())?;
    let rate = staff.read(settings::get_tax_rate).await?;
    Ok(Versioned {
        version: rate.version,
        body: rate,
    })
}

/// Sets the store's tax rate; needs `If-Match` with its version. Orders keep the rate they were placed with.
#[utoipa::path(
    tag = "settings",
    operation_id = "update_tax_rate",
    params(("If-Match" = String, Header, description = "Its version, in quotes")),
    request_body = SaveTaxRate,
    responses((status = 200, body = TaxRate), (status = 412, description = "Somebody else has changed it")),
    security(("staff" = ["settings.write"]))
)]
#[put("/settings/tax-rate")]
pub async fn set_tax_rate(
    staff: Staff<rights::SettingsWrite>,
    version: IfMatch,
    body: Body<SaveTaxRate>,
) -> Result<Versioned<TaxRate>, Failure> {
    module_on(staff.store())?;
    let rate = staff.tx(move |tx| settings::set_tax_rate(tx, Some(version), &body.0)).await?;
    Ok(Versioned {
        version: rate.version,
        body: rate,
    })
}
