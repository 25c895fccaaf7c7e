//! Lists, searches and suggestions without the memory of answers, in a small shop and in a large one.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::client::Connection;
use crate::reads::LISTING;
use crate::report::{Report, Target};
use crate::tools::{Wrk, wrk, wrk_of_good_answers};
use crate::{interrupt, server};

/// Products of the small shop.
pub const SMALL: u32 = 1_000;
/// Products of the large shop.
pub const LARGE: u32 = 100_000;

/// What is asked for: a name, a path, and how often a second in a shop of a thousand products and in the large one.
const ASKED: [(&str, &str, f64, f64); 5] = [
    ("list of 20", LISTING, 2_000.0, 1_500.0),
    (
        "list narrowed by an option and a price",
        "/api/v1/storefront/products?limit=20&options=Size:M&max_price=4000&sort=price",
        2_000.0,
        1_500.0,
    ),
    (
        "search for two words",
        "/api/v1/storefront/products?limit=20&q=product+4",
        2_000.0,
        1_500.0,
    ),
    // What was counted for one is of no use to the next.
    (
        "search for two words, others each time",
        "/api/v1/storefront/products?limit=20&q=product+__n__",
        2_000.0,
        1_500.0,
    ),
    ("suggestion", "/api/v1/storefront/search/suggestions?q=prod", 2_000.0, 1_500.0),
];
/// The slowest of a hundred in the large shop.
const P99: f64 = 20.0;
/// A list takes less than this when it is not the database that makes it.
const INDEXED: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(300);
const LOOK: Duration = Duration::from_millis(200);

/// A server whose lists are measured, with its two shops.
pub struct Side<'a> {
    server: &'a server::Process,
    small: &'a str,
    large: &'a str,
}

impl<'a> Side<'a> {
    /// A server with the hosts of a shop of [`SMALL`] and of one of [`LARGE`].
    pub fn new(server: &'a server::Process, small: &'a str, large: &'a str) -> Self {
        Self { server, small, large }
    }
}

/// What one side does: the time until its index is there, then the small and the large shop for each address of [`ASKED`].
struct Found {
    indexed: Duration,
    asked: Vec<[Option<Wrk>; 2]>,
}

/// Measures today's server, which remembers no answers and whose answers all have to be good.
///
/// # Errors
/// When an answer is missing or none.
pub fn measure(side: &Side<'_>, seconds: u32) -> anyhow::Result<Lists> {
    Connection::open(side.server.port, side.small)?.get(LISTING)?;
    let indexed = wait(side.server.port, side.large)?;
    let asked = each(side, |host, path| {
        wrk(side.server.port, host, path, 1)?;
        Ok(Some(wrk(side.server.port, host, path, seconds)?))
    })?;
    Ok(Lists(Found { indexed, asked }))
}

/// Measures the baseline, of which good answers count and addresses that it does not know are left out.
///
/// # Errors
/// When `wrk` does not run.
pub fn measure_baseline(side: &Side<'_>, seconds: u32) -> anyhow::Result<Lists> {
    let asked = each(side, |host, path| {
        let known = Connection::open(side.server.port, host)?.get(path)?.status != 404;
        known
            .then(|| wrk_of_good_answers(side.server.port, host, path, seconds))
            .transpose()
    })?;
    Ok(Lists(Found {
        indexed: Duration::ZERO,
        asked,
    }))
}

fn each(side: &Side<'_>, ask: impl Fn(&str, &str) -> anyhow::Result<Option<Wrk>>) -> anyhow::Result<Vec<[Option<Wrk>; 2]>> {
    ASKED
        .iter()
        .map(|(name, path, ..)| {
            interrupt::check()?;
            eprintln!("without the memory of answers: {name}");
            Ok([ask(side.small, path)?, ask(side.large, path)?])
        })
        .collect()
}

/// What lists cost on one side.
pub struct Lists(Found);

impl Lists {
    /// Adds the rows, beside those of the baseline where it was measured.
    pub fn tell(&self, report: &mut Report, baseline: Option<&Self>) {
        let took = format!("Until {LARGE} products are in the index, from the first list");
        report.figure(&took, self.0.indexed.as_secs_f64(), |s| format!("{s:.1} s"), Target::AtMost(30.0));
        for (number, (name, _, of_small, of_large)) in ASKED.into_iter().enumerate() {
            let of = |side: &Self, shop: usize| side.0.asked[number][shop];
            let before = |shop| baseline.and_then(|baseline| of(baseline, shop));
            let (Some(small), Some(large)) = (of(self, 0), of(self, 1)) else {
                continue;
            };
            for (shop, found, products, least) in [(0, small, SMALL, of_small), (1, large, LARGE, of_large)] {
                let what = format!("Uncached {name}, {products} products");
                let rates = (found.rate, before(shop).map(|before| before.rate));
                let show = |rate: f64| {
                    if rate < 10.0 {
                        format!("{rate:.1}/s")
                    } else {
                        format!("{rate:.0}/s")
                    }
                };
                report.beside(&what, rates, show, Target::AtLeast(least));
            }
            let milliseconds = |found: Wrk| found.p99.as_secs_f64() * 1e3;
            let what = format!("Uncached {name}, {LARGE} products: p99");
            let times = (milliseconds(large), before(1).map(milliseconds));
            report.beside(&what, times, |ms| format!("{ms:.1} ms"), Target::AtMost(P99));
            let what = format!("Uncached {name}: {SMALL} products beside {LARGE}");
            report.against(&what, (small.rate, large.rate), |rate| format!("{rate:.0}/s"), Target::AtMost(3.0));
        }
    }
}

/// How long it takes until lists no longer come from the database.
pub fn wait(port: u16, host: &str) -> anyhow::Result<Duration> {
    let mut connection = Connection::open(port, host)?;
    let began = Instant::now();
    for least in 1.. {
        let asked = Instant::now();
        // Another list each time: one that is in the memory of answers says nothing about the index.
        let path = format!("{LISTING}&min_price={least}");
        let answer = connection.get(&path)?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        if asked.elapsed() < INDEXED {
            break;
        }
        ensure!(began.elapsed() < PATIENCE, "the index of {host} is never there");
        interrupt::check()?;
        std::thread::sleep(LOOK);
    }
    Ok(began.elapsed())
}

/// Removes what an earlier server has kept, so that the index is made under the eyes of the measurement.
pub fn forget(data: &Path) -> anyhow::Result<()> {
    let folder = data.join("search");
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}
