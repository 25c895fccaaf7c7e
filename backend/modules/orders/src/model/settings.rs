//! Ways of shipping and tax rates as rows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::store::{ShippingMethod, TaxRate};
use orion_types::{Currency, Money, ShippingMethodId, TaxRateId};
use uuid::Uuid;

use crate::schema::{shipping_methods, tax_rates};

/// A row of `shipping_methods`.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = shipping_methods)]
pub struct ShippingMethodRow {
    pub id: Uuid,
    pub name: String,
    pub flat_minor: i64,
    pub free_from_minor: Option<i64>,
    pub active: bool,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
}

impl ShippingMethodRow {
    /// The wire form.
    pub fn into_wire(self, currency: Currency) -> ShippingMethod {
        let Self {
            id,
            name,
            flat_minor,
            free_from_minor,
            active,
            version,
            updated_at,
        } = self;
        ShippingMethod {
            id: ShippingMethodId(id),
            name,
            price: Money::new(flat_minor, currency),
            free_from: free_from_minor.map(|minor| Money::new(minor, currency)),
            active,
            version,
            updated_at: updated_at.into(),
        }
    }
}

/// A row of `tax_rates`.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tax_rates)]
pub struct TaxRateRow {
    pub id: Uuid,
    pub name: String,
    pub rate_ppm: i32,
    pub version: i32,
}

impl TaxRateRow {
    /// The wire form.
    pub fn into_wire(self) -> TaxRate {
        let Self {
            id,
            name,
            rate_ppm,
            version,
        } = self;
        TaxRate {
            id: TaxRateId(id),
            name,
            rate_ppm: rate_ppm.unsigned_abs(),
            version,
        }
    }
}
