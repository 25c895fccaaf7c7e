//! What happens to orders.

use orion_types::{FulfilmentId, OrderId};

use crate::examples::id;

events! {
    module "orders";

    /// An order counts: it was placed, and paid where it had to be paid at once.
    OrderPlaced: "order.placed", 1, order_id, public {
        /// The order.
        order_id: OrderId = id(1),
        /// Its number.
        number: i64 = 1042,
    }

    /// The money of an order has arrived.
    OrderPaid: "order.paid", 1, order_id, public {
        /// The order.
        order_id: OrderId = id(1),
    }

    /// Goods of an order have left.
    OrderFulfilled: "order.fulfilled", 1, order_id, public {
        /// The order.
        order_id: OrderId = id(1),
        /// The shipment.
        fulfilment_id: FulfilmentId = id(2),
    }

    /// An order was called off.
    OrderCancelled: "order.cancelled", 1, order_id, public {
        /// The order.
        order_id: OrderId = id(1),
    }
}
