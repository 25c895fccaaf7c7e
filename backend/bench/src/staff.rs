//! What it costs to know who asks: a list of the dashboard beside the same statements asked for nobody, among many stores, and beside requests to
//! hosts that nobody has.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use diesel::connection::SimpleConnection;

use crate::client::{Connection, Request};
use crate::neighbours::{give_way, p99_of, unknown_hosts};
use crate::reads::{ROUNDS, middle};
use crate::replay::Transaction;
use crate::report::{Report, Target};
use crate::tools::{Wrk, wrk_as};
use crate::{idle, interrupt, owner, server, statements};

const HOST: &str = "load-1.orion.localhost";
const ORDERS: &str = "/api/v1/store/orders?limit=20";
/// What the one store has that is visited.
const SCALE: &str = "products=100,stores=1,customers=1000,orders=10000";
/// How many stores there are beside it, one after the other.
const STORES: [usize; 2] = [100, 10_000];
/// How often a member of staff asks while others ask for hosts that nobody has.
const PAUSE: Duration = Duration::from_millis(2);
const WARM_UP: u32 = 1;

/// Measures in a database of its own and adds the rows.
///
/// # Errors
/// When the server does not start, or refuses the list.
pub fn measure(report: &mut Report, (program, folder): (&Path, &Path), url: &str, seconds: u32) -> anyhow::Result<()> {
    server::seed(server::command(program, folder, url), SCALE)?;
    settle(url)?;
    let transaction = capture((program, folder), url)?;
    let server = server::start(program, folder, url, &[])?;
    known_and_unknown(report, &server, (&transaction, url, folder), seconds)?;
    beside_unknown_hosts(report, server.port, seconds)?;
    among_many(report, server.port, url, seconds)?;
    server.stop()
}

fn settle(url: &str) -> anyhow::Result<()> {
    let mut conn = statements::connect(url)?;
    conn.batch_execute("VACUUM ANALYZE")?;
    conn.batch_execute("CHECKPOINT")?;
    interrupt::check()
}

/// What the list asks in its own transaction, behind the gate's.
fn capture((program, folder): (&Path, &Path), url: &str) -> anyhow::Result<Transaction> {
    eprintln!("staff: what the list asks the database");
    statements::log(&mut statements::connect(url)?, true)?;
    let server = server::start(program, folder, url, &[("ORION_WORKER_ENABLED", "false")])?;
    let token = owner::sign_in(server.port, HOST)?;
    let mut log = File::open(folder.join("postgres.log"))?;
    log.seek(SeekFrom::End(0))?;
    list(server.port, &token)?;
    let mut text = String::new();
    log.read_to_string(&mut text)?;
    server.stop()?;
    statements::log(&mut statements::connect(url)?, false)?;
    let found = Transaction::last(&text, "BEGIN READ ONLY").context("PostgreSQL has logged no transaction that reads")?;
    ensure!(found.len() > 0, "the list has asked nothing");
    Ok(found)
}

fn list(port: u16, token: &str) -> anyhow::Result<Vec<u8>> {
    let answer = Connection::open(port, HOST)?.send(&asked(token))?;
    ensure!(answer.status == 200, "{ORDERS} answered {}", answer.status);
    Ok(answer.body)
}

fn asked(token: &str) -> Request<'_> {
    Request {
        method: "GET",
        path: ORDERS,
        token: Some(token),
        ..Request::default()
    }
}

fn rate(port: u16, token: &str, seconds: u32) -> anyhow::Result<Wrk> {
    interrupt::check()?;
    wrk_as(port, HOST, ORDERS, WARM_UP, token)?;
    wrk_as(port, HOST, ORDERS, seconds, token)
}

/// The middle of some rounds; a token is good for longer than they take.
fn rounds(port: u16, seconds: u32) -> anyhow::Result<Wrk> {
    let token = owner::sign_in(port, HOST)?;
    let found = (0..ROUNDS)
        .map(|_| rate(port, &token, seconds))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(middle(&found))
}

fn known_and_unknown(
    report: &mut Report,
    server: &server::Process,
    (transaction, url, folder): (&Transaction, &str, &Path),
    seconds: u32,
) -> anyhow::Result<()> {
    eprintln!("staff: a list beside the same statements for nobody");
    let token = owner::sign_in(server.port, HOST)?;
    let body = String::from_utf8(list(server.port, &token)?)?;
    let file = folder.join("replay.json");
    fs::write(&file, transaction.to_json(url, &body).to_string())?;
    let bare = server::start_replay(folder, &file)?;
    let (mut known, mut nobody) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        known.push(rate(server.port, &token, seconds)?);
        nobody.push(rate(bare.port, &token, seconds)?);
    }
    bare.stop()?;
    report.ratio(
        "The dashboard's list of orders, beside a bare handler that asks the database the same",
        (middle(&known).rate, middle(&nobody).rate),
        per_second,
        Target::AtLeast(0.85),
    );
    Ok(())
}

fn beside_unknown_hosts(report: &mut Report, port: u16, seconds: u32) -> anyhow::Result<()> {
    eprintln!("staff: beside hosts that nobody has");
    let token = owner::sign_in(port, HOST)?;
    let until = std::time::Instant::now() + Duration::from_secs(seconds.into());
    let alone = p99_of(port, HOST, &asked(&token), PAUSE, || std::time::Instant::now() < until)?;
    let over = AtomicBool::new(false);
    let beside = std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            give_way();
            let took = unknown_hosts(port);
            over.store(true, Ordering::Relaxed);
            took
        });
        let found = p99_of(port, HOST, &asked(&token), PAUSE, || !over.load(Ordering::Relaxed));
        others.join().unwrap_or_else(|_| anyhow::bail!("a client panicked"))?;
        found
    })?;
    let milliseconds = |p99: Duration| p99.as_secs_f64() * 1e3;
    report.against(
        "The dashboard's list of orders beside 10000 requests to hosts that nobody has: p99",
        (milliseconds(beside), milliseconds(alone)),
        |ms| format!("{ms:.2} ms"),
        Target::AtMost(1.2),
    );
    Ok(())
}

fn among_many(report: &mut Report, port: u16, url: &str, seconds: u32) -> anyhow::Result<()> {
    eprintln!("staff: a list of the only store");
    let one = rounds(port, seconds)?.rate;
    let mut there = 1;
    for stores in STORES {
        idle::copy(&mut statements::connect(url)?, there..stores)?;
        there = stores;
        settle(url)?;
        eprintln!("staff: a list of one of {stores} stores");
        let among = rounds(port, seconds)?.rate;
        let what = format!("The dashboard's list of orders with {stores} stores, beside one");
        report.ratio(&what, (among, one), per_second, Target::AtLeast(0.9));
    }
    Ok(())
}

fn per_second(rate: f64) -> String {
    format!("{rate:.0}/s")
}
