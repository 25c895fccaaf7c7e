//! An order as a document: itself, its items, what has happened to it, and its parcels.

use serde_json::{Value, json};

use super::parts::Part;
use crate::model::order::{FulfilmentItemRow, FulfilmentRow, HistoryRow, ItemRow, OrderRow};

pub(super) fn document(order: &OrderRow, part: &Part) -> Value {
    json!({
        "id": order.id, "number": order.number, "external_id": order.external_id, "placed_at": order.placed_at.to_rfc3339(),
        "updated_at": order.updated_at.to_rfc3339(), "status": order.status, "payment_status": order.payment_status,
        "fulfilment_status": order.fulfilment_status, "customer_id": order.customer_id,
        "email": order.email, "locale": order.locale, "channel": order.channel, "currency": order.currency,
        "subtotal_minor": order.subtotal_minor, "discount_minor": order.discount_minor, "shipping_minor": order.shipping_minor,
        "tax_minor": order.tax_minor, "total_minor": order.total_minor, "prices_include_tax": order.prices_include_tax,
        "tax_name": order.tax_name, "tax_rate_ppm": order.tax_rate_ppm, "shipping_method": order.shipping_method, "note": order.note,
        "cancelled_at": order.cancelled_at.map(|at| at.to_rfc3339()), "cancel_reason": order.cancel_reason,
        "shipping_address": order.shipping_address, "billing_address": order.billing_address, "metadata": order.metadata,
        "items": part.items.iter().map(item).collect::<Vec<_>>(),
        "history": part.history.iter().map(entry).collect::<Vec<_>>(),
        "fulfilments": part.fulfilments.iter().map(|(parcel, items)| fulfilment(parcel, items)).collect::<Vec<_>>(),
    })
}

fn item(item: &ItemRow) -> Value {
    json!({
        "id": item.id, "sku": item.sku, "title": item.title, "variant_title": item.variant_title, "quantity": item.quantity,
        "unit_price_minor": item.unit_price_minor, "subtotal_minor": item.subtotal_minor, "tax_minor": item.tax_minor,
        "tax_rate_ppm": item.tax_rate_ppm, "requires_shipping": item.requires_shipping, "fulfilled_quantity": item.fulfilled_quantity,
        "refunded_quantity": item.refunded_quantity, "product_id": item.product_id, "variant_id": item.variant_id,
    })
}

fn entry(entry: &HistoryRow) -> Value {
    json!({
        "at": entry.created_at.to_rfc3339(), "event": entry.event, "from": entry.from_status, "to": entry.to_status,
        "by": entry.actor_label, "note": entry.note, "customer_visible": entry.customer_visible,
    })
}

fn fulfilment(parcel: &FulfilmentRow, items: &[FulfilmentItemRow]) -> Value {
    let item = |item: &FulfilmentItemRow| json!({ "item_id": item.order_item_id, "quantity": item.quantity });
    json!({
        "at": parcel.created_at.to_rfc3339(), "carrier": parcel.carrier, "tracking_number": parcel.tracking_number,
        "items": items.iter().map(item).collect::<Vec<_>>(),
    })
}
