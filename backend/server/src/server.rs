//! Starting and stopping: everything that `orion serve` is, also for tests.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};
use anyhow::Context;
use orion_framework::auth::{Brake, ChainKey, Passwords, Tokens, Vault};
use orion_framework::clock::Clock;
use orion_framework::config::Config;
use orion_framework::db::listen::{Listener, News};
use orion_framework::db::{Db, PoolOptions, migrate};
use orion_framework::health::{Health, Readiness};
use orion_framework::http::{BodyBudget, Limits, ResponseCache};
use orion_framework::module::Registry;
use orion_framework::outbound::Outbound;
use orion_framework::storage::Storage;
use orion_framework::tenancy::Directory;
use orion_framework::worker::{Worker, WorkerHandle, WorkerOptions};
use orion_framework::{Backend, Services};
use orion_types::StoreId;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::app::{Hosted, Shared, application};
use crate::{modules, probes, tls};

/// Builds the server's parts. The database need not be up yet.
pub fn services(config: Config, url: &str, clock: Clock) -> anyhow::Result<Backend> {
    services_of(modules::registry()?, config, url, clock)
}

/// Likewise, of some modules: those of a build that lacks others.
pub fn services_of(registry: Registry, mut config: Config, url: &str, clock: Clock) -> anyhow::Result<Backend> {
    let registry = Arc::new(registry);
    orion_framework::tls::install_provider();
    orion_framework::metrics::init()?;
    orion_framework::metrics::announce(registry.all().iter().flat_map(|module| module.counters).copied());
    let db = Db::new(&PoolOptions {
        url: url.to_owned(),
        pooler: config.database.pooler,
        direct_url: config.database.direct_url.clone().unwrap_or_else(|| url.to_owned()),
        app_size: config.database.app_pool_size,
        platform_size: config.database.platform_pool_size,
        wait: config.database.connect_timeout(),
        statement_timeout: config.database.statement_timeout(),
    });
    // Modules are given the configuration: who owns the database, and by which password, is no business of theirs.
    (config.database.url, config.database.direct_url) = (None, None);
    let directory = Directory::new(db.clone(), clock.clone(), registry.always_on(), config.origin());
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("Orion/", env!("CARGO_PKG_VERSION")))
        .build()?;
    let services = Services {
        storage: Storage::open(&config.storage_dir())?,
        tokens: Tokens::new(
            &config.auth.jwt_secret,
            config.auth.jwt_secret_previous.as_ref(),
            config.auth.access_ttl_s,
            clock.clone(),
        ),
        outbound: Outbound::new(&config.outbound_allowed)?,
        vault: Vault::new(&config.auth.password_pepper)?,
        chain_key: ChainKey::new(&config.auth.password_pepper),
        certificates: Arc::default(),
        passwords: Passwords::new(config.auth.bcrypt_cost, config.auth.password_pepper.clone()),
        brake: Brake::new(clock.clone()),
        bodies: BodyBudget::new(config.http.bodies_bytes),
        limits: Limits::new(&clock, &config.http),
        cache: ResponseCache::new(config.http.cache_bytes),
        search: orion_search::Indexes::new(config.search_dir()),
        readiness: Readiness::default(),
        health: Health::default(),
        templates: OnceLock::new(),
        work: Arc::new(Notify::new()),
        config: Arc::new(config),
        modules: registry,
        directory,
        clock,
        http,
    };
    Ok(Backend::new(services, db))
}

/// A server that runs.
pub struct Running {
    /// The server's parts.
    pub services: Arc<Backend>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it listens for TLS.
    pub tls_address: Option<SocketAddr>,
    handle: ServerHandle,
    /// Gone once it has been waited for.
    serving: Option<JoinHandle<std::io::Result<()>>>,
    worker: Option<WorkerHandle>,
    _listener: Listener,
}

/// Starts to serve: migrations must have run.
pub async fn start(services: Arc<Backend>) -> anyhow::Result<Running> {
    let config = services.config.clone();
    // What is read from here on is dropped again when news of a change comes.
    let listener = listen(&services)?;
    warn_of_stale_switches(&services).await;
    let shared = web::Data::new(Shared::new(&services.modules));
    // Set before by another server on the same parts, with the same routes.
    services.templates.get_or_init(|| Box::new(shared.methods.clone()));
    let backend = services.clone();
    let server = HttpServer::new(move || application(&backend, shared.clone()))
        .workers(config.workers())
        .keep_alive(config.http.keep_alive())
        .client_request_timeout(config.http.request_timeout())
        .shutdown_timeout(config.http.shutdown_timeout().as_secs())
        .disable_signals()
        .bind((config.bind.as_str(), config.port))
        .with_context(|| {
            format!(
                "port {} on {} is taken or not allowed; choose another one with ORION_PORT",
                config.port, config.bind
            )
        })?;
    let server = match config.tls_listen {
        Some(address) => {
            tls::keep_shown(&services).await;
            let taken = || format!("{address} is taken or not allowed; choose another one with ORION_TLS_LISTEN");
            server.bind_rustls_0_23(address, tls::settings(&services)?).with_context(taken)?
        }
        None => server,
    };
    let by_tls = |(address, scheme): (SocketAddr, &str)| (scheme == "https").then_some(address);
    let tls_address = server.addrs_with_scheme().into_iter().find_map(by_tls);
    let address = server.addrs().first().copied().context("the server listens nowhere")?;
    let server = server.run();
    let handle = server.handle();
    let serving = tokio::spawn(server);
    let worker = if config.worker.enabled {
        Some(worker(services.clone())?.spawn())
    } else {
        None
    };
    tracing::info!(
        path_mode = config.path_mode(),
        "stores by path (/storefront/…, /store/…) are {}",
        if config.path_mode() { "on" } else { "off" }
    );
    become_ready(&services).await;
    Ok(Running {
        services,
        address,
        tls_address,
        handle,
        serving: Some(serving),
        worker,
        _listener: listener,
    })
}

