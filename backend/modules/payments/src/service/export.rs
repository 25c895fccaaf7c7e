//! Payments as files: what was asked for, how it ended, and what the books say of it. Of a card only what people may know.

use std::collections::HashMap;

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, Cell, ExportError, ExportSource, Reader, Record, no_filter};
use orion_types::permission::Permission;
use orion_types::{Currency, Money};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::queries::books::{self, BookedPayment, LedgerRow};

/// Payments of one batch.
const BATCH: usize = 500;

/// What this module can write out.
pub static SOURCES: &[ExportSource] = &[ExportSource {
    kind: "payments",
    layout: None,
    right: Permission::OrdersRead,
    tables: &["payments", "payment_ledger"],
    columns: &[
        "Payment",
        "Order id",
        "Created at",
        "Provider",
        "Status",
        "Amount",
        "Currency",
        "Card ends with",
        "Provider reference",
        "Failure",
    ],
    check: no_filter,
    count: |_, _| Ok(None),
    read: Reader::Store(read),
}];

fn read(tx: &mut StoreTx, _: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let after: Option<Uuid> = place.map(serde_json::from_value).transpose()?;
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX - 1) + 1;
    let found = books::list_booked(tx, after, limit)?;
    let ids: Vec<Uuid> = found.iter().map(|payment| payment.id).collect();
    let mut entries: HashMap<Uuid, Vec<LedgerRow>> = HashMap::new();
    for entry in books::list_ledger_of(tx, &ids)? {
        entries.entry(entry.payment_id).or_default().push(entry);
    }
    let usual = tx.store().currency;
    Ok(Batch::cut(
        found,
        BATCH,
        |payment| json!(payment.id),
        |payment| record(payment, &entries.remove(&payment.id).unwrap_or_default(), usual),
    ))
}

fn record(payment: &BookedPayment, entries: &[LedgerRow], usual: Currency) -> Record {
    // The table's CHECK knows only ISO codes.
    let amount = Money::new(payment.amount_minor, payment.currency.parse().unwrap_or(usual));
    let optional = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    let cells = vec![
        Cell::text(payment.id.to_string()),
        Cell::text(payment.order_id.to_string()),
        Cell::time(payment.created_at),
        Cell::text(&payment.provider),
        Cell::text(&payment.status),
        Cell::Number(amount.to_decimal_string()),
        Cell::text(&payment.currency),
        optional(&payment.card_last4),
        optional(&payment.provider_reference),
        optional(&payment.failure_code),
    ];
    let entry = |entry: &LedgerRow| json!({ "at": entry.created_at.to_rfc3339(), "entry": entry.entry, "amount_minor": entry.amount_minor, "currency": entry.currency });
    let document = json!({
        "id": payment.id, "order_id": payment.order_id, "created_at": payment.created_at.to_rfc3339(), "updated_at": payment.updated_at.to_rfc3339(),
        "provider": payment.provider, "status": payment.status, "amount_minor": payment.amount_minor, "currency": payment.currency,
        "card_last4": payment.card_last4, "provider_reference": payment.provider_reference, "failure_code": payment.failure_code,
        "ledger": entries.iter().map(entry).collect::<Vec<_>>(),
    });
    Record::new(vec![cells], document)
}
