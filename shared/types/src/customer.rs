//! Customers and their addresses.

use std::collections::BTreeMap;

use crate::{AddressId, CustomerId, Money, Timestamp};

wire! {
    /// A postal address.
    #[serde(deny_unknown_fields)]
    #[derive(Eq)]
    pub struct Address {
        pub name: String,
        pub line1: String,
        #[serde(default)]
        pub line2: String,
        pub city: String,
        /// State, province or prefecture, where the country has them.
        #[serde(default)]
        pub region: String,
        pub postal_code: String,
        /// ISO 3166-1 alpha-2.
        pub country: String,
        #[serde(default)]
        pub phone: String,
    }

    /// What a country's addresses say about states, provinces or prefectures.
    #[derive(Default)]
    pub struct CountryRegions {
        /// Whether addresses name one at all.
        pub named: bool,
        /// Whether an address without one is refused.
        pub needed: bool,
        /// Those that are known, in the order of the country's own list; empty where any text will do.
        pub regions: Vec<Region>,
    }

    /// A state, a province or a prefecture.
    pub struct Region {
        /// What an address has as its `region`.
        pub code: String,
        /// Its name in Latin letters.
        pub name: String,
    }

    /// An address in a customer's address book.
    pub struct SavedAddress {
        pub id: AddressId,
        pub address: Address,
        pub is_default: bool,
    }

    /// What can be set on a saved address.
    #[serde(deny_unknown_fields)]
    pub struct SaveAddress {
        pub address: Address,
        #[serde(default)]
        pub is_default: bool,
    }

    /// A change of one's own account; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateAccount {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }

    /// A customer as staff see them, with the address book.
    pub struct CustomerDetail {
        pub id: CustomerId,
        pub email: String,
        pub name: String,
        /// Has an account; the others have bought as guests.
        pub registered: bool,
        /// Proved to read the mails of the address.
        pub email_verified: bool,
        /// The default one first.
        pub addresses: Vec<SavedAddress>,
        /// What other programs have noted; the customer does not see it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub metadata: BTreeMap<String, String>,
        /// The id in another system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub external_id: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        /// Counts changes; the `ETag`.
        pub version: i32,
    }

    /// A customer as staff see them in a list.
    pub struct CustomerSummary {
        pub id: CustomerId,
        pub email: String,
        pub name: String,
        /// Has an account; the others have bought as guests.
        pub registered: bool,
        /// Proved to read the mails of the address.
        pub email_verified: bool,
        /// Absent for members who may not see orders, and while orders are off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub orders: Option<CustomerOrders>,
        /// The id in another system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub external_id: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// What a customer has ordered; cancelled orders do not count.
    pub struct CustomerOrders {
        pub count: i64,
        /// In the store's currency.
        pub spent: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_placed_at: Option<Timestamp>,
    }
}

query! {
    /// How to narrow the list of customers.
    pub struct CustomerQuery {
        /// Part of the name or the e-mail address: the beginning of the name, of the last name or of the address where a store has more than
        /// 10,000 customers.
        pub q: Option<String>,
        /// `account` or `guest`.
        pub kind: Option<String>,
        /// Only who has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        /// The id in another system.
        pub external_id: Option<String>,
        /// `created_at`, `-created_at` (default), `name`, `-name`.
        pub sort: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }
}
