//! Ways of shipping and the tax rate. The shop shows both, so a change drops its cached pages.

use orion_events::{ShippingMethodCreated, ShippingMethodDeleted, ShippingMethodFacts, ShippingMethodUpdated, TaxRateUpdated};
use orion_framework::db::{AuditEntry, DbError, StoreTx, cursor};
use orion_framework::http::IfMatch;
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_i18n::{Locale, Text};
use orion_types::store::{SaveShippingMethod, SaveTaxRate, ShippingMethod, ShippingMethodQuery, TaxRate};
use orion_types::validation::FieldError;
use orion_types::{Money, Page, ShippingMethodId, validation};

use crate::error::OrdersError;
use crate::model::settings::ShippingMethodRow;
use crate::queries::settings::{self, ShippingMethodValues};

/// Every way of shipping, those that are switched off included.
pub fn list_shipping_methods(tx: &mut StoreTx, query: &ShippingMethodQuery) -> Result<Page<ShippingMethod>, OrdersError> {
    let currency = tx.store().currency;
    let since = cursor::since(query.updated_since.as_deref())?;
    let rows = settings::list_shipping_methods(tx, false)?.into_iter();
    let changed = rows.filter(|row| since.is_none_or(|since| row.updated_at >= since));
    Ok(Page::complete(changed.map(|row| row.into_wire(currency)).collect()))
}

/// Adds a way of shipping.
pub fn create_shipping_method(tx: &mut StoreTx, save: &SaveShippingMethod) -> Result<ShippingMethod, OrdersError> {
    let row = settings::insert_shipping_method(tx, &shipping_values(save)?)?;
    tx.audit(AuditEntry::new("shipping_method.created", "shipping_methods", row.id).note("name", &row.name));
    tx.emit(&ShippingMethodCreated(shipping_facts(tx, &row)));
    tx.touch_catalog();
    Ok(row.into_wire(tx.store().currency))
}

/// Changes a way of shipping that nobody else has changed since it was read.
pub fn update_shipping_method(
    tx: &mut StoreTx,
    id: ShippingMethodId,
    version: IfMatch,
    save: &SaveShippingMethod,
) -> Result<ShippingMethod, OrdersError> {
    let values = shipping_values(save)?;
    let before = settings::lock_shipping_method(tx, id.0)?;
    version.check(before.version)?;
    let after = settings::update_shipping_method(tx, id.0, &values)?;
    tx.audit(shipping_change(&before, &after));
    tx.emit(&ShippingMethodUpdated(shipping_facts(tx, &after)));
    tx.touch_catalog();
    Ok(after.into_wire(tx.store().currency))
}

fn shipping_facts(tx: &StoreTx, row: &ShippingMethodRow) -> ShippingMethodFacts {
    ShippingMethodFacts {
        shipping_method_id: row.id.into(),
        name: row.name.clone(),
        price: Money::new(row.flat_minor, tx.store().currency),
        active: row.active,
    }
}

fn shipping_change(before: &ShippingMethodRow, after: &ShippingMethodRow) -> AuditEntry {
    AuditEntry::new("shipping_method.updated", "shipping_methods", after.id)
        .change("name", &before.name, &after.name)
        .change("flat_minor", before.flat_minor, after.flat_minor)
        .change("free_from_minor", before.free_from_minor, after.free_from_minor)
        .change("active", before.active, after.active)
}

/// Removes a way of shipping; orders keep its name.
pub fn delete_shipping_method(tx: &mut StoreTx, id: ShippingMethodId) -> Result<(), DbError> {
    if !settings::delete_shipping_method(tx, id.0)? {
        return Err(DbError::NotFound);
    }
    tx.audit(AuditEntry::new("shipping_method.deleted", "shipping_methods", id.0));
    tx.emit(&ShippingMethodDeleted { shipping_method_id: id });
    tx.touch_catalog();
    Ok(())
}

fn shipping_values(save: &SaveShippingMethod) -> Result<ShippingMethodValues, ProblemDraft> {
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(&save.name)).unwrap_or_default().to_owned();
    let flat_minor = errors
        .check("/price_minor", validation::price_minor(save.price_minor))
        .unwrap_or_default();
    let free_from_minor = match save.free_from_minor {
        Some(minor) => errors.check("/free_from_minor", validation::price_minor(minor)),
        None => None,
    };
    errors.into_result()?;
    Ok(ShippingMethodValues {
        name,
        flat_minor,
        free_from_minor,
        active: save.active,
    })
}

/// The store's tax rate.
pub fn get_tax_rate(tx: &mut StoreTx) -> Result<TaxRate, OrdersError> {
    Ok(settings::find_tax_rate(tx)?.ok_or(OrdersError::NotFound)?.into_wire())
}

