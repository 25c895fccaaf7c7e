//! Where the unix socket lies, and the address that leads to it.

use std::fs::{self, DirBuilder};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use nix::unistd::geteuid;

use crate::home::Home;
use crate::identity::Identity;
use crate::server::PORT;
use crate::{NAME, StartError};

/// The kernel's limit for the path of a socket in bytes: 107 on Linux, 103 on macOS.
const LONGEST: usize = 103;

/// The cluster's own directory when the path is fit for a socket, otherwise a short one below the temporary directory.
pub(crate) fn directory(home: &Home, identity: &Identity) -> Result<PathBuf, StartError> {
    let cluster = home.cluster();
    if fits(&cluster) {
        return Ok(cluster);
    }
    let mut hasher = DefaultHasher::new();
    cluster.hash(&mut hasher);
    let name = format!("orion-pg-{:016x}", hasher.finish());
    let inside_temporary = std::env::temp_dir().join(&name);
    let path = if fits(&inside_temporary) {
        inside_temporary
    } else {
        Path::new("/tmp").join(&name)
    };
    prepare(&path, identity)?;
    Ok(path)
}

/// PostgreSQL reads the setting as a list with commas and quotes, so a path with such characters is not used.
fn fits(directory: &Path) -> bool {
    let path = directory.as_os_str().as_bytes();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+@".contains(byte);
    path.len() + format!("/.s.PGSQL.{PORT}").len() <= LONGEST && path.iter().all(plain)
}

/// The temporary directory is everybody's: whoever made the folder first could swap the socket, so only our own will do.
fn prepare(path: &Path, identity: &Identity) -> Result<(), StartError> {
    let refused = |reason: String| StartError::SocketDir {
        path: path.to_path_buf(),
        reason,
    };
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => identity.give(path).map_err(|error| refused(error.to_string()))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(refused(error.to_string())),
    }
    let metadata = fs::symlink_metadata(path).map_err(|error| refused(error.to_string()))?;
    let owner = identity.owner().map_or(geteuid(), |(user, _)| user);
    if !metadata.is_dir() || metadata.mode() & 0o077 != 0 || metadata.uid() != owner.as_raw() {
        return Err(refused(format!("it is not a directory that user {owner} alone can enter")));
    }
    Ok(())
}

/// Removes the lock of a killed server, which PostgreSQL honours for as long as any process has that number.
///
/// Only for a cluster that no server runs on: the directory is the cluster's alone.
pub(crate) fn remove_stale_lock(directory: &Path) -> io::Result<()> {
    match fs::remove_file(directory.join(format!(".s.PGSQL.{PORT}.lock"))) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes the socket's directory when it was made for the socket alone; a leftover is harmless.
pub(crate) fn remove(home: &Home, directory: &Path) {
    if directory != home.cluster() {
        drop(fs::remove_dir(directory));
    }
}

/// The address of a database behind the socket, with every unusual byte of the path escaped.
pub(crate) fn url(directory: &Path, port: u16, database: &str) -> String {
    let host = escaped(directory.as_os_str().as_bytes());
    format!("postgres:///{}?host={host}&port={port}&user={NAME}", escaped(database.as_bytes()))
}

fn escaped(bytes: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    bytes.iter().map(one).collect()
}
