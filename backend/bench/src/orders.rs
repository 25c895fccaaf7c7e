//! Buying: clients that fill carts, and clients that turn them into orders. Only answers that say "done" count.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::{Value, json};

use crate::client::{Connection, Request};
use crate::interrupt;
use crate::statements::TextRow;

/// As many as `pgbench` gets.
const CLIENTS: usize = 8;

/// Lines in a cart.
const LINES: usize = 2;

/// A shop to buy in.
#[derive(Debug, Clone)]
pub struct Shop {
    pub host: String,
    /// What is for sale; the stock is large enough for every run.
    pub variants: Vec<String>,
}

/// A cart with its lines in.
#[derive(Debug)]
struct Filled {
    /// Which of the shops.
    shop: usize,
    secret: String,
}

/// What the clients have done per second.
#[derive(Debug, Clone, Copy)]
pub struct Bought {
    pub adds: f64,
    pub checkouts: f64,
}

/// Rounds in which both sides take turns; the middle one of each figure counts, since a single round moves by a quarter.
pub const ROUNDS: usize = 5;

/// The medians of some rounds; nothing bought in none.
pub fn middle(rounds: &[Bought]) -> Bought {
    let middle = |figure: fn(&Bought) -> f64| {
        let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or_default()
    };
    Bought {
        adds: middle(|bought| bought.adds),
        checkouts: middle(|bought| bought.checkouts),
    }
}

/// The shops `load-1` … of a database, with what they sell.
pub fn shops(conn: &mut PgConnection, count: usize) -> anyhow::Result<Vec<Shop>> {
    let shop = |number: usize| {
        let code = format!("load-{number}");
        let variants = diesel::sql_query(
            "SELECT v.id::text AS text FROM product_variants v JOIN stores s ON s.id = v.store_id WHERE s.code = $1 ORDER BY v.sku",
        );
        let rows: Vec<TextRow> = variants.bind::<Text, _>(&code).load(conn)?;
        ensure!(rows.len() > 1, "the shop {code} has no products; choose a larger --scale");
        Ok(Shop {
            host: format!("{code}.orion.localhost"),
            variants: rows.into_iter().map(|row| row.text).collect(),
        })
    };
    (1..=count).map(shop).collect()
}

/// Fills carts for a while, then checks them out for as long or until none is left.
///
/// The eight clients are spread evenly over the shops.
pub fn buy(port: u16, shops: &[Shop], seconds: u32) -> anyhow::Result<Bought> {
    let time = Duration::from_secs(seconds.into());
    let carts = Mutex::new(Vec::new());
    let adds = together(time, |client, until| fill(port, shops, client, until, &carts))?;
    let carts = carts.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    ensure!(!carts.is_empty(), "no cart was filled");
    let (shares, next) = (shares(carts, shops.len()), AtomicUsize::new(0));
    let checkouts = together(time, |client, until| check_out(port, shops, client, until, (&shares, &next)))?;
    Ok(Bought { adds, checkouts })
}

/// Runs the clients side by side and returns what they did per second.
fn together(time: Duration, work: impl Fn(usize, Instant) -> anyhow::Result<usize> + Sync) -> anyhow::Result<f64> {
    interrupt::check()?;
    let begin = Instant::now();
    let done = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                scope.spawn({
                    let work = &work;
                    move || work(client, begin + time)
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap_or_else(|_| bail!("a client panicked")))
            .sum::<anyhow::Result<usize>>()
    })?;
    Ok(done as f64 / begin.elapsed().as_secs_f64())
}

