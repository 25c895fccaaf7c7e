//! Webhooks: how many a server delivers beside a shop that is visited, and whether all arrive when servers are killed and receivers fail.

use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::client::{Connection, Request};
use crate::interrupt;
use crate::neighbours::{p99_for, p99_while};
use crate::owner::{ask, sign_in, text};
use crate::receiver::Receiver;
use crate::report::{Report, Target};
use crate::server;
use crate::statements::connect;

/// Shops with an endpoint each.
const SHOPS: usize = 8;
/// Deliveries of each endpoint that are measured, and that must not be lost: 20,000 and 100,000 in all.
const MEASURED: usize = 2_500;
const COUNTED: usize = 12_500;
/// How often the visited shop's list is asked for: a hundred times a second.
const LOOK: Duration = Duration::from_millis(10);
/// How long a receiver takes that is as far away as most are: a round trip, and what it does.
const FAR: Duration = Duration::from_millis(80);
/// How long a server lives before it is killed, and how many are.
const LIFE: Duration = Duration::from_secs(12);
const KILLED: usize = 4;
/// When what is still missing is called lost. A server that is killed leaves its endpoints waiting for a minute.
const PATIENCE: Duration = Duration::from_secs(900);

/// What there is to tell: each product has five events, so that order can be seen. As if delivered, and then asked for again.
fn told() -> String {
    format!(
        "
    WITH told AS (
        SELECT e.store_id, e.id AS endpoint_id, gen_random_uuid() AS message_id, n, md5((n / 5)::text)::uuid::text AS object_id
        FROM webhook_endpoints e CROSS JOIN generate_series(1, {COUNTED}) AS n
    ), messages AS (
        INSERT INTO webhook_messages (store_id, created_at, id, event, event_version, object_id, occurred_at, data, is_test)
        SELECT store_id, now(), message_id, 'product.updated', 1, object_id, now(),
            jsonb_build_object('product_id', object_id, 'title', 'Product ' || n, 'slug', 'product-' || n, 'status', 'active'), false
        FROM told
    )
    INSERT INTO webhook_deliveries (store_id, created_at, updated_at, status, id, endpoint_id, message_id, sequence, event, object_id)
    SELECT store_id, now(), now(), 'delivered', gen_random_uuid(), endpoint_id, message_id, n, 'product.updated', object_id FROM told;
    UPDATE webhook_endpoints SET last_sequence = {COUNTED}"
    )
}

/// An endpoint of a shop.
struct Endpoint {
    host: String,
    token: String,
    id: String,
}

/// Starts a server on the load data.
pub type Serve<'a> = dyn Fn() -> anyhow::Result<server::Process> + 'a;

/// The settings that let a server reach receivers on this machine.
pub const SETTINGS: &[(&str, &str)] = &[("ORION_OUTBOUND_ALLOWED", "127.0.0.1")];

/// Measures and adds the rows. `hosts` are those of [`SHOPS`] shops with endpoints, and then one more, which is visited.
///
/// # Errors
/// When a shop does not answer, or deliveries end before all have come.
pub fn measure(report: &mut Report, serve: &Serve<'_>, url: &str, hosts: &[String], seconds: u32) -> anyhow::Result<()> {
    let (shops, visited) = (&hosts[..SHOPS], hosts[SHOPS].as_str());
    let server = serve()?;
    let receiver = Receiver::start(false, Duration::ZERO)?;
    let endpoints = shops
        .iter()
        .map(|host| Endpoint::create(server.port, host, receiver.port))
        .collect::<anyhow::Result<Vec<_>>>()?;
    connect(url)?.batch_execute(&told())?;
    connect(url)?.batch_execute("VACUUM ANALYZE webhook_deliveries, webhook_messages")?;
    eprintln!("deliveries: as fast as they go");
    let rate = deliver(&server, &receiver, &endpoints, || wait_for(&receiver, endpoints.len()))?.0;
    let what = format!("Webhooks delivered to {SHOPS} receivers that answer at once");
    report.figure(&what, rate, |rate| format!("{rate:.0}/s"), Target::AtLeast(1_000.0));
    beside(report, &server, url, (&endpoints, visited), seconds)?;
    server.stop()?;
    drop(receiver);
    complete(report, serve, url, &endpoints)
}

/// What a shop notices that is visited while others' webhooks go to receivers that are as far away as most are.
fn beside(
    report: &mut Report,
    server: &server::Process,
    url: &str,
    (endpoints, visited): (&[Endpoint], &str),
    seconds: u32,
) -> anyhow::Result<()> {
    eprintln!("deliveries: quiet");
    let alone = p99_for(server.port, visited, Duration::from_secs(seconds.into()), LOOK)?;
    eprintln!("deliveries: beside a shop that is visited");
    let receiver = Receiver::start(false, FAR)?;
    point(url, &receiver)?;
    let total = endpoints.len() * MEASURED;
    let visit = || {
        let began = Instant::now();
        p99_while(server.port, visited, LOOK, || {
            began.elapsed() < PATIENCE && receiver.seen().taken() < total
        })
    };
    let (rate, beside) = deliver(server, &receiver, endpoints, visit)?;
    let what = format!(
        "The same to receivers that take {} ms, beside a shop with 100 requests a second",
        FAR.as_millis()
    );
    report.figure(&what, rate, |rate| format!("{rate:.0}/s"), Target::AtLeast(1_000.0));
    let milliseconds = |p99: Duration| p99.as_secs_f64() * 1e3;
    let p99s = (milliseconds(beside), milliseconds(alone));
    let what = "That shop's list from memory meanwhile, beside quiet: p99";
    report.against(what, p99s, |ms| format!("{ms:.2} ms"), Target::AtMost(1.2));
    Ok(())
}