/// Ready once both roles have worked. Where they do not yet (the database is away, or its owner may not work as them), the server lives,
/// says that it is starting, and tries again.
async fn become_ready(services: &Arc<Backend>) {
    let Err(error) = services.db.ping().await else {
        return services.readiness.warmed_up();
    };
    tracing::error!(%error, "the database is not usable yet; trying again every second");
    let waiting = Arc::downgrade(services);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            // Gone when the server has stopped.
            let Some(services) = waiting.upgrade() else { return };
            if services.db.ping().await.is_ok() {
                tracing::info!("the database is usable");
                return services.readiness.warmed_up();
            }
        }
    });
}

/// Switches of modules that this build lacks are left alone: with another build they count again.
async fn warn_of_stale_switches(services: &Backend) {
    let platforms = match services.directory.platforms().await {
        Ok(platforms) => platforms,
        // Whoever asks for a page hears it too; the server starts and waits for its database.
        Err(error) => return tracing::warn!(%error, "the platforms could not be read"),
    };
    for platform in platforms.iter() {
        for module in platform.modules.iter().filter(|module| services.modules.get(module).is_none()) {
            tracing::warn!(
                platform = platform.code,
                module,
                "a module is switched on that is not part of this build"
            );
        }
    }
}

/// The worker of these services: modules' jobs and the framework's own.
pub fn worker(services: Arc<Backend>) -> anyhow::Result<Worker> {
    let options = WorkerOptions {
        concurrency: services.config.worker.concurrency,
        ..WorkerOptions::default()
    };
    let own_jobs = [
        orion_framework::mail::JOBS,
        orion_framework::worker::JOBS,
        orion_framework::audit_chain::JOBS,
    ]
    .concat();
    Ok(Worker::new(services, &own_jobs, options)?)
}

/// Health and metrics of a process that serves nothing else, where a port is configured for them.
pub async fn probes(services: &Arc<Backend>) -> anyhow::Result<Option<ServerHandle>> {
    let Some(port) = services.config.worker.health_port else {
        return Ok(None);
    };
    let data = web::Data::new(Hosted::new(services));
    let server = HttpServer::new(move || App::new().app_data(data.clone()).configure(probes::of_any_process))
        .workers(1)
        .disable_signals()
        .bind((services.config.bind.as_str(), port))
        .with_context(|| format!("port {port} is taken or not allowed; choose another one with ORION_WORKER_HEALTH_PORT"))?
        .run();
    let handle = server.handle();
    tokio::spawn(server);
    become_ready(services).await;
    Ok(Some(handle))
}

/// Keeps this server's memory in step with what other servers commit.
fn listen(services: &Arc<Backend>) -> std::io::Result<Listener> {
    let weak = Arc::downgrade(services);
    Listener::start(services.db.url().to_owned(), move |news| {
        let Some(services) = weak.upgrade() else { return };
        match news {
            News::Catalog { store, version } => services.directory.catalog_moved(StoreId(store), version),
            News::Store { store } => services.directory.forget_store(StoreId(store)),
            News::Tenants => services.directory.forget(),
            News::Certificates => services.certificates.announce(),
            News::Reconnected => {
                services.directory.forget_all();
                services.certificates.announce();
            }
        }
    })
}

impl Running {
    /// Waits until the server has ended by itself, which it only does on an error.
    pub async fn ended(&mut self) -> anyhow::Result<()> {
        if let Some(serving) = &mut self.serving {
            let ended = serving.await;
            self.serving = None;
            ended?.context("the server stopped")?;
        }
        Ok(())
    }

    /// Says "not ready" while it goes on serving, so that balancers send requests elsewhere before the door closes.
    pub async fn drain(&self) {
        self.services.readiness.drain();
        if self.serving.is_none() {
            return;
        }
        tokio::time::sleep(self.services.config.http.drain()).await;
    }

    /// Stops: lets requests and jobs finish.
    pub async fn stop(self) {
        self.services.readiness.drain();
        let worker = async {
            if let Some(worker) = self.worker {
                worker.stop().await;
            }
        };
        // Side by side, so that both fit into the time a supervisor gives.
        tokio::join!(worker, self.handle.stop(true));
        if let Some(serving) = self.serving
            && let Err(error) = serving.await
        {
            tracing::error!(%error, "the server did not end cleanly");
        }
    }
}

/// Brings the database up to date and says what was done.
pub fn migrate_database(url: &str) -> anyhow::Result<()> {
    for name in migrate::run(url).context("migrating the database")? {
        tracing::info!(migration = name, "migrated");
    }
    Ok(())
}
