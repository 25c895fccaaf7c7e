//! What happens to orders, and to the terms on which they are placed.

use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use orion_types::{CustomerId, FulfilmentId, Money, OrderId, ShippingMethodId, TaxRateId};

use crate::examples::{euros, id};

facts! {
    /// An order, as it is after what happened to it.
    OrderFacts {
        /// The order.
        order_id: OrderId = id(1),
        /// Its number; none before its payment was confirmed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<i64> = Some(1042),
        /// The buyer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customer_id: Option<CustomerId> = Some(id(2)),
        /// How far it has come as a whole.
        status: OrderStatus = OrderStatus::Confirmed,
        /// What happened to its money.
        payment_status: PaymentStatus = PaymentStatus::Paid,
        /// How much of it was shipped.
        fulfilment_status: FulfilmentStatus = FulfilmentStatus::Unfulfilled,
        /// What the customer pays.
        total: Money = euros(10_290),
    }

    /// A way of shipping.
    ShippingMethodFacts {
        /// The way of shipping.
        shipping_method_id: ShippingMethodId = id(4),
        /// Its name.
        name: String = "Parcel".to_owned(),
        /// What it costs.
        price: Money = euros(490),
        /// Whether it is offered.
        active: bool = true,
    }
}

events! {
    module "orders";

    /// An order counts: it was placed, and paid where it had to be paid at once.
    OrderPlaced: "order.placed", 1, order_id, public, kept {
        /// The order.
        order_id: OrderId = id(1),
        /// Its number.
        number: i64 = 1042,
        /// The buyer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customer_id: Option<CustomerId> = Some(id(2)),
        /// How far it has come as a whole.
        status: OrderStatus = OrderStatus::Pending,
        /// What happened to its money.
        payment_status: PaymentStatus = PaymentStatus::Pending,
        /// How many units were ordered.
        item_count: i64 = 2,
        /// The goods, with tax where prices include it.
        subtotal: Money = euros(9800),
        /// What was taken off.
        discount: Money = euros(0),
        /// Shipping.
        shipping: Money = euros(490),
        /// The tax in it, or on top of it.
        tax: Money = euros(1643),
        /// What the customer pays.
        total: Money = euros(10_290),
    }

    /// Another system noted something about an order, or it is the account's of its address now, whose owner has proved that it is theirs.
    OrderUpdated: "order.updated", 1, order_id, public, kept (OrderFacts)

    /// The money of an order is reserved and not yet taken.
    OrderAuthorized: "order.authorized", 1, order_id, public, kept (OrderFacts { payment_status: PaymentStatus::Authorized })

    /// The money of an order has arrived.
    OrderPaid: "order.paid", 1, order_id, public, kept (OrderFacts)

    /// The payment of an order was declined.
    OrderPaymentFailed: "order.payment_failed", 1, order_id, public, kept (OrderFacts { number: None, status: OrderStatus::Cancelled, payment_status: PaymentStatus::Failed })

    /// Money that was reserved for an order was let go.
    OrderPaymentVoided: "order.payment_voided", 1, order_id, public, kept (OrderFacts { payment_status: PaymentStatus::Voided })

    /// Some goods of an order have left, and some are still to come.
    OrderPartiallyFulfilled: "order.partially_fulfilled", 1, order_id, public, kept (OrderFacts { fulfilment_status: FulfilmentStatus::PartiallyFulfilled })

    /// The last goods of an order have left.
    OrderFulfilled: "order.fulfilled", 1, order_id, public, kept (OrderFacts { fulfilment_status: FulfilmentStatus::Fulfilled })

    /// Nothing is left to do for an order.
    OrderCompleted: "order.completed", 1, order_id, public, kept (OrderFacts { status: OrderStatus::Completed, fulfilment_status: FulfilmentStatus::Fulfilled })

    /// An order was called off before anything was shipped.
    OrderCancelled: "order.cancelled", 1, order_id, public, kept (OrderFacts { status: OrderStatus::Cancelled, payment_status: PaymentStatus::Refunded })

    /// Some of the money of an order was given back.
    OrderPartiallyRefunded: "order.partially_refunded", 1, order_id, public, kept (OrderFacts { payment_status: PaymentStatus::PartiallyRefunded })

    /// All of the money of an order is given back.
    OrderRefunded: "order.refunded", 1, order_id, public, kept (OrderFacts { status: OrderStatus::Cancelled, payment_status: PaymentStatus::Refunded })

    /// Goods of an order have left in a parcel.
    FulfilmentCreated: "fulfilment.created", 1, order_id, public, kept {
        /// The parcel.
        fulfilment_id: FulfilmentId = id(3),
        /// The order.
        order_id: OrderId = id(1),
        /// The order's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<i64> = Some(1042),
        /// Who carries it; empty where nobody said.
        carrier: String = "DHL".to_owned(),
        /// Its number at the carrier; empty where nobody said.
        tracking_number: String = "00340434161094".to_owned(),
        /// How many units are in it.
        units: i64 = 2,
    }

    /// A way of shipping was added.
    ShippingMethodCreated: "shipping_method.created", 1, shipping_method_id, public, kept (ShippingMethodFacts)

    /// A way of shipping was changed.
    ShippingMethodUpdated: "shipping_method.updated", 1, shipping_method_id, public, kept (ShippingMethodFacts)

    /// A way of shipping was removed; orders keep its name.
    ShippingMethodDeleted: "shipping_method.deleted", 1, shipping_method_id, public, kept {
        /// The way of shipping.
        shipping_method_id: ShippingMethodId = id(4),
    }

    /// The store's tax rate was set.
    TaxRateUpdated: "tax_rate.updated", 1, tax_rate_id, public, kept {
        /// The tax rate.
        tax_rate_id: TaxRateId = id(5),
        /// Its name.
        name: String = "VAT".to_owned(),
        /// In millionths: 190000 is 19 %.
        rate_ppm: i32 = 190_000,
    }
}
