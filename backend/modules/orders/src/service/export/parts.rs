//! What belongs to the orders of a batch, in a statement for each kind.

use std::collections::HashMap;

use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::order::{FulfilmentItemRow, FulfilmentRow, HistoryRow, ItemRow};
use crate::queries::fulfilments::list_fulfilments_of;
use crate::queries::history::list_history_of;
use crate::queries::orders::list_items_of;

/// What belongs to one order.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) items: Vec<ItemRow>,
    pub(super) history: Vec<HistoryRow>,
    pub(super) fulfilments: Vec<(FulfilmentRow, Vec<FulfilmentItemRow>)>,
}

/// That of several, by their ids.
pub(super) struct Parts(HashMap<Uuid, Part>);

impl Parts {
    pub(super) fn of(tx: &mut StoreTx, orders: &[Uuid]) -> Result<Self, DbError> {
        let mut parts: HashMap<Uuid, Part> = HashMap::new();
        for item in list_items_of(tx, orders)? {
            parts.entry(item.order_id).or_default().items.push(item);
        }
        for entry in list_history_of(tx, orders)? {
            parts.entry(entry.order_id).or_default().history.push(entry);
        }
        let (shipments, contents) = list_fulfilments_of(tx, orders)?;
        let mut by_shipment: HashMap<Uuid, Vec<FulfilmentItemRow>> = HashMap::new();
        for content in contents {
            by_shipment.entry(content.fulfilment_id).or_default().push(content);
        }
        for shipment in shipments {
            let contents = by_shipment.remove(&shipment.id).unwrap_or_default();
            parts.entry(shipment.order_id).or_default().fulfilments.push((shipment, contents));
        }
        Ok(Self(parts))
    }

    /// What belongs to an order; asked for once.
    pub(super) fn take(&mut self, order: Uuid) -> Part {
        self.0.remove(&order).unwrap_or_default()
    }
}
