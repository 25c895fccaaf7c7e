//! What happens to customers. Names and addresses of people are not told: who may read them asks for them.

use orion_types::CustomerId;

use crate::examples::id;

facts! {
    /// A customer.
    CustomerFacts {
        /// The customer.
        customer_id: CustomerId = id(1),
    }
}

events! {
    module "customers";

    /// Somebody bought without an account for the first time.
    CustomerCreated: "customer.created", 1, customer_id, public, fleeting (CustomerFacts)

    /// Somebody made an account.
    CustomerRegistered: "customer.registered", 1, customer_id, public, kept {
        /// The customer.
        customer_id: CustomerId = id(1),
        /// The guest of the same e-mail address, who keeps their orders and goes out of sight.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces_guest_id: Option<CustomerId> = None,
    }

    /// A customer changed their name, or another system noted something about them.
    CustomerUpdated: "customer.updated", 1, customer_id, public, kept (CustomerFacts)

    /// A customer changed their address book.
    CustomerAddressesChanged: "customer.addresses_changed", 1, customer_id, public, kept (CustomerFacts)

    /// A customer proved to read the mails of their address, for the first time or of another one.
    CustomerEmailVerified: "customer.email_verified", 1, customer_id, public, kept (CustomerFacts)

    /// A customer has another address from now on; all other sessions have ended.
    CustomerEmailChanged: "customer.email_changed", 1, customer_id, public, kept (CustomerFacts)

    /// A customer changed their password; all other sessions have ended.
    CustomerPasswordChanged: "customer.password_changed", 1, customer_id, public, kept (CustomerFacts)
}
