//! Ways of shipping and tax rates as rows: few, and read at once.

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, Cell, ExportError, Record};
use orion_types::Money;
use orion_types::number::percent_text;
use serde_json::json;

use crate::model::settings::{ShippingMethodRow, TaxRateRow};
use crate::queries::settings::{list_shipping_methods, list_tax_rates};

pub(super) const SHIPPING_COLUMNS: &[&str] = &["Name", "Price", "Free from", "Currency", "Active"];
pub(super) const TAX_COLUMNS: &[&str] = &["Name", "Rate in percent", "Default"];

pub(super) fn read_shipping(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let currency = tx.store().currency;
    let amount = |minor| Cell::Number(Money::new(minor, currency).to_decimal_string());
    let record = |row: ShippingMethodRow| {
        let cells = vec![
            Cell::text(&row.name),
            amount(row.flat_minor),
            row.free_from_minor.map_or(Cell::Empty, amount),
            Cell::text(currency.code()),
            Cell::flag(row.active),
        ];
        let document = json!({
            "id": row.id, "name": row.name, "flat_minor": row.flat_minor, "free_from_minor": row.free_from_minor,
            "currency": currency.code(), "active": row.active, "updated_at": row.updated_at.to_rfc3339(),
        });
        Record::new(vec![cells], document)
    };
    let found = list_shipping_methods(tx, false)?;
    Ok(Batch::all(found.into_iter().map(record).collect()))
}

pub(super) fn read_tax(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let record = |(row, is_default): (TaxRateRow, bool)| {
        let cells = vec![
            Cell::text(&row.name),
            Cell::Number(percent_text(row.rate_ppm.unsigned_abs())),
            Cell::flag(is_default),
        ];
        let document = json!({ "id": row.id, "name": row.name, "rate_ppm": row.rate_ppm, "default": is_default });
        Record::new(vec![cells], document)
    };
    let found = list_tax_rates(tx)?;
    Ok(Batch::all(found.into_iter().map(record).collect()))
}
