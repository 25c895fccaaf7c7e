//! `orion serve` and `orion worker`.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use orion_framework::Services;
use orion_framework::clock::Clock;
use orion_framework::config::Config;
use orion_framework::{fault, telemetry};
use tokio::signal::unix::{SignalKind, signal};

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

/// Serves until SIGINT or SIGTERM, then drains and stops its own PostgreSQL.
pub async fn serve(demo: bool, log: Option<LogFormat>) -> anyhow::Result<()> {
    let start = Instant::now();
    let mut config = Config::load()?;
    if let Some(format) = log {
        config.log.json = format == LogFormat::Json;
    }
    if let Some(fault) = config.fault {
        fault::arm(fault);
    }
    let _logs = telemetry::init(&config)?;
    let mut stop = Stop::listen()?;
    let database = Database::open(&config).await?;
    server::migrate_database(database.url())?;
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
        println!("{}", orion_devtools::entry_points(&services).await?);
    }
    let ended = tokio::select! {
        ended = running.ended() => ended,
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
    let services: Arc<Services> = Arc::new(server::services(config, &url, Clock::default())?);
    let worker = server::worker(services)?.spawn();
    stop.asked().await;
    worker.stop().await;
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
