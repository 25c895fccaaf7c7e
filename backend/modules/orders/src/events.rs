//! What others may want to know about orders.

use orion_framework::event::Event;
use orion_types::{FulfilmentId, OrderId};
use serde::{Deserialize, Serialize};

/// An order counts: it was placed, and paid where it had to be paid at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderPlaced {
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub number: i64,
}

impl Event for OrderPlaced {
    const NAME: &'static str = "orders.placed";
}

/// The money of an order has arrived.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderPaid {
    /// The order.
    pub order_id: OrderId,
}

impl Event for OrderPaid {
    const NAME: &'static str = "orders.paid";
}

/// Goods of an order have left.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderFulfilled {
    /// The order.
    pub order_id: OrderId,
    /// The shipment.
    pub fulfilment_id: FulfilmentId,
}

impl Event for OrderFulfilled {
    const NAME: &'static str = "orders.fulfilled";
}

/// An order was called off.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderCancelled {
    /// The order.
    pub order_id: OrderId,
}

impl Event for OrderCancelled {
    const NAME: &'static str = "orders.cancelled";
}
