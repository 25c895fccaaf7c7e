//! The database of a command: the one that was configured, or a private PostgreSQL under the data directory.

use std::sync::Arc;

use anyhow::Context;
use orion_framework::Backend;
use orion_framework::clock::Clock;
use orion_framework::config::Config;
use orion_framework::db::{Actor, PlatformTx, RequestMeta, migrate};
use orion_framework::telemetry;
use orion_postgres::{Options, PrivatePostgres};

use super::serve::Stop;
use crate::seed::DemoOptions;
use crate::{seed, server};

/// Where the database is, and the server behind it when it is ours.
pub struct Database {
    url: String,
    direct_url: String,
    private: Option<PrivatePostgres>,
}

impl Database {
    /// Uses `DATABASE_URL`, or starts (or finds running) the private PostgreSQL of the data directory.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.database.url {
            return Ok(Self {
                url: url.clone(),
                direct_url: config.database.direct_url.clone().unwrap_or_else(|| url.clone()),
                private: None,
            });
        }
        let options = Options {
            data_dir: config.data_dir.clone(),
            bin_dir: None,
            durable: true,
            max_connections: 100,
        };
        let private = tokio::task::spawn_blocking(move || PrivatePostgres::start(&options))
            .await?
            .context("starting the private PostgreSQL")?;
        Ok(Self {
            url: private.url().to_owned(),
            direct_url: private.url().to_owned(),
            private: Some(private),
        })
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it is past any pooler, for migrations.
    pub fn direct_url(&self) -> &str {
        &self.direct_url
    }

    /// Stops the private server, when this command has started it.
    pub async fn close(self) -> anyhow::Result<()> {
        if let Some(private) = self.private {
            tokio::task::spawn_blocking(move || private.stop())
                .await?
                .context("stopping the private PostgreSQL")?;
        }
        Ok(())
    }
}

/// The server's parts for a command that works on the database and ends; `work` gets them.
pub async fn with_services<T, F: Future<Output = anyhow::Result<T>>>(work: impl FnOnce(Arc<Backend>) -> F) -> anyhow::Result<T> {
    let config = Config::load()?;
    let _logs = telemetry::init(&config)?;
    let mut stop = Stop::listen()?;
    let database = Database::open(&config).await?;
    server::migrate_database(database.direct_url())?;
    let services = Arc::new(server::services(config, database.url(), Clock::default())?);
    // Whoever is interrupted must not leave the private PostgreSQL behind; what was begun is rolled back.
    let done = tokio::select! {
        done = work(services) => done,
        () = stop.asked() => Err(anyhow::anyhow!("stopped before the end")),
    };
    database.close().await?;
    done
}

/// Likewise for a command that goes on until it is told to stop; `work` hears of that itself, so that it can take back what it has made.
#[cfg(feature = "webhooks")]
pub async fn until_stopped<F: Future<Output = anyhow::Result<()>>>(work: impl FnOnce(Arc<Backend>, Stop) -> F) -> anyhow::Result<()> {
    let config = Config::load()?;
    let _logs = telemetry::init(&config)?;
    let stop = Stop::listen()?;
    let database = Database::open(&config).await?;
    let services = Arc::new(server::services(config, database.url(), Clock::default())?);
    let done = work(services, stop).await;
    database.close().await?;
    done
}

/// `orion migrate`.
pub async fn migrate(plan: bool) -> anyhow::Result<()> {
    // A migration is not left in the middle: signals are taken, and the private PostgreSQL stopped after it.
    let _stop = Stop::listen()?;
    let database = Database::open(&Config::load()?).await?;
    let url = database.direct_url().to_owned();
    let names = tokio::task::spawn_blocking(move || if plan { migrate::pending(&url) } else { migrate::run(&url) }).await;
    database.close().await?;
    let names = names??;
    match (names.is_empty(), plan) {
        (true, _) => println!("The database is up to date."),
        (false, true) => println!("To run:\n  {}", names.join("\n  ")),
        (false, false) => println!("Ran:\n  {}", names.join("\n  ")),
    }
    Ok(())
}

/// `orion seed`.
pub async fn seed(scale: Option<String>, options: DemoOptions) -> anyhow::Result<()> {
    // Before the database is touched: whoever typed this on the wrong machine has changed nothing.
    seed::allowed(Config::load()?.env, options.force)?;
    with_services(|services| async move {
        match scale {
            None => seed::demo(&services, options).await?,
            Some(scale) => seed::load(&services, &scale, options.force).await?,
        }
        print_entry_points(&services).await?;
        Ok(())
    })
    .await
}

/// Prints every entry point and login.
pub async fn print_entry_points(services: &Backend) -> anyhow::Result<()> {
    let config = services.config.clone();
    let read = move |tx: &mut PlatformTx| orion_devtools::entry_points(tx, &config);
    println!(
        "{}",
        services.platform_tx(Actor::system("orion"), RequestMeta::default(), read).await?
    );
    Ok(())
}
