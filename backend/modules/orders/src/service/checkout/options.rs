//! What a checkout can choose from.

use orion_framework::db::{DbError, StoreTx};
use orion_i18n::Locale;
use orion_types::checkout::CheckoutOptions;
use orion_types::validation::COUNTRY_CODES;

use crate::model::settings::ShippingMethodRow;
use crate::queries::settings;

/// Ways of shipping, ways of paying, and countries; every country, since a store cannot restrict them yet.
pub fn options(tx: &mut StoreTx, locale: Locale, production: bool) -> Result<CheckoutOptions, DbError> {
    let currency = tx.store().currency;
    let methods = settings::list_shipping_methods(tx, true)?;
    Ok(CheckoutOptions {
        shipping_methods: methods.into_iter().map(|row| ShippingMethodRow::into_wire(row, currency)).collect(),
        payment_methods: orion_payments::methods(locale, production),
        countries: COUNTRY_CODES.iter().map(|code| (*code).to_owned()).collect(),
    })
}
