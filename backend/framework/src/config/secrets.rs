//! Secrets: given, or on a developer's machine generated once and kept.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::Environment;
use super::source::{ConfigError, Source};
use crate::clock::Ids;

/// Below this a secret can be guessed (RFC 7518, 3.2: an HS256 key has at least 256 bits).
const LEAST_BYTES: usize = 32;

/// Where generated secrets are kept.
pub(super) struct Kept {
    env: Environment,
    folder: PathBuf,
}

impl Kept {
    pub(super) fn new(env: Environment, data_dir: &Path) -> Self {
        Self {
            env,
            folder: data_dir.join("secrets"),
        }
    }

    /// The secret of a key. Outside development it must be given, and a weak one is refused.
    pub(super) fn secret(&self, source: &mut Source, key: &str) -> Result<SecretString, ConfigError> {
        match (source.text(key)?.map(SecretString::from), self.env) {
            (Some(secret), Environment::Test) => Ok(secret),
            (Some(secret), _) => strong(key, secret),
            (None, env) if env.is_development() => self.generated(key),
            (None, env) => Err(ConfigError::new(key, format!("is required in {}", env.as_str()))),
        }
    }

    /// The secret of a key that may be absent. Outside development a weak one is refused.
    pub(super) fn optional(&self, source: &mut Source, key: &str) -> Result<Option<SecretString>, ConfigError> {
        let given = source.text(key)?.map(SecretString::from);
        if self.env.is_development() {
            Ok(given)
        } else {
            given.map(|secret| strong(key, secret)).transpose()
        }
    }

    fn generated(&self, key: &str) -> Result<SecretString, ConfigError> {
        let path = self.folder.join(key.to_lowercase());
        if !path.exists() {
            let told = |error: io::Error| ConfigError::new(key, format!("cannot keep a generated secret in {}: {error}", path.display()));
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&self.folder)
                .map_err(told)?;
            place(&path, &Ids::secret()).map_err(told)?;
        }
        // Read back in any case: another server of the same folder may have been first, and then its secret counts.
        let unusable = |reason: String| ConfigError::new(key, format!("{} {reason}; remove it to get a new one", path.display()));
        let kept = fs::read_to_string(&path).map_err(|error| unusable(format!("cannot be read: {error}")))?;
        if is_strong(&kept) {
            Ok(SecretString::from(kept))
        } else {
            Err(unusable("holds no secret".to_owned()))
        }
    }
}

/// Writes a file that is there whole or not at all, and never replaces one.
fn place(path: &Path, secret: &str) -> io::Result<()> {
    let draft = path.with_extension(Ids::new_id().simple().to_string());
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?
        .write_all(secret.as_bytes())?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn strong(key: &str, secret: SecretString) -> Result<SecretString, ConfigError> {
    if is_strong(secret.expose_secret()) {
        return Ok(secret);
    }
    Err(ConfigError::new(
        key,
        format!("is too weak: at least {LEAST_BYTES} bytes that are not one word repeated"),
    ))
}

fn is_strong(secret: &str) -> bool {
    let different = secret.bytes().collect::<std::collections::BTreeSet<_>>().len();
    secret.len() >= LEAST_BYTES && different >= 10
}
