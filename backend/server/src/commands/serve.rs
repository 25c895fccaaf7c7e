//! `orion serve` and `orion worker`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use orion_framework::Backend;
use orion_framework::clock::Clock;
use orion_framework::config::Config;
use orion_framework::db::migrate::MigrateError;
use orion_framework::db::{Pooler, pools_transactions};
use orion_framework::{fault, telemetry};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

use super::database::Database;
use crate::{seed, server};

/// How the log is written, told on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// A JSON object a line.
    Json,
    /// Text for people.
    Pretty,
}

/// What `orion serve` was told on the command line.
#[derive(Debug, Clone, Copy)]
pub struct ServeOptions {
    /// Write the demo shops first.
    pub demo: bool,
    /// In place of the configured one.
    pub log: Option<LogFormat>,
    /// The login does not own the database.
    pub no_migrate: bool,
}

/// How long the database may be away before the next try to migrate it.
const AGAIN: Duration = Duration::from_secs(1);

/// Serves until SIGINT or SIGTERM, then drains and stops its own PostgreSQL.
pub async fn serve(options: ServeOptions) -> anyhow::Result<()> {
    let ServeOptions { demo, log, no_migrate } = options;
    let start = Instant::now();
    let mut config = Config::load()?;
    if let Some(format) = log {
        config.log.json = format == LogFormat::Json;
    }
    if demo {
        seed::allowed(config.env, false)?;
    }
    if let Some(fault) = config.fault {
        fault::arm(fault);
    }
    let _logs = telemetry::init(&config)?;
    raise_descriptors();
    if config.is_production() && config.mail.smtp_url.is_none() {
        tracing::warn!("ORION_MAIL_SMTP_URL is not set: no mail leaves, customers hear nothing of their orders");
    }
    let mut stop = Stop::listen()?;
    let database = Database::open(&config).await?;
    let migrating = if no_migrate {
        refuse_unsaid_pooler(&config, database.url()).await?;
        None
    } else {
        bring_up(&config, &database, demo).await?
    };
    let services = Arc::new(server::services(config, database.url(), Clock::default())?);
    if demo {
        let seeded = tokio::select! {
            seeded = seed::demo(&services, seed::DemoOptions::default()) => Some(seeded.context("writing the demo shops")),
            () = stop.asked() => None,
        };
        let Some(seeded) = seeded else {
            // What was begun is rolled back, and the next start goes on with it.
            tracing::info!("stopping before the demo shops are written");
            drop(services);
            return database.close().await;
        };
        seeded?;
    }
    let mut running = server::start(services.clone()).await?;
    tracing::info!(address = %running.address, ready_ms = start.elapsed().as_millis(), "ready");
    if demo {
        super::database::print_entry_points(&services).await?;
    }
    let ended = tokio::select! {
        ended = running.ended() => ended,
        failed = migrated(migrating) => Err(failed),
        () = stop.asked() => Ok(()),
    };
    tracing::info!("stopping");
    // Whoever asks twice is in a hurry.
    tokio::select! {
        () = running.drain() => {}
        () = stop.asked() => {}
    }
    running.stop().await;
    drop(services);
    database.close().await?;
    ended
}

/// Each connection is a descriptor, and shells and units begin with 1,024 of them: a server that has none left answers nobody, its probes
/// included.
fn raise_descriptors() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(most) => tracing::debug!(most, "open files"),
        Err(error) => tracing::warn!(%error, "the number of open files stays as it is"),
    }
}

/// Migrates the database. While it cannot be reached the server starts all the same, alive and not ready, and a task goes on trying: a
/// machine that starts everything at once must not depend on an order. With `wait`, the database has to be there.
async fn bring_up(config: &Config, database: &Database, wait: bool) -> anyhow::Result<Option<Migrating>> {
    let url = database.direct_url().to_owned();
    match try_to_migrate(url.clone()).await? {
        Ok(()) => {
            refuse_unsaid_pooler(config, database.url()).await?;
            Ok(None)
        }
        Err(reason) if wait => anyhow::bail!("migrating the database: {reason}"),
        Err(reason) => {
            tracing::error!(reason, "the database cannot be reached; trying again every second");
            Ok(Some(tokio::spawn(keep_trying(url))))
        }
    }
}

/// Ends when the database is migrated, or with what is wrong with it.
type Migrating = JoinHandle<anyhow::Result<()>>;

async fn keep_trying(url: String) -> anyhow::Result<()> {
    loop {
        tokio::time::sleep(AGAIN).await;
        if try_to_migrate(url.clone()).await?.is_ok() {
            tracing::info!("the database is there");
            return Ok(());
        }
    }
}

/// The inner error says why the database cannot be reached; nothing was done then.
async fn try_to_migrate(url: String) -> anyhow::Result<Result<(), String>> {
    let outcome = tokio::task::spawn_blocking(move || server::migrate_database(&url)).await?;
    match outcome {
        Ok(()) => Ok(Ok(())),
        Err(error) => match error.downcast_ref::<MigrateError>() {
            Some(MigrateError::Connect(reason)) => Ok(Err(reason.clone())),
            _ => Err(error),
        },
    }
}

/// Returns only when migrating has failed for good.
async fn migrated(migrating: Option<Migrating>) -> anyhow::Error {
    match migrating {
        Some(task) => match task.await {
            Ok(Ok(())) => std::future::pending().await,
            Ok(Err(error)) => error,
            Err(error) => error.into(),
        },
        None => std::future::pending().await,
    }
}

/// Behind a pooler of transactions that nobody has told of, every order would fail; better said at once. A database that is away is
/// another matter, and somebody else's to tell.
async fn refuse_unsaid_pooler(config: &Config, url: &str) -> anyhow::Result<()> {
    if config.database.url.is_none() || config.database.pooler == Pooler::Transaction {
        return Ok(());
    }
    let url = url.to_owned();
    match tokio::task::spawn_blocking(move || pools_transactions(&url)).await? {
        Ok(true) => anyhow::bail!(
            "DATABASE_URL leads through a pooler of transactions: set ORION_DATABASE_POOLER=transaction, and              ORION_DATABASE_DIRECT_URL to the address of PostgreSQL itself"
        ),
        Ok(false) => Ok(()),
        Err(error) => {
            tracing::warn!(
                error,
                "whether a pooler of transactions stands before the database could not be found out"
            );
            Ok(())
        }
    }
}

/// Runs jobs and delivers events until SIGINT or SIGTERM.
pub async fn worker() -> anyhow::Result<()> {
    let config = Config::load()?;
    let _logs = telemetry::init(&config)?;
    let mut stop = Stop::listen()?;
    let url = config
        .database
        .url
        .clone()
        .context("DATABASE_URL: a worker of its own needs the database of its servers")?;
    let services: Arc<Backend> = Arc::new(server::services(config, &url, Clock::default())?);
    let probes = server::probes(&services).await?;
    let worker = server::worker(services.clone())?.spawn();
    stop.asked().await;
    services.readiness.drain();
    worker.stop().await;
    if let Some(probes) = probes {
        probes.stop(true).await;
    }
    Ok(())
}

/// The signals that mean "stop".
pub(super) struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    pub(super) async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