fn fill(port: u16, shops: &[Shop], client: usize, until: Instant, carts: &Mutex<Vec<Filled>>) -> anyhow::Result<usize> {
    let shop = client % shops.len();
    let Shop { host, variants } = &shops[shop];
    let mut connection = Connection::open(port, host)?;
    let (mut done, mut filled, mut secret) = (0, Vec::new(), None);
    while Instant::now() < until && !interrupt::asked() {
        // Two different variants per cart, spread over the whole shop, the same in every run.
        let variant = &variants[(client * 7_919 + done * 31) % variants.len()];
        let body = json!({ "variant_id": variant, "quantity": 1 }).to_string();
        let request = Request {
            method: "POST",
            path: "/api/v1/storefront/cart/items",
            cart: secret.as_deref(),
            body: &body,
            ..Request::default()
        };
        let answer = connection.send(&request)?;
        ensure!(
            answer.status == 200,
            "adding to a cart answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        done += 1;
        let known = match secret.take() {
            Some(secret) => secret,
            None => answer.cart.context("a new cart came without its secret")?,
        };
        if done % LINES == 0 {
            filled.push(Filled { shop, secret: known });
        } else {
            secret = Some(known);
        }
    }
    carts.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(filled);
    Ok(done)
}

/// The carts by shop, so that a client finds one of its own shop.
fn shares(carts: Vec<Filled>, shops: usize) -> Vec<Mutex<Vec<Filled>>> {
    let shares: Vec<Mutex<Vec<Filled>>> = (0..shops).map(|_| Mutex::default()).collect();
    for cart in carts {
        shares[cart.shop]
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(cart);
    }
    shares
}

type Waiting<'a> = (&'a [Mutex<Vec<Filled>>], &'a AtomicUsize);

fn check_out(port: u16, shops: &[Shop], client: usize, until: Instant, (shares, next): Waiting<'_>) -> anyhow::Result<usize> {
    let shop = client % shops.len();
    let mut connection = Connection::open(port, &shops[shop].host)?;
    let shipping = shipping_method(&mut connection)?;
    let mut done = 0;
    while Instant::now() < until && !interrupt::asked() {
        let Some(cart) = shares[shop].lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop() else {
            break;
        };
        let buyer = next.fetch_add(1, Ordering::Relaxed);
        place(&mut connection, &cart.secret, &shipping, buyer).with_context(|| format!("checkout {buyer}"))?;
        done += 1;
    }
    Ok(done)
}

fn shipping_method(connection: &mut Connection) -> anyhow::Result<String> {
    let options: Value = serde_json::from_slice(&connection.get("/api/v1/storefront/checkout/options")?.body)?;
    let id = options.pointer("/shipping_methods/0/id").and_then(Value::as_str);
    Ok(id.context("the shop offers no shipping")?.to_owned())
}

/// Asks for the price and places the order at it, as a guest who pays by bank transfer.
fn place(connection: &mut Connection, cart: &str, shipping: &str, buyer: usize) -> anyhow::Result<()> {
    let body = json!({ "shipping_method_id": shipping }).to_string();
    let path = "/api/v1/storefront/checkouts/quote";
    let quote = connection.send(&Request {
        method: "POST",
        path,
        cart: Some(cart),
        body: &body,
        ..Request::default()
    })?;
    ensure!(
        quote.status == 200,
        "the quote answered {}: {}",
        quote.status,
        String::from_utf8_lossy(&quote.body)
    );
    let quote: Value = serde_json::from_slice(&quote.body)?;
    ensure!(
        quote.pointer("/lines").and_then(Value::as_array).map(Vec::len) == Some(LINES),
        "the quote has not {LINES} lines"
    );
    let total = quote
        .pointer("/total/amount_minor")
        .and_then(Value::as_i64)
        .context("the quote has no total")?;
    let body = json!({
        "email": format!("buyer-{buyer}@example.test"),
        "shipping_address": { "name": "Ada Lovelace", "line1": "12 Market Street", "city": "Berlin", "postal_code": "10115", "country": "DE" },
        "shipping_method_id": shipping,
        "payment": { "provider": "manual" },
        "expected_total_minor": total,
    })
    .to_string();
    // The cart's secret belongs to one order only, which is what a key has to be.
    let request = Request {
        method: "POST",
        path: "/api/v1/storefront/checkouts",
        cart: Some(cart),
        idempotency_key: Some(cart),
        body: &body,
        ..Request::default()
    };
    let answer = connection.send(&request)?;
    ensure!(
        answer.status == 201,
        "placing the order answered {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    Ok(())
}
