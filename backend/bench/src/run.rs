//! The run: one cluster, the same data, one measurement after the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use orion_postgres::PrivatePostgres;

use crate::baseline::Baseline;
use crate::orders::{self, Bought, Shop};
use crate::reads::{self, LISTING};
use crate::report::{Report, Target};
use crate::statements::{self, TextRow, connect};
use crate::{dashboard, deliveries, edits, idle, imports, interrupt, lists, neighbours, pages, server, staff, tools};

/// What can be chosen.
#[derive(Debug, Args)]
pub struct Options {
    /// The server's program; beside this one unless told.
    #[arg(long)]
    server: Option<PathBuf>,
    /// The folder with the built apps.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// How much load data to write.
    #[arg(long, default_value = "products=1000,stores=100")]
    scale: String,
    /// Seconds per measurement.
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// An earlier build to measure beside this one: its lists, carts and checkouts.
    #[arg(long)]
    baseline: Option<PathBuf>,
    /// Measure only this much; everything unless told.
    #[arg(long)]
    only: Option<Part>,
}

/// What can be measured by itself, for whoever works on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// List and product, beside the bare handler.
    Reads,
    /// Carts and checkouts, beside `pgbench`.
    Writes,
    /// Lists, searches and suggestions without the memory of answers.
    Lists,
    /// A file of 20,000 products, and the shop meanwhile.
    Imports,
    /// The dashboard of a store with a million orders.
    Dashboard,
    /// A shop beside one that is searched and edited, and hosts that nobody has.
    Neighbours,
    /// Webhooks: how many a second, and whether all arrive.
    Deliveries,
    /// What it costs to know who asks: a list of the dashboard, and many stores.
    Staff,
    /// The memory for ten thousand stores that nobody visits.
    Idle,
    /// The shop's pages, with Lighthouse.
    Pages,
}

/// Starts of the server, of which the middle one counts.
const STARTS: usize = 3;
const IDLE: Duration = Duration::from_secs(10);
/// Shops that the second round of buying is spread over.
const SHOPS: usize = 8;
const WARM_UP_SECONDS: u32 = 3;

/// A folder that is gone at the end.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("warning: {} is left behind: {error}", self.0.display());
        }
    }
}

struct Bench<'a> {
    options: &'a Options,
    server: PathBuf,
    folder: &'a Path,
    postgres: &'a PrivatePostgres,
    baseline: Option<Baseline>,
    report: Report,
}

/// Measures everything and prints the table.
pub fn run(options: &Options) -> anyhow::Result<()> {
    interrupt::listen()?;
    let begin = Instant::now();
    let beside = || Ok::<_, std::io::Error>(std::env::current_exe()?.with_file_name("orion"));
    let server = options
        .server
        .clone()
        .map_or_else(beside, Ok)?
        .canonicalize()
        .context("the server's program is missing")?;
    // Declared before the cluster, so that it is dropped after it.
    let scratch = Scratch(std::env::temp_dir().join(format!("orion-bench-{}", std::process::id())));
    fs::create_dir_all(&scratch.0)?;
    let postgres = PrivatePostgres::start(&orion_postgres::Options {
        data_dir: scratch.0.clone(),
        bin_dir: None,
        durable: true,
        max_connections: 100,
    })?;
    let report = Report::new(&version(&mut connect(postgres.url())?)?);
    let mut bench = Bench {
        options,
        server,
        folder: &scratch.0,
        postgres: &postgres,
        baseline: baseline(options, &scratch.0, &postgres)?,
        report,
    };
    bench.measure()?;
    println!("\n{}", bench.report);
    step(&format!("measured in {:.0} s", begin.elapsed().as_secs_f64()));
    postgres.stop()?;
    Ok(())
}

fn baseline(options: &Options, folder: &Path, postgres: &PrivatePostgres) -> anyhow::Result<Option<Baseline>> {
    let Some(program) = &options.baseline else { return Ok(None) };
    connect(postgres.url())?.batch_execute("CREATE DATABASE baseline")?;
    Ok(Some(Baseline::new(program, folder, postgres.url_for("baseline"))?))
}

fn step(text: &str) {
    eprintln!("{text}");
}

