//! The dashboard's lists in a store of 100,000 products, 200,000 customers and 1,000,000 orders.

use crate::report::{Report, Target};
use crate::tools::{Wrk, wrk_as};
use crate::{interrupt, owner, server};

/// What is written for it, beside the products.
pub const SOLD: &str = "customers=200000,orders=1000000";
/// The slowest of a hundred, in milliseconds.
const P99: f64 = 50.0;

/// Lists as the pages ask for them: a name and a path.
const ASKED: [(&str, &str); 20] = [
    ("orders, newest first", "/orders?limit=20"),
    (
        "orders that wait for their parcel",
        "/orders?limit=20&fulfilment_status=unfulfilled",
    ),
    ("orders by what they cost", "/orders?limit=20&sort=-total"),
    ("orders of an e-mail address", "/orders?limit=20&q=buyer-777%40"),
    ("customers, newest first", "/customers?limit=20"),
    ("customers by name", "/customers?limit=20&sort=name"),
    ("customers by how a name begins", "/customers?limit=20&q=smi"),
    ("products, newest first", "/products?limit=20"),
    ("products by title", "/products?limit=20&sort=title"),
    ("products by words that many have", "/products?limit=20&q=product+4"),
    ("products by words that few have", "/products?limit=20&q=load+4711"),
    ("products by a number, others each time", "/products?limit=20&q=product+__n__"),
    ("products by SKU", "/products?limit=20&q=product-4711-m"),
    ("products that run out", "/products?limit=20&stock=low"),
    ("stock", "/inventory?limit=20"),
    ("stock by words that many have", "/inventory?limit=20&q=product+4"),
    ("stock by words that few have", "/inventory?limit=20&q=load+4711"),
    ("stock by SKU", "/inventory?limit=20&q=product-4711-m"),
    ("stock that runs out", "/inventory?limit=20&stock=low"),
    ("the home page's sales", "/dashboard/sales"),
];

/// Measures each list as the store's owner and adds its row.
///
/// # Errors
/// When a list is refused.
pub fn measure(report: &mut Report, server: &server::Process, host: &str, seconds: u32) -> anyhow::Result<()> {
    let token = owner::sign_in(server.port, host)?;
    for (name, path) in ASKED {
        interrupt::check()?;
        eprintln!("dashboard: {name}");
        let path = format!("/api/v1/store{path}");
        wrk_as(server.port, host, &path, 1, &token)?;
        let Wrk { rate, p99 } = wrk_as(server.port, host, &path, seconds, &token)?;
        let what = format!("Dashboard of a large store, {name} ({rate:.0}/s): p99");
        report.figure(&what, p99.as_secs_f64() * 1e3, |ms| format!("{ms:.0} ms"), Target::AtMost(P99));
    }
    Ok(())
}
