//! A large file is imported, and the shop goes on meanwhile.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::client::{Connection, Request};
use crate::owner::{ask, sign_in, text};
use crate::reads::LISTING;
use crate::report::{Report, Target};
use crate::{interrupt, server};

/// Products of the file; each has two variants.
pub const PRODUCTS: usize = 20_000;
/// How often the importing shop's own list is asked for, and its import looked at.
const LOOK: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(600);

/// What an import took.
#[derive(Debug)]
pub struct Imported {
    /// From sending the file to its report.
    took: Duration,
    /// The slowest of a hundred of the shop's own lists meanwhile.
    p99: Duration,
    /// The most resident memory, in bytes.
    peak: u64,
}

/// Imports the file into a shop and asks for its list all the while.
///
/// # Errors
/// When a product is refused, or an answer is none.
pub fn measure(server: &server::Process, host: &str) -> anyhow::Result<Imported> {
    let (over, port) = (AtomicBool::new(false), server.port);
    let (took, lists) = std::thread::scope(|scope| {
        let lists = scope.spawn(|| ask_on(port, host, &over));
        let took = import(port, host);
        over.store(true, Ordering::Relaxed);
        let lists = lists.join().unwrap_or_else(|_| bail!("a client panicked"));
        anyhow::Ok((took?, lists?))
    })?;
    let place = (lists.len() * 99).div_ceil(100).saturating_sub(1);
    Ok(Imported {
        took,
        p99: *lists.get(place).context("no list was asked for")?,
        peak: server.peak()?,
    })
}

impl Imported {
    /// Adds the rows.
    pub fn tell(&self, report: &mut Report) {
        let what = format!("Import of {PRODUCTS} products with two variants each");
        let seconds = |seconds: f64| format!("{seconds:.0} s");
        report.figure(&what, self.took.as_secs_f64(), seconds, Target::AtMost(60.0));
        let p99 = self.p99.as_secs_f64() * 1e3;
        let what = "The importing shop's own list meanwhile: p99";
        report.figure(what, p99, |ms| format!("{ms:.0} ms"), Target::AtMost(100.0));
        let megabytes = self.peak as f64 / f64::from(1 << 20);
        let what = "The most memory of the server meanwhile";
        report.figure(what, megabytes, |mb| format!("{mb:.0} MB"), Target::AtMost(250.0));
    }
}

/// How long each list took, the fastest first.
fn ask_on(port: u16, host: &str, over: &AtomicBool) -> anyhow::Result<Vec<Duration>> {
    let mut connection = Connection::open(port, host)?;
    let mut took = Vec::new();
    while !over.load(Ordering::Relaxed) && !interrupt::asked() {
        let asked = Instant::now();
        let answer = connection.get(LISTING)?;
        ensure!(answer.status == 200, "{LISTING} answered {}", answer.status);
        took.push(asked.elapsed());
        std::thread::sleep(LOOK);
    }
    took.sort();
    Ok(took)
}

fn import(port: u16, host: &str) -> anyhow::Result<Duration> {
    let mut connection = Connection::open(port, host)?;
    let token = sign_in(port, host)?;
    let file = file();
    let begin = Instant::now();
    let started = ask(
        &mut connection,
        &Request {
            method: "POST",
            path: "/api/v1/store/imports/products?file_name=products.csv",
            token: Some(&token),
            content_type: Some("application/octet-stream"),
            body: &file,
            ..Request::default()
        },
    )?;
    let path = format!("/api/v1/store/imports/{}", text(&started, "id")?);
    loop {
        let now = ask(
            &mut connection,
            &Request {
                method: "GET",
                path: &path,
                token: Some(&token),
                ..Request::default()
            },
        )?;
        match text(&now, "status")? {
            "queued" | "running" => {}
            "completed" if now["created_count"] == PRODUCTS => return Ok(begin.elapsed()),
            _ => bail!("the import ended so: {now}"),
        }
        ensure!(begin.elapsed() < PATIENCE, "the import has not ended: {now}");
        interrupt::check()?;
        std::thread::sleep(LOOK);
    }
}

/// Shopify's columns, for things of twenty kinds by fifty makers.
fn file() -> String {
    let mut file = String::from(
        "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,\
         Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Status\n",
    );
    for n in 0..PRODUCTS {
        for (place, size) in ["S", "L"].iter().enumerate() {
            let product = if place == 0 {
                format!(
                    "Item {n} of oak,<p>A thing made of oak number {n}.</p>,Maker {},Type {},\"a, b\"",
                    n % 50,
                    n % 20
                )
            } else {
                ",,,,".to_owned()
            };
            let price = format!("{}.{:02}", 10 + n % 90, n % 100);
            // Writing to a string cannot fail.
            let _ = writeln!(
                file,
                "item-{n},{product},true,Size,{size},ITEM-{n}-{size},500,shopify,{},deny,{price},active",
                n % 40
            );
        }
    }
    file
}
