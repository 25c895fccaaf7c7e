//! The dashboard's lists in a store of 100,000 products, 200,000 customers, 1,000,000 orders and twice as many entries in its audit log.

use anyhow::Context;

use crate::client::{Connection, Request};
use crate::report::{Report, Target};
use crate::tools::{Wrk, wrk_as};
use crate::{interrupt, owner, server};

/// What is written for it, beside the products.
pub const SOLD: &str = "customers=200000,orders=1000000";
/// The slowest of a hundred, in milliseconds.
const P99: f64 = 50.0;

/// Lists as the pages ask for them: a name and a path.
const ASKED: [(&str, &str); 26] = [
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
    ("audit log, newest first", "/audit?limit=20"),
    ("audit log, what was sent", "/audit?limit=20&action=order.fulfilled"),
    ("audit log, all about orders", "/audit?limit=20&action=order"),
    ("audit log, what somebody did", "/audit?limit=20&actor=packer-7%40load.test"),
    ("audit log, an order", "/audit?limit=20&entity_id=__order__"),
    (
        "audit log, all about orders up to a year ago",
        "/audit?limit=20&action=order&to=__year_ago__",
    ),
];

/// Measures each list as the store's owner and adds its row.
///
/// # Errors
/// When a list is refused.
pub fn measure(report: &mut Report, server: &server::Process, host: &str, seconds: u32) -> anyhow::Result<()> {
    let token = owner::sign_in(server.port, host)?;
    let sent = newest_sent(server.port, host, &token)?;
    for (name, path) in ASKED {
        interrupt::check()?;
        eprintln!("dashboard: {name}");
        let path = path.replace("__order__", &sent.order).replace("__year_ago__", &sent.year_before);
        let path = format!("/api/v1/store{path}");
        wrk_as(server.port, host, &path, 1, &token)?;
        let Wrk { rate, p99 } = wrk_as(server.port, host, &path, seconds, &token)?;
        let what = format!("Dashboard of a large store, {name} ({rate:.0}/s): p99");
        report.figure(&what, p99.as_secs_f64() * 1e3, |ms| format!("{ms:.0} ms"), Target::AtMost(P99));
    }
    Ok(())
}

/// An order whose goods are on their way.
struct Sent {
    order: String,
    /// The same day a year before, as `2025-11-30`.
    year_before: String,
}

fn newest_sent(port: u16, host: &str, token: &str) -> anyhow::Result<Sent> {
    let asked = Request {
        method: "GET",
        path: "/api/v1/store/audit?limit=1&action=order.fulfilled",
        token: Some(token),
        ..Request::default()
    };
    let entry = &owner::ask(&mut Connection::open(port, host)?, &asked)?["data"][0];
    let at = owner::text(entry, "created_at")?;
    let (year, rest) = at.split_once('-').context("a time without a year")?;
    let day = rest.get(..5).context("a time without a day")?;
    Ok(Sent {
        order: owner::text(entry, "entity_id")?.to_owned(),
        year_before: format!("{}-{day}", year.parse::<u16>()? - 1),
    })
}