impl Bench<'_> {
    fn measure(&mut self) -> anyhow::Result<()> {
        let wanted = |part| self.options.only.is_none_or(|only| only == part);
        let (reads, writes) = (wanted(Part::Reads), wanted(Part::Writes));
        if wanted(Part::Pages) {
            self.pages()?;
        }
        if self.options.only == Some(Part::Pages) {
            return Ok(());
        }
        self.seed()?;
        if self.options.only.is_none() {
            self.statements()?;
        }
        let server = if self.options.only.is_none() {
            self.start()?
        } else {
            self.serve(&[])?
        };
        if reads {
            self.reads(&server)?;
        }
        if writes {
            self.writes(&server)?;
        }
        server.stop()?;
        if wanted(Part::Imports) {
            self.imports()?;
        }
        if wanted(Part::Deliveries) {
            self.deliveries()?;
        }
        if wanted(Part::Lists) || wanted(Part::Dashboard) || wanted(Part::Neighbours) {
            self.large(wanted)?;
        }
        if wanted(Part::Staff) {
            self.connect()?.batch_execute("CREATE DATABASE staff")?;
            let url = self.postgres.url_for("staff");
            staff::measure(&mut self.report, (&self.server, self.folder), &url, self.options.seconds)?;
        }
        if wanted(Part::Idle) {
            self.connect()?.batch_execute("CREATE DATABASE idle")?;
            idle::measure(&mut self.report, (&self.server, self.folder), &self.postgres.url_for("idle"))?;
        }
        if self.options.only.is_none() {
            self.report.apps(&self.options.dist);
        }
        Ok(())
    }

    fn connect(&self) -> anyhow::Result<PgConnection> {
        connect(self.postgres.url())
    }

    fn serve(&self, settings: &[(&str, &str)]) -> anyhow::Result<server::Process> {
        interrupt::check()?;
        server::start(&self.server, self.folder, self.postgres.url(), settings)
    }

    fn seed(&self) -> anyhow::Result<()> {
        step(&format!("writing load data ({})", self.options.scale));
        self.seed_scale(&self.options.scale)?;
        if let Some(baseline) = &self.baseline
            && [None, Some(Part::Writes), Some(Part::Lists)].contains(&self.options.only)
        {
            step("writing load data of the baseline");
            baseline.seed(&format!("products={},stores={SHOPS}", lists::SMALL))?;
        }
        self.settle()
    }

    fn seed_scale(&self, scale: &str) -> anyhow::Result<()> {
        server::seed(server::command(&self.server, self.folder, self.postgres.url()), scale)
    }

    /// Gets behind us what PostgreSQL would otherwise do in the middle of a measurement.
    fn settle(&self) -> anyhow::Result<()> {
        let mut conn = self.connect()?;
        conn.batch_execute("VACUUM ANALYZE")?;
        if let Some(baseline) = &self.baseline {
            baseline.connect()?.batch_execute("VACUUM ANALYZE")?;
        }
        conn.batch_execute("CHECKPOINT")?;
        interrupt::check()
    }

    fn statements(&mut self) -> anyhow::Result<()> {
        step("counting statements");
        statements::log(&mut self.connect()?, true)?;
        // Jobs would log statements of their own.
        let server = self.serve(&[("ORION_HTTP_CACHE_BYTES", "0"), ("ORION_WORKER_ENABLED", "false")])?;
        let (port, log) = (server.port, self.folder.join("postgres.log"));
        let product = reads::product_path(port, &host(1))?;
        for (what, path) in [("list of 20", LISTING), ("product", product.as_str())] {
            let found = statements::count(&log, port, &host(1), path)?;
            let what = format!(
                "Queries of a {what} without the cache, beside {} that begin, name the store and commit",
                found.control
            );
            self.report
                .figure(&what, found.queries as f64, |count| format!("{count:.0}"), Target::AtMost(4.0));
        }
        server.stop()?;
        statements::log(&mut self.connect()?, false)
    }

    /// Measures starts and idle memory, and leaves the server running.
    fn start(&mut self) -> anyhow::Result<server::Process> {
        step("starting");
        let mut starts = Vec::new();
        for _ in 1..STARTS {
            let server = self.serve(&[])?;
            starts.push(server.start);
            server.stop()?;
        }
        let server = self.serve(&[])?;
        starts.push(server.start);
        starts.sort();
        let milliseconds = starts[STARTS / 2].as_secs_f64() * 1e3;
        self.report.figure(
            "From start to ready, database migrated",
            milliseconds,
            |ms| format!("{ms:.0} ms"),
            Target::Under(300.0),
        );
        std::thread::sleep(IDLE);
        let megabytes = server.resident()? as f64 / f64::from(1 << 20);
        self.report.figure(
            "Memory of the idle server, without PostgreSQL",
            megabytes,
            |mb| format!("{mb:.0} MB"),
            Target::Under(64.0),
        );
        Ok(server)
    }

    fn reads(&mut self, server: &server::Process) -> anyhow::Result<()> {
        let product = reads::product_path(server.port, &host(1))?;
        for (what, path) in [("List of 20", LISTING), ("Product", product.as_str())] {
            step(&format!("reading: {what}"));
            let found = reads::compare(self.folder, server.port, &host(1), path, self.options.seconds)?;
            let rates = (found.orion.rate, found.bare.rate);
            let what = format!("{what} ({:.1} kB), beside a bare actix-web handler", found.bytes as f64 / 1_000.0);
            self.report
                .ratio(&what, rates, |rate| format!("{rate:.0}/s"), Target::AtLeast(0.65));
            let latencies = (found.orion.p99.as_secs_f64() * 1e3, found.bare.p99.as_secs_f64() * 1e3);
            self.report
                .ratio(&format!("{what}: p99"), latencies, |ms| format!("{ms:.2} ms"), Target::AtMost(3.0));
        }
        Ok(())
    }

    /// The large shop comes last: its rows would slow down what is measured before.
    fn large(&mut self, wanted: impl Fn(Part) -> bool) -> anyhow::Result<()> {
        step(&format!("writing a shop of {} products", lists::LARGE));
        let number = usize::try_from(self.shops()?)? + 1;
        let sold = if wanted(Part::Dashboard) { dashboard::SOLD } else { "orders=0" };
        self.seed_scale(&format!("products={},stores={number},{sold}", lists::LARGE))?;
        let (large, seconds) = (host(number), self.options.seconds);
        if wanted(Part::Lists) {
            self.lists(&large)?;
        }
        if wanted(Part::Dashboard) {
            self.settle()?;
            let server = self.serve(&[])?;
            dashboard::measure(&mut self.report, &server, &large, seconds)?;
            server.stop()?;
        }
        if wanted(Part::Neighbours) {
            let server = self.serve(&[])?;
            neighbours::measure(&mut self.report, &server, (&large, &host(1)), seconds)?;
            server.stop()?;
        }
        Ok(())
    }

    fn lists(&mut self, large: &str) -> anyhow::Result<()> {
        if let Some(baseline) = &self.baseline {
            baseline.seed(&format!("products={},stores={}", lists::LARGE, SHOPS + 1))?;
        }
        self.settle()?;
        lists::forget(self.folder)?;
        let (small, seconds) = (host(1), self.options.seconds);
        let forgetful = [("ORION_HTTP_CACHE_BYTES", "0")];
        let server = self.serve(&forgetful)?;
        let today = lists::measure(&lists::Side::new(&server, &small, large), seconds)?;
        let second = self.serve(&forgetful)?;
        edits::measure(&mut self.report, (&server, &second), large)?;
        second.stop()?;
        server.stop()?;
        let mut before = None;
        if let Some(baseline) = &self.baseline {
            step("the same of the baseline");
            let (server, large) = (baseline.serve(&forgetful)?, host(SHOPS + 1));
            before = Some(lists::measure_baseline(&lists::Side::new(&server, &small, &large), seconds)?);
            server.stop()?;
        }
        today.tell(&mut self.report, before.as_ref());
        Ok(())
    }

    /// A server that nobody has asked anything takes a large file.
    fn imports(&mut self) -> anyhow::Result<()> {
        step(&format!("importing {} products", imports::PRODUCTS));
        self.settle()?;
        let server = self.serve(&[])?;
        imports::measure(&server, &host(1))?.tell(&mut self.report);
        server.stop()
    }

    fn deliveries(&mut self) -> anyhow::Result<()> {
        self.settle()?;
        let (server, folder, url) = (self.server.clone(), self.folder.to_owned(), self.postgres.url().to_owned());
        let serve = || {
            interrupt::check()?;
            server::start(&server, &folder, &url, deliveries::SETTINGS)
        };
        let hosts: Vec<String> = (1..=SHOPS + 1).map(host).collect();
        deliveries::measure(&mut self.report, &serve, &url, &hosts, self.options.seconds)
    }

    /// How many shops the load data has.
    fn shops(&self) -> anyhow::Result<i64> {
        let count = diesel::sql_query("SELECT count(*) AS count FROM stores WHERE code LIKE 'load-%'");
        let row: CountRow = count.get_result(&mut self.connect()?)?;
        Ok(row.count)
    }

    fn writes(&mut self, server: &server::Process) -> anyhow::Result<()> {
        step("pgbench");
        self.connect()?.batch_execute("CREATE DATABASE pgbench")?;
        let pgbench = tools::pgbench(&self.postgres.url_for("pgbench"), self.options.seconds)?;
        let baseline = self.baseline.as_ref().map(|baseline| baseline.serve(&[])).transpose()?;
        step("warming up");
        // Plans made over empty tables read them from end to end for ever after. A shop's first minute is not what is measured:
        // pgbench does not begin with empty tables either.
        orders::buy(server.port, &orders::shops(&mut self.connect()?, SHOPS)?, WARM_UP_SECONDS)?;
        if let (Some(baseline), Some(server)) = (&self.baseline, &baseline) {
            orders::buy(server.port, &orders::shops(&mut baseline.connect()?, SHOPS)?, WARM_UP_SECONDS)?;
        }
        for (shops, name) in [(1, "one shop"), (SHOPS, "eight shops")] {
            step(&format!("buying in {name}"));
            let (mut today, mut before) = (Vec::new(), Vec::new());
            for _ in 0..orders::ROUNDS {
                today.push(self.buy(server, &orders::shops(&mut self.connect()?, shops)?)?);
                if let (Some(baseline), Some(server)) = (&self.baseline, &baseline) {
                    before.push(self.buy(server, &orders::shops(&mut baseline.connect()?, shops)?)?);
                }
            }
            let bought = orders::middle(&today);
            self.bought(name, bought, pgbench);
            if !before.is_empty() {
                self.bought_before(name, bought, orders::middle(&before));
            }
        }
        baseline.map_or(Ok(()), server::Process::stop)
    }

    fn buy(&self, server: &server::Process, shops: &[Shop]) -> anyhow::Result<Bought> {
        // What one side has left to do would be done while the other is measured.
        statements::wait_for_jobs(&mut self.connect()?)?;
        if let Some(baseline) = &self.baseline {
            statements::wait_for_jobs(&mut baseline.connect()?)?;
        }
        self.settle()?;
        orders::buy(server.port, shops, self.options.seconds)
    }

    fn bought(&mut self, name: &str, bought: Bought, pgbench: f64) {
        self.report.ratio(
            &format!("Adding to a cart in {name}, beside pgbench"),
            (bought.adds, pgbench),
            per_second,
            Target::AtLeast(0.5),
        );
        let what = format!("Guest checkout (quote and order, 2 lines) in {name}, beside pgbench");
        self.report
            .ratio(&what, (bought.checkouts, pgbench), per_second, Target::AtLeast(0.3));
    }

    fn bought_before(&mut self, name: &str, today: Bought, before: Bought) {
        let what = format!("Adding to a cart in {name}, beside the baseline");
        self.report
            .against(&what, (today.adds, before.adds), per_second, Target::AtLeast(1.0));
        let what = format!("Guest checkout in {name}, beside the baseline");
        self.report
            .against(&what, (today.checkouts, before.checkouts), per_second, Target::AtLeast(2.5));
    }

    /// In a database of their own: the demo's shops have pictures, the load data has none.
    fn pages(&mut self) -> anyhow::Result<()> {
        step("writing the demo shops and their pictures");
        self.connect()?.batch_execute("CREATE DATABASE demo")?;
        let url = self.postgres.url_for("demo");
        let output = server::command(&self.server, self.folder, &url).arg("seed").output()?;
        ensure!(
            output.status.success(),
            "the demo shops were not written: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let server = server::start(&self.server, self.folder, &url, &[])?;
        step("looking at the pages");
        for page in pages::look(server.port)? {
            self.report.page(&page);
        }
        server.stop()
    }
}

fn per_second(rate: f64) -> String {
    format!("{rate:.0}/s")
}

/// The host of a shop of the load data.
fn host(number: usize) -> String {
    format!("load-{number}.orion.localhost")
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn version(conn: &mut PgConnection) -> anyhow::Result<String> {
    let row: TextRow = diesel::sql_query("SELECT current_setting('server_version') AS text").get_result(conn)?;
    Ok(row.text)
}
