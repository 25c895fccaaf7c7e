//! An order with everything that belongs to it, for staff and for its buyer.

use std::collections::BTreeMap;

use orion_framework::marks;
use orion_payments::{Instructions, Payment};
use orion_rules::order_state::{self, Action};
use orion_types::catalog::ProductImage;
use orion_types::order::{Fulfilment, FulfilmentItem, Order, OrderConfirmation, OrderItem, TimelineEntry};
use orion_types::{FulfilmentId, ImageId, OrderItemId, ProductId, VariantId};
use serde_json::Value;

use super::order::{FulfilmentItemRow, FulfilmentRow, HistoryRow, ItemRow, OrderRow, TAX_ROUNDING_NOTE, address};

/// Actions that staff have a button for; the others belong to providers or do not exist yet.
const STAFF_ACTIONS: [Action; 3] = [Action::MarkPaid, Action::Fulfil, Action::Cancel];

/// An order and all its rows.
#[derive(Debug, Clone)]
pub struct OrderDetail {
    pub row: OrderRow,
    pub items: Vec<ItemRow>,
    pub history: Vec<HistoryRow>,
    pub fulfilments: Vec<FulfilmentRow>,
    pub fulfilment_items: Vec<FulfilmentItemRow>,
    pub payments: Vec<Payment>,
}

/// What other systems have noted of an order.
fn notes(metadata: &Value) -> BTreeMap<String, String> {
    let mut notes = marks::shown(metadata.clone());
    notes.remove(TAX_ROUNDING_NOTE);
    notes
}

impl OrderDetail {
    /// The form for staff.
    pub fn into_order(self) -> Order {
        let state = self.row.state();
        let fulfilments = self.fulfilments();
        Order {
            id: self.row.order_id(),
            number: self.row.number,
            customer_id: self.row.customer_id.map(Into::into),
            status: state.order,
            payment_status: state.payment,
            fulfilment_status: state.fulfilment,
            items: self.items.iter().map(|item| order_item(&self.row, item)).collect(),
            totals: self.row.totals(),
            shipping_address: address(&self.row.shipping_address),
            billing_address: address(&self.row.billing_address),
            payments: self.payments.into_iter().map(Payment::into_wire).collect(),
            fulfilments,
            timeline: self.history.iter().map(timeline_entry).collect(),
            allowed_actions: allowed_actions(&self.row),
            metadata: notes(&self.row.metadata),
            external_id: self.row.external_id,
            placed_at: self.row.placed_at.into(),
            updated_at: self.row.updated_at.into(),
            version: self.row.version,
            email: self.row.email,
            shipping_method: self.row.shipping_method,
            note: self.row.note,
        }
    }

    /// The form for its buyer, who is told how to pay while the money is open.
    pub fn into_confirmation(self, how_to_pay: Instructions) -> OrderConfirmation {
        let state = self.row.state();
        let visible = self.history.iter().filter(|entry| entry.customer_visible);
        OrderConfirmation {
            id: self.row.order_id(),
            number: self.row.number,
            status: state.order,
            payment_status: state.payment,
            fulfilment_status: state.fulfilment,
            items: self.items.iter().map(|item| order_item(&self.row, item)).collect(),
            totals: self.row.totals(),
            shipping_address: address(&self.row.shipping_address),
            fulfilments: self.fulfilments(),
            timeline: visible.map(for_the_buyer).collect(),
            placed_at: self.row.placed_at.into(),
            payment_instructions: how_to_pay.text,
            payment_details: how_to_pay.details,
            email: self.row.email,
            shipping_method: self.row.shipping_method,
        }
    }

    fn fulfilments(&self) -> Vec<Fulfilment> {
        let items_of = |shipment: &FulfilmentRow| {
            let inside = self.fulfilment_items.iter().filter(|item| item.fulfilment_id == shipment.id);
            let item = |item: &FulfilmentItemRow| FulfilmentItem {
                order_item_id: OrderItemId(item.order_item_id),
                quantity: item.quantity,
            };
            inside.map(item).collect()
        };
        let fulfilment = |shipment: &FulfilmentRow| Fulfilment {
            id: FulfilmentId(shipment.id),
            carrier: shipment.carrier.clone(),
            tracking_number: shipment.tracking_number.clone(),
            items: items_of(shipment),
            created_at: shipment.created_at.into(),
        };
        self.fulfilments.iter().map(fulfilment).collect()
    }
}

/// What staff may do now. An attempt whose payment is still open belongs to the provider, and nobody else touches it.
pub fn allowed_actions(row: &OrderRow) -> Vec<String> {
    if row.number.is_none() {
        return Vec::new();
    }
    let state = row.state();
    let allowed = STAFF_ACTIONS
        .into_iter()
        .filter(|action| order_state::apply(state, *action).is_ok());
    allowed.map(|action| action.to_string()).collect()
}

fn order_item(order: &OrderRow, item: &ItemRow) -> OrderItem {
    OrderItem {
        id: OrderItemId(item.id),
        product_id: ProductId(item.product_id),
        variant_id: VariantId(item.variant_id),
        title: item.title.clone(),
        variant_title: item.variant_title.clone(),
        sku: item.sku.clone(),
        image: item.image_id.map(|id| picture(ImageId(id), &item.title)),
        quantity: item.quantity,
        fulfilled_quantity: item.fulfilled_quantity,
        unit_price: order.money(item.unit_price_minor),
        subtotal: order.money(item.subtotal_minor),
        tax: order.money(item.tax_minor),
    }
}

/// The picture as the order remembers it: its id. The order outlives the picture, whose address then leads nowhere.
fn picture(id: ImageId, title: &str) -> ProductImage {
    ProductImage {
        id,
        alt: title.to_owned(),
        position: 0,
        status: "ready".to_owned(),
        width: None,
        height: None,
        placeholder: None,
        variant_id: None,
        source_url: None,
        fetch_error: None,
    }
}

fn timeline_entry(entry: &HistoryRow) -> TimelineEntry {
    TimelineEntry {
        event: entry.event.clone(),
        note: entry.note.clone(),
        actor: entry.actor_label.clone(),
        created_at: entry.created_at.into(),
    }
}

/// Buyers see what happened, not who of the staff did it or what they noted about it.
fn for_the_buyer(entry: &HistoryRow) -> TimelineEntry {
    TimelineEntry {
        note: String::new(),
        actor: String::new(),
        ..timeline_entry(entry)
    }
}