/// Has the last [`MEASURED`] of each endpoint sent again; how many a second that were, and what `meanwhile` has found until all had come.
fn deliver<T>(
    server: &server::Process,
    receiver: &Receiver,
    endpoints: &[Endpoint],
    meanwhile: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<(f64, T)> {
    let total = endpoints.len() * MEASURED;
    for endpoint in endpoints {
        endpoint.replay(server.port, COUNTED - MEASURED + 1)?;
    }
    let began = Instant::now();
    let found = meanwhile()?;
    let took = began.elapsed();
    ensure!(receiver.seen().taken() == total, "{} of {total} came", receiver.seen().taken());
    Ok((total as f64 / took.as_secs_f64(), found))
}

fn wait_for(receiver: &Receiver, endpoints: usize) -> anyhow::Result<()> {
    let began = Instant::now();
    while receiver.seen().taken() < endpoints * MEASURED && began.elapsed() < PATIENCE {
        interrupt::check()?;
        std::thread::sleep(LOOK);
    }
    Ok(())
}

/// Leads all endpoints to a receiver.
fn point(url: &str, receiver: &Receiver) -> anyhow::Result<()> {
    let port = receiver.port;
    let address = format!("UPDATE webhook_endpoints SET url = regexp_replace(url, ':[0-9]+/', ':{port}/')");
    Ok(connect(url)?.batch_execute(&address)?)
}

/// Whether all arrive although servers are killed and receivers turn some away.
fn complete(report: &mut Report, serve: &Serve<'_>, url: &str, endpoints: &[Endpoint]) -> anyhow::Result<()> {
    let total = endpoints.len() * COUNTED;
    eprintln!("deliveries: {total}, with two servers of which {KILLED} are killed");
    let receiver = Receiver::start(true, Duration::ZERO)?;
    point(url, &receiver)?;
    let mut servers = vec![serve()?, serve()?];
    for endpoint in endpoints {
        endpoint.replay(servers[0].port, 1)?;
    }
    let began = Instant::now();
    let mut killed = 0;
    while receiver.seen().taken() < total && began.elapsed() < PATIENCE {
        interrupt::check()?;
        if killed < KILLED && began.elapsed() > LIFE * (u32::try_from(killed)? + 1) {
            servers.remove(0).kill()?;
            servers.push(serve()?);
            killed += 1;
        }
        std::thread::sleep(LOOK);
    }
    ensure!(killed == KILLED, "all came before {KILLED} servers were killed");
    let seen = receiver.seen();
    eprintln!(
        "deliveries: {} in {:.0} s, {} came again, {} out of order",
        seen.taken(),
        began.elapsed().as_secs_f64(),
        seen.again,
        seen.out_of_order
    );
    let count = |count: f64| format!("{count:.0}");
    let what = format!("Of {total} webhooks, with {KILLED} servers killed and one in fifty refused at first: lost");
    report.figure(&what, (total - seen.taken()) as f64, count, Target::AtMost(0.0));
    let what = "Of these, those that came after a later one of the same product";
    report.figure(what, seen.out_of_order as f64, count, Target::AtMost(0.0));
    drop(seen);
    servers.into_iter().try_for_each(server::Process::stop)
}

impl Endpoint {
    fn create(port: u16, host: &str, receiver: u16) -> anyhow::Result<Self> {
        let token = sign_in(port, host)?;
        let body = json!({ "url": format!("http://127.0.0.1:{receiver}/{host}"), "events": ["product.updated"] }).to_string();
        let made = ask(
            &mut Connection::open(port, host)?,
            &Request {
                method: "POST",
                path: "/api/v1/store/webhook-endpoints",
                token: Some(&token),
                body: &body,
                ..Request::default()
            },
        )?;
        Ok(Self {
            host: host.to_owned(),
            id: text(&made, "id")?.to_owned(),
            token,
        })
    }

    fn replay(&self, port: u16, from: usize) -> anyhow::Result<()> {
        let body = json!({ "from_sequence": from }).to_string();
        let made = ask(
            &mut Connection::open(port, &self.host)?,
            &Request {
                method: "POST",
                path: &format!("/api/v1/store/webhook-endpoints/{}/replay", self.id),
                token: Some(&self.token),
                body: &body,
                ..Request::default()
            },
        )?;
        let queued = made["queued_count"].as_u64();
        if queued != u64::try_from(COUNTED - from + 1).ok() {
            bail!("{queued:?} deliveries are queued from {from} on");
        }
        Ok(())
    }
}
