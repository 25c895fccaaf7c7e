//! Reading the shop: a listing and a product, beside a handler that answers the same bytes.

use std::path::Path;

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

/// Measures an address on both sides.
pub fn compare(folder: &Path, port: u16, host: &str, path: &str, seconds: u32) -> anyhow::Result<Compared> {
    let answer = Connection::open(port, host)?.get(path)?;
    ensure!(
        answer.status == 200,
        "{path} answered {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    let orion = measure(port, host, path, seconds)?;
    let bare = server::start_bare(folder, &answer.body)?;
    let constant = measure(bare.port, host, path, seconds)?;
    bare.stop()?;
    Ok(Compared {
        bytes: answer.body.len(),
        orion,
        bare: constant,
    })
}

fn measure(port: u16, host: &str, path: &str, seconds: u32) -> anyhow::Result<Wrk> {
    crate::interrupt::check()?;
    wrk(port, host, path, WARM_UP)?;
    wrk(port, host, path, seconds)
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
