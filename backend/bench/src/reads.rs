//! Reading the shop: a listing and a product, beside a handler that answers the same bytes.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::client::Connection;
use crate::server;
use crate::tools::{Wrk, wrk};

/// A listing of 20 products.
pub const LISTING: &str = "/api/v1/storefront/products?limit=20";

/// Seconds for caches and connections to settle before a measurement.
const WARM_UP: u32 = 1;

/// One address, asked of the server and of the bare handler.
#[derive(Debug)]
pub struct Compared {
    /// Bytes of the answer.
    pub bytes: usize,
    pub orion: Wrk,
    pub bare: Wrk,
}

/// Rounds in which both sides take turns; the middle one of each figure counts, since a single round moves by a third.
pub const ROUNDS: usize = 5;

/// Measures an address on both sides.
pub fn compare(folder: &Path, port: u16, host: &str, path: &str, seconds: u32) -> anyhow::Result<Compared> {
    let answer = Connection::open(port, host)?.get(path)?;
    ensure!(
        answer.status == 200,
        "{path} answered {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    let bare = server::start_bare(folder, &answer.body)?;
    let (mut orion, mut constant) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        orion.push(measure(port, host, path, seconds)?);
        constant.push(measure(bare.port, host, path, seconds)?);
    }
    bare.stop()?;
    Ok(Compared {
        bytes: answer.body.len(),
        orion: middle(&orion),
        bare: middle(&constant),
    })
}

fn measure(port: u16, host: &str, path: &str, seconds: u32) -> anyhow::Result<Wrk> {
    crate::interrupt::check()?;
    wrk(port, host, path, WARM_UP)?;
    wrk(port, host, path, seconds)
}

/// The medians of the rates and of the latencies.
pub fn middle(rounds: &[Wrk]) -> Wrk {
    let mut rates: Vec<f64> = rounds.iter().map(|round| round.rate).collect();
    let mut p99: Vec<Duration> = rounds.iter().map(|round| round.p99).collect();
    rates.sort_by(f64::total_cmp);
    p99.sort();
    Wrk {
        rate: rates[rounds.len() / 2],
        p99: p99[rounds.len() / 2],
    }
}

/// The address of the first product of the listing.
pub fn product_path(port: u16, host: &str) -> anyhow::Result<String> {
    let listing: Value = serde_json::from_slice(&Connection::open(port, host)?.get(LISTING)?.body)?;
    let slug = listing
        .pointer("/data/0/slug")
        .and_then(Value::as_str)
        .context("the shop has no products")?;
    Ok(format!("/api/v1/storefront/products/{slug}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_each_figure_counts() {
        let round = |rate: f64, ms: u64| Wrk {
            rate,
            p99: Duration::from_millis(ms),
        };
        assert_eq!(middle(&[round(3.0, 1), round(9.0, 7), round(5.0, 2)]), round(5.0, 2));
    }
}