/// Sets the store's tax rate, if nobody else has changed it since it was read; without a version it is set whatever it was.
pub fn set_tax_rate(tx: &mut StoreTx, version: Option<IfMatch>, save: &SaveTaxRate) -> Result<TaxRate, OrdersError> {
    let (name, rate_ppm) = tax_values(save)?;
    let after = match settings::find_tax_rate(tx)? {
        None => settings::insert_tax_rate(tx, &name, rate_ppm)?,
        Some(before) => {
            version.map_or(Ok(()), |version| version.check(before.version))?;
            let after = settings::update_tax_rate(tx, &before, &name, rate_ppm)?;
            after.ok_or_else(|| ProblemDraft::new(&orion_framework::problem::STALE))?
        }
    };
    tx.audit(
        AuditEntry::new("tax_rate.updated", "tax_rates", after.id)
            .note("name", &name)
            .note("rate_ppm", rate_ppm),
    );
    tx.emit(&TaxRateUpdated {
        tax_rate_id: after.id.into(),
        name,
        rate_ppm,
    });
    tx.touch_catalog();
    Ok(after.into_wire())
}

/// Parts per million in a basis point.
const PPM_OF_BP: i64 = 100;

fn tax_values(save: &SaveTaxRate) -> Result<(String, i32), ProblemDraft> {
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(&save.name)).unwrap_or_default().to_owned();
    let rate_ppm = match (save.rate_ppm, save.rate_bp) {
        (Some(ppm), None) => errors.check("/rate_ppm", validation::tax_rate_ppm(ppm.into())),
        (None, Some(bp)) => errors.check("/rate_bp", validation::tax_rate_ppm(i64::from(bp) * PPM_OF_BP)),
        (None, None) => errors.check("/rate_ppm", Err::<u32, _>(FieldError::Required)),
        (Some(_), Some(_)) => {
            errors.add("/rate_bp", "one_of_two", "say the rate once: rate_ppm or rate_bp");
            None
        }
    };
    let rate_ppm = rate_ppm.unwrap_or_default();
    errors.into_result()?;
    Ok((name, i32::try_from(rate_ppm).unwrap_or_default()))
}

/// What a new store begins with, so that its first order can be placed.
pub fn store_created(tx: &mut StoreTx) -> Result<(), DbError> {
    let locale = Locale::parse(&tx.store().locale).unwrap_or_default();
    if settings::list_shipping_methods(tx, false)?.is_empty() {
        let values = ShippingMethodValues {
            name: Text::FirstShipping.words(locale).to_owned(),
            flat_minor: 0,
            free_from_minor: None,
            active: true,
        };
        settings::insert_shipping_method(tx, &values)?;
    }
    if settings::find_tax_rate(tx)?.is_none() {
        settings::insert_tax_rate(tx, Text::FirstTax.words(locale), 0)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_of_shipping_has_a_name_and_a_price() {
        let wrong = SaveShippingMethod {
            name: " ".to_owned(),
            price_minor: -1,
            free_from_minor: Some(i64::MAX),
            active: true,
        };
        let errors = shipping_values(&wrong).unwrap_err().errors;
        let pointers: Vec<&str> = errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(pointers, ["/name", "/price_minor", "/free_from_minor"]);
        let right = SaveShippingMethod {
            name: " Parcel ".to_owned(),
            price_minor: 490,
            free_from_minor: None,
            active: true,
        };
        assert_eq!(shipping_values(&right).unwrap().name, "Parcel");
    }

    fn rate(rate_ppm: Option<u32>, rate_bp: Option<u32>) -> Result<i32, Vec<String>> {
        let save = SaveTaxRate {
            name: "VAT".to_owned(),
            rate_ppm,
            rate_bp,
        };
        let refused = |draft: ProblemDraft| draft.errors.into_iter().map(|error| error.pointer).collect();
        tax_values(&save).map(|(_, rate)| rate).map_err(refused)
    }

    #[test]
    fn a_tax_rate_is_at_most_everything_and_said_once() {
        assert_eq!(rate(Some(88_750), None), Ok(88_750));
        assert_eq!(rate(None, Some(1700)), Ok(170_000));
        assert_eq!(rate(Some(1_000_001), None), Err(vec!["/rate_ppm".to_owned()]));
        assert_eq!(rate(None, Some(10_001)), Err(vec!["/rate_bp".to_owned()]));
        assert_eq!(rate(None, None), Err(vec!["/rate_ppm".to_owned()]));
        assert_eq!(rate(Some(1), Some(1)), Err(vec!["/rate_bp".to_owned()]));
    }
}
