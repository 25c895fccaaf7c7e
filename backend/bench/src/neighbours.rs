//! What one shop notices of another that is searched and edited all the while, and everybody of hosts that nobody has.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::client::{Connection, Request};
use crate::edits::Product;
use crate::lists::wait;
use crate::reads::LISTING;
use crate::report::{Report, Target};
use crate::{interrupt, server};

/// Clients that search the noisy shop, each for something that nobody has asked for before.
const SEARCHERS: usize = 32;
/// How often the noisy shop is edited.
const EDIT: Duration = Duration::from_secs(1);
/// How often the quiet shop's list is asked for.
const LOOK: Duration = Duration::from_millis(2);
/// Requests to hosts that nobody has.
const UNKNOWN: usize = 10_000;

/// Measures and adds the rows.
///
/// # Errors
/// When a shop does not answer.
pub fn measure(report: &mut Report, server: &server::Process, (noisy, quiet): (&str, &str), seconds: u32) -> anyhow::Result<()> {
    let (port, time) = (server.port, Duration::from_secs(seconds.into()));
    wait(port, noisy)?;
    eprintln!("neighbours: quiet");
    let alone = p99_for(port, quiet, time, LOOK)?;
    eprintln!("neighbours: the other shop is searched and edited");
    let over = AtomicBool::new(false);
    let beside = std::thread::scope(|scope| {
        let others: Vec<_> = (0..SEARCHERS)
            .map(|number| {
                scope.spawn({
                    let over = &over;
                    move || {
                        give_way();
                        search(port, noisy, number, over)
                    }
                })
            })
            .chain([scope.spawn(|| {
                give_way();
                edit(port, noisy, &over)
            })])
            .collect();
        let found = p99_for(port, quiet, time, LOOK);
        over.store(true, Ordering::Relaxed);
        for other in others {
            other.join().unwrap_or_else(|_| bail!("a client panicked"))?;
        }
        found
    })?;
    let milliseconds = |p99: Duration| p99.as_secs_f64() * 1e3;
    let show = |ms: f64| format!("{ms:.2} ms");
    let what = format!("A shop's list from memory while another is searched ({SEARCHERS} clients) and edited, beside quiet: p99");
    report.against(&what, (milliseconds(beside), milliseconds(alone)), show, Target::AtMost(1.2));
    eprintln!("neighbours: unknown hosts");
    let took = unknown_hosts(port)?;
    let what = format!("{UNKNOWN} requests to hosts that nobody has, one after the other");
    report.figure(&what, took.as_secs_f64(), |s| format!("{s:.1} s"), Target::AtMost(10.0));
    Ok(())
}

/// Clients of others are other people's machines: they take no processor from the server and from who is measured.
pub fn give_way() {
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        eprintln!("clients of others take processor from the server: {error}");
    }
}

/// How long a shop's list from memory takes at most, of ninety-nine in a hundred, for a while; `pause` lies between two of them.
///
/// # Errors
/// When the list is refused.
pub fn p99_for(port: u16, host: &str, time: Duration, pause: Duration) -> anyhow::Result<Duration> {
    let until = Instant::now() + time;
    p99_while(port, host, pause, || Instant::now() < until)
}

/// Likewise for as long as `goes_on` says so.
///
/// # Errors
/// When the list is refused, or was never asked for.
pub fn p99_while(port: u16, host: &str, pause: Duration, goes_on: impl Fn() -> bool) -> anyhow::Result<Duration> {
    let listing = Request {
        method: "GET",
        path: LISTING,
        ..Request::default()
    };
    p99_of(port, host, &listing, pause, goes_on)
}

/// Likewise for any request.
///
/// # Errors
/// When it is refused, or was never sent.
pub fn p99_of(port: u16, host: &str, request: &Request<'_>, pause: Duration, goes_on: impl Fn() -> bool) -> anyhow::Result<Duration> {
    let mut connection = Connection::open(port, host)?;
    let mut took = Vec::new();
    connection.send(request)?;
    while goes_on() {
        interrupt::check()?;
        let asked = Instant::now();
        let answer = connection.send(request)?;
        anyhow::ensure!(answer.status == 200, "{} answered {}", request.path, answer.status);
        took.push(asked.elapsed());
        std::thread::sleep(pause);
    }
    took.sort();
    let place = (took.len() * 99).div_ceil(100).saturating_sub(1);
    took.get(place).copied().context("nothing was asked for")
}

fn search(port: u16, host: &str, number: usize, over: &AtomicBool) -> anyhow::Result<()> {
    let mut connection = Connection::open(port, host)?;
    let mut asked = 0;
    while !over.load(Ordering::Relaxed) && !interrupt::asked() {
        let words = (number * 7_919 + asked * 31) % 100_000;
        let answer = connection.get(&format!("/api/v1/storefront/products?limit=20&q=product+{words}"))?;
        anyhow::ensure!(answer.status == 200, "a search answered {}", answer.status);
        asked += 1;
    }
    Ok(())
}

fn edit(port: u16, host: &str, over: &AtomicBool) -> anyhow::Result<()> {
    let mut product = Product::first(port, host)?;
    let mut edits = 0;
    while !over.load(Ordering::Relaxed) && !interrupt::asked() {
        edits += 1;
        product.rename(&format!("edited {edits} times"))?;
        std::thread::sleep(EDIT);
    }
    Ok(())
}

/// How long requests to hosts that nobody has take, one after the other.
///
/// # Errors
/// When one is answered with anything but 404.
pub fn unknown_hosts(port: u16) -> anyhow::Result<Duration> {
    let begin = Instant::now();
    for number in 0..UNKNOWN {
        interrupt::check()?;
        let answer = Connection::open(port, &format!("nobody-{number}.orion.localhost"))?.get("/")?;
        anyhow::ensure!(answer.status == 404, "a host that nobody has answered {}", answer.status);
    }
    Ok(begin.elapsed())
}
