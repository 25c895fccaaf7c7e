//! Creates the cluster.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Stdio;

use crate::binaries::Binaries;
use crate::home::Home;
use crate::identity::{self, Identity};
use crate::server::without_postgres_variables;
use crate::{NAME, StartError};

/// Fits a shop on a small machine; `ALTER SYSTEM` and `postgresql.conf` can change all of it later.
const SETTINGS: &str = "
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
wal_compression = on
min_wal_size = 256MB
max_wal_size = 2GB
random_page_cost = 1.1
synchronous_commit = on
# Short queries only lose time to a compiler.
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
";

/// Sorting by code point is quick and the same everywhere; letters beyond ASCII must still count as letters for searches.
const LOCALE: [&str; 2] = if cfg!(target_os = "macos") {
    ["--locale=C", "--lc-ctype=en_US.UTF-8"]
} else {
    ["--locale=C", "--lc-ctype=C.UTF-8"]
};

pub(crate) fn run(home: &Home, binaries: &Binaries, identity: &Identity, durable: bool) -> Result<(), StartError> {
    let unfinished = home.unfinished();
    remove_leftovers(&unfinished).map_err(|source| home.failed(source))?;
    identity::create_private_dir(&unfinished, identity).map_err(|source| home.failed(source))?;
    let program = binaries.initdb();
    let mut command = identity.command(&program);
    command
        .arg("-D")
        .arg(&unfinished)
        .args(["-U", NAME, "--encoding=UTF8", "--auth-local=trust", "--auth-host=reject"]);
    command.args(LOCALE).stdin(Stdio::null()).current_dir(&unfinished);
    if !durable {
        command.arg("--no-sync");
    }
    without_postgres_variables(&mut command);
    let output = command.output().map_err(|source| StartError::Spawn { program, source })?;
    if !output.status.success() {
        let output = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(StartError::InitDb { path: unfinished, output });
    }
    append(&unfinished.join("postgresql.conf")).map_err(|source| home.failed(source))?;
    fs::rename(&unfinished, home.cluster()).map_err(|source| home.failed(source))
}

/// What a killed `initdb` left behind.
fn remove_leftovers(unfinished: &Path) -> io::Result<()> {
    match fs::remove_dir_all(unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn append(configuration: &Path) -> io::Result<()> {
    use io::Write;
    fs::File::options().append(true).open(configuration)?.write_all(SETTINGS.as_bytes())
}
