//! How soon an edit of a large shop is found: by the server that took it, and by another one beside it.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::json;

use crate::client::{Connection, Request};
use crate::lists::wait;
use crate::owner::{ask, sign_in, text};
use crate::report::{Report, Target};
use crate::{interrupt, server};

const EDITS: usize = 20;
/// When another server is given up.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the other server is asked.
const LOOK: Duration = Duration::from_millis(5);

/// Edits a product again and again, and searches for each new title on both servers of the same database.
///
/// # Errors
/// When an edit is refused, or never found.
pub fn measure(report: &mut Report, (here, there): (&server::Process, &server::Process), host: &str) -> anyhow::Result<()> {
    eprintln!("edits of a large shop, on two servers");
    wait(here.port, host)?;
    wait(there.port, host)?;
    let mut product = Product::first(here.port, host)?;
    let (mut near, mut far) = (Connection::open(here.port, host)?, Connection::open(there.port, host)?);
    let (mut late, mut longest) = (0, Duration::ZERO);
    for number in 0..EDITS {
        interrupt::check()?;
        let word = format!("edited{number}");
        product.rename(&word)?;
        let edited = Instant::now();
        late += usize::from(!finds(&mut near, &word)?);
        while !finds(&mut far, &word)? {
            ensure!(edited.elapsed() < PATIENCE, "another server never finds {word}");
            std::thread::sleep(LOOK);
        }
        longest = longest.max(edited.elapsed());
    }
    let what = format!("Of {EDITS} edits in a large shop, those that the next search on the same server does not find");
    report.figure(&what, late as f64, |count| format!("{count:.0}"), Target::AtMost(0.0));
    let what = "Until another server finds an edit in a large shop, the longest of them";
    report.figure(what, longest.as_secs_f64(), |s| format!("{s:.2} s"), Target::AtMost(1.0));
    Ok(())
}

fn finds(connection: &mut Connection, word: &str) -> anyhow::Result<bool> {
    let path = format!("/api/v1/storefront/products?limit=1&q={word}");
    let found = ask(
        connection,
        &Request {
            method: "GET",
            path: &path,
            ..Request::default()
        },
    )?;
    Ok(found["total"].as_i64().context("a list without a total")? > 0)
}

/// A product that its owner edits.
pub struct Product {
    connection: Connection,
    token: String,
    path: String,
    version: i64,
}

impl Product {
    /// The first of the dashboard's list that is on sale, as its owner finds it.
    ///
    /// # Errors
    /// When the owner is refused, or has none.
    pub fn first(port: u16, host: &str) -> anyhow::Result<Self> {
        let (token, mut connection) = (sign_in(port, host)?, Connection::open(port, host)?);
        let read = |connection: &mut Connection, path: &str| {
            let token = Some(token.as_str());
            ask(
                connection,
                &Request {
                    method: "GET",
                    path,
                    token,
                    ..Request::default()
                },
            )
        };
        let first = read(&mut connection, "/api/v1/store/products?limit=1&status=active")?;
        let path = format!("/api/v1/store/products/{}", text(&first["data"][0], "id")?);
        let version = version_of(&read(&mut connection, &path)?)?;
        Ok(Self {
            connection,
            token,
            path,
            version,
        })
    }

    /// Gives it a title with a word in it.
    ///
    /// # Errors
    /// When the edit is refused.
    pub fn rename(&mut self, word: &str) -> anyhow::Result<()> {
        let body = json!({ "title": format!("Product {word}") }).to_string();
        let request = Request {
            method: "PATCH",
            path: &self.path,
            token: Some(&self.token),
            if_match: Some(self.version),
            body: &body,
            ..Request::default()
        };
        self.version = version_of(&ask(&mut self.connection, &request)?)?;
        Ok(())
    }
}

fn version_of(product: &serde_json::Value) -> anyhow::Result<i64> {
    product["version"].as_i64().context("a product without a version")
}
