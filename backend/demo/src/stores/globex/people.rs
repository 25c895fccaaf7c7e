//! Customers of the bicycle workshop: placeholder names, 555 numbers.

use super::*;

pub const CASEY: &str = "customer@example.test";
pub const JANE: &str = "jane.doe@example.test";
pub const JOHN: &str = "john.q.public@example.test";
pub const ALEX: &str = "alex.sample@example.test";
pub const SAM: &str = "sam.placeholder@example.test";
pub const PAT: &str = "pat.specimen@example.test";
pub const ROBIN: &str = "robin.testcase@example.test";

pub const CUSTOMERS: [DemoCustomer; 7] = [
    DemoCustomer {
        email: CASEY,
        first_name: "Casey",
        last_name: "Customer",
        password: Some(GLOBEX_PASSWORD),
        address: american("100 Example Street", "Apt 2", "97201", "Portland", "OR", "+1 503 555 0100"),
    },
    DemoCustomer {
        email: JANE,
        first_name: "Jane",
        last_name: "Doe",
        password: Some(GLOBEX_PASSWORD),
        address: american("221 Sample Avenue", "", "98101", "Seattle", "WA", "+1 206 555 0121"),
    },
    DemoCustomer {
        email: JOHN,
        first_name: "John Q.",
        last_name: "Public",
        password: None,
        address: american("9 Placeholder Road", "", "80202", "Denver", "CO", "+1 303 555 0109"),
    },
    DemoCustomer {
        email: ALEX,
        first_name: "Alex",
        last_name: "Sample",
        password: Some(GLOBEX_PASSWORD),
        address: american("47 Specimen Lane", "Unit 3B", "94110", "San Francisco", "CA", "+1 415 555 0147"),
    },
    DemoCustomer {
        email: SAM,
        first_name: "Sam",
        last_name: "Placeholder",
        password: None,
        address: american("310 Testcase Boulevard", "", "60614", "Chicago", "IL", "+1 312 555 0110"),
    },
    DemoCustomer {
        email: PAT,
        first_name: "Pat",
        last_name: "Specimen",
        password: None,
        address: american("78 Example Way", "", "11211", "Brooklyn", "NY", "+1 718 555 0178"),
    },
    DemoCustomer {
        email: ROBIN,
        first_name: "Robin",
        last_name: "Testcase",
        password: Some(GLOBEX_PASSWORD),
        address: american("5 Sample Court", "", "55401", "Minneapolis", "MN", "+1 612 555 0105"),
    },
];

const fn american(
    line1: &'static str,
    line2: &'static str,
    postal_code: &'static str,
    city: &'static str,
    region: &'static str,
    phone: &'static str,
) -> DemoAddress {
    DemoAddress {
        line1,
        line2,
        postal_code,
        city,
        region,
        country: "US",
        phone,
    }
}
