//! A private PostgreSQL under a data directory, so that Orion runs on a machine where nobody has installed a database.
//!
//! The cluster lives in `<data_dir>/postgres` and is reached over a unix socket only. Several processes may use the same data directory
//! at once: the first starts the server, the others attach to it, and the last one that leaves stops it.

mod binaries;
mod database;
mod error;
mod home;
mod identity;
mod initdb;
mod pidfile;
mod server;
mod socket;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::PathBuf;

pub use error::{StartError, StopError};

use binaries::Binaries;
use home::Home;
use identity::Identity;
use pidfile::Found;
use server::Server;

/// The database and the superuser role that every private cluster has.
pub const NAME: &str = "orion";

/// What to start, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The directory that holds the cluster as `postgres`; created when missing.
    pub data_dir: PathBuf,
    /// The folder with `initdb` and `postgres`; `None` looks in `ORION_PG_BIN`, npm's packages, Debian's folders and `PATH`.
    pub bin_dir: Option<PathBuf>,
    /// `false` trades safety against a power cut for speed: for tests only.
    pub durable: bool,
    /// PostgreSQL's `max_connections`, three of which are kept for the superuser.
    pub max_connections: u16,
}

/// A running private server; dropping it stops the server unless another process still uses it.
#[derive(Debug)]
pub struct PrivatePostgres {
    home: Home,
    server: Option<Server>,
    /// Holds a shared lock for as long as we use the server.
    users: File,
    socket_dir: PathBuf,
    port: u16,
    url: String,
    pid: u32,
}

impl PrivatePostgres {
    /// Starts the server of `options.data_dir`, or attaches to it when it already runs, and creates the database when it is missing.
    ///
    /// Returns once the server answers queries. Blocks while another process starts or stops the same cluster.
    ///
    /// # Errors
    /// Every [`StartError`] says what the reader can do about it.
    pub fn start(options: &Options) -> Result<Self, StartError> {
        Self::start_as(options, identity::candidates)
    }

    fn start_as(options: &Options, candidates: impl FnOnce(&Home) -> Result<Vec<Identity>, StartError>) -> Result<Self, StartError> {
        let home = Home::open(&options.data_dir)?;
        let startup = home.lock_startup()?;
        let users = home.join_users()?;
        let postgres = match pidfile::find(&home)? {
            Some(found) => Self::attach(home, users, found),
            None => Self::launch(home, users, options, candidates)?,
        };
        let prepared = database::prepare(&postgres);
        // Dropping `postgres` after a failure takes the start-up lock itself.
        drop(startup);
        prepared.map(|()| postgres)
    }

    fn attach(home: Home, users: File, found: Found) -> Self {
        tracing::info!(pid = found.pid.as_raw(), cluster = %home.cluster().display(), "attached to the private PostgreSQL");
        Self::new(home, users, Server::attached(found.pid), found.socket_dir, found.port)
    }

    fn launch(
        home: Home,
        users: File,
        options: &Options,
        candidates: impl FnOnce(&Home) -> Result<Vec<Identity>, StartError>,
    ) -> Result<Self, StartError> {
        let candidates = candidates(&home)?;
        let binaries = Binaries::find(options.bin_dir.as_deref(), &home)?;
        let identity = identity::choose(candidates, &home, &binaries)?;
        if home.major()?.is_none() {
            initdb::run(&home, &binaries, &identity, options.durable)?;
        }
        let socket_dir = socket::directory(&home, &identity)?;
        socket::remove_stale_lock(&socket_dir).map_err(|source| home.failed(source))?;
        let server = Server::launch(&home, &binaries, &identity, &socket_dir, options)?;
        if let Err(source) = home::record_server(&users, server.pid()) {
            drop(server.stop(&home));
            return Err(home.failed(source));
        }
        tracing::info!(pid = server.pid().as_raw(), cluster = %home.cluster().display(), "started the private PostgreSQL");
        Ok(Self::new(home, users, server, socket_dir, server::PORT))
    }

    fn new(home: Home, users: File, server: Server, socket_dir: PathBuf, port: u16) -> Self {
        let url = socket::url(&socket_dir, port, NAME);
        let pid = server.pid().as_raw().unsigned_abs();
        Self {
            home,
            server: Some(server),
            users,
            socket_dir,
            port,
            url,
            pid,
        }
    }

    /// The address of the database as libpq understands it; it logs in as the superuser over the unix socket.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of another database of the same server.
    #[must_use]
    pub fn url_for(&self, database: &str) -> String {
        socket::url(&self.socket_dir, self.port, database)
    }

    /// The process id of PostgreSQL's postmaster.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Stops the server and waits until it has written everything, unless another process still uses it.
    ///
    /// # Errors
    /// When the server does not end within a minute and a half, or its lock files cannot be used.
    pub fn stop(mut self) -> Result<(), StopError> {
        self.leave()
    }

    fn leave(&mut self) -> Result<(), StopError> {
        let Some(server) = self.server.take() else {
            return Ok(());
        };
        let _startup = self.home.lock_startup_for_stop()?;
        // Another process may have started a new server since ours was killed, and somebody's own `pg_ctl start` is not ours to stop.
        let running = pidfile::running(&self.home);
        let Some(pid) = running.filter(|pid| home::recorded_server(&self.users) == Some(*pid)) else {
            return Ok(());
        };
        // Nobody can join in between: that takes the start-up lock.
        if self.users.unlock().is_err() || self.users.try_lock().is_err() {
            tracing::info!(pid = self.pid, "left the private PostgreSQL running: another process uses it");
            return Ok(());
        }
        let server = if server.pid() == pid { server } else { Server::attached(pid) };
        server.stop(&self.home)?;
        socket::remove(&self.home, &self.socket_dir);
        tracing::info!(pid = self.pid, "stopped the private PostgreSQL");
        Ok(())
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        if let Err(error) = self.leave() {
            tracing::warn!(pid = self.pid, %error, "the private PostgreSQL was not stopped");
        }
    }
}
