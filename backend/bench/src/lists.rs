//! Lists, searches and suggestions without the memory of answers, in a small shop and in a large one.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::client::Connection;
use crate::reads::LISTING;
use crate::report::{Report, Target};
use crate::tools::wrk;
use crate::{interrupt, server};

/// Products of the large shop.
pub const LARGE: u32 = 100_000;

/// What is asked for: a name, a path, and how often a second in a shop of a thousand products and in the large one.
const ASKED: [(&str, &str, f64, f64); 4] = [
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
    ("suggestion", "/api/v1/storefront/search/suggestions?q=prod", 2_000.0, 1_500.0),
];
/// The slowest of a hundred in the large shop.
const P99: f64 = 20.0;
/// A list takes less than this when it is not the database that makes it.
const INDEXED: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(300);
const LOOK: Duration = Duration::from_millis(200);

/// Writes the large shop beside the others.
pub fn seed(mut seed: Command, shop: usize) -> anyhow::Result<()> {
    let output = seed
        .args(["seed", "--scale", &format!("products={LARGE},stores={shop}")])
        .output()?;
    ensure!(
        output.status.success(),
        "seeding failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// Measures with a server that remembers no answers.
pub fn measure(report: &mut Report, server: &server::Process, (small, large): (&str, &str), seconds: u32) -> anyhow::Result<()> {
    Connection::open(server.port, small)?.get(LISTING)?;
    let made = wait(server.port, large)?;
    let took = format!("Until {LARGE} products are in the index, from the first list");
    report.figure(&took, made.as_secs_f64(), |s| format!("{s:.1} s"), Target::AtMost(30.0));
    for (name, path, of_small, of_large) in ASKED {
        eprintln!("without the memory of answers: {name}");
        let mut p99 = Vec::new();
        for (host, products, least) in [(small, 1_000, of_small), (large, LARGE, of_large)] {
            interrupt::check()?;
            wrk(server.port, host, path, 1)?;
            let found = wrk(server.port, host, path, seconds)?;
            let what = format!("Uncached {name}, {products} products");
            report.figure(&what, found.rate, |rate| format!("{rate:.0}/s"), Target::AtLeast(least));
            p99.push(found.p99.as_secs_f64() * 1e3);
        }
        let show = |ms: f64| format!("{ms:.1} ms");
        let what = format!("Uncached {name}, {LARGE} products: p99");
        report.figure(&what, p99[1], show, Target::AtMost(P99));
    }
    Ok(())
}

/// How long it takes until lists no longer come from the database.
fn wait(port: u16, host: &str) -> anyhow::Result<Duration> {
    let mut connection = Connection::open(port, host)?;
    let began = Instant::now();
    loop {
        let asked = Instant::now();
        let answer = connection.get(LISTING)?;
        ensure!(answer.status == 200, "{LISTING} answered {}", answer.status);
        if asked.elapsed() < INDEXED {
            return Ok(began.elapsed());
        }
        ensure!(began.elapsed() < PATIENCE, "the index of {host} is never there");
        interrupt::check()?;
        std::thread::sleep(LOOK);
    }
}

/// Removes what an earlier server has kept, so that the index is made under the eyes of the measurement.
pub fn forget(data: &Path) -> anyhow::Result<()> {
    let folder = data.join("search");
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}
