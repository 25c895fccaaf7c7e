//! What happens to payments. That an order's money has arrived is told by the order; this is for who keeps the books.

use orion_types::{Money, OrderId, PaymentId, StoreId};

use crate::examples::{euros, id};

facts! {
    /// A payment, as it is after what happened to it.
    PaymentFacts {
        /// The payment.
        payment_id: PaymentId = id(1),
        /// The order.
        order_id: OrderId = id(2),
        /// Who moves the money.
        provider: String = "test-card".to_owned(),
        /// Where it stands, such as `captured`.
        status: String = "captured".to_owned(),
        /// How much.
        amount: Money = euros(10_290),
        /// Why the provider declined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure_code: Option<String> = None,
    }
}

events! {
    module "payments";

    /// The card's owner has to agree to a payment.
    PaymentRequiresConfirmation: "payment.requires_confirmation", 1, payment_id, public, fleeting (PaymentFacts { status: "requires_confirmation".to_owned() })

    /// Money is reserved at the provider and not yet taken.
    PaymentAuthorized: "payment.authorized", 1, payment_id, public, fleeting (PaymentFacts { status: "authorized".to_owned() })

    /// Money was taken, or has arrived.
    PaymentCaptured: "payment.captured", 1, payment_id, public, fleeting (PaymentFacts)

    /// The provider declined a payment.
    PaymentFailed: "payment.failed", 1, payment_id, public, fleeting (PaymentFacts { status: "failed".to_owned(), failure_code: Some("card_declined".to_owned()) })

    /// A payment was called off before anything was taken.
    PaymentVoided: "payment.voided", 1, payment_id, public, kept (PaymentFacts { status: "voided".to_owned() })

    /// Money that was taken is given back.
    PaymentRefunded: "payment.refunded", 1, payment_id, public, kept (PaymentFacts { status: "refunded".to_owned() })

    /// The provider told by itself that something has become of a payment; what that is, it is asked.
    PaymentReported: "payment.reported", 1, payment_id, internal, fleeting {
        /// The payment.
        payment_id: PaymentId = id(1),
        /// The order.
        order_id: OrderId = id(2),
    }

    /// Transfers go to another bank account, or are explained otherwise.
    BankAccountUpdated: "bank_account.updated", 1, store_id, public, kept {
        /// The store.
        store_id: StoreId = id(3),
    }
}
