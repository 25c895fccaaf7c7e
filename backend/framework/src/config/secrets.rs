//! Secrets: given, or on a developer's machine generated once and kept.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::Environment;
use super::load::{ConfigError, Source};
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
        Self { env, folder: data_dir.join("secrets") }
    }

    /// The secret of a key. Outside development it must be given, and a weak one is refused.
    pub(super) fn secret(&self, source: &mut Source, key: &str) -> Result<SecretString, ConfigError> {
        let given = source.text(key)?.map(SecretString::from);
        match (given, self.env) {
            (Some(secret), Environment::Test) => Ok(secret),
            (Some(secret), _) if is_strong(secret.expose_secret()) => Ok(secret),
            (Some(_), _) => Err(ConfigError::new(key, format!("is too weak: at least {LEAST_BYTES} bytes that are not one word repeated"))),
            (None, env) if env.is_development() => self.generated(key),
            (None, env) => Err(ConfigError::new(key, format!("is required in {}", env.as_str()))),
        }
    }

    fn generated(&self, key: &str) -> Result<SecretString, ConfigError> {
        let path = self.folder.join(key.to_lowercase());
        if let Ok(text) = fs::read_to_string(&path) {
            return Ok(SecretString::from(text));
        }
        let told = |error: std::io::Error| ConfigError::new(key, format!("cannot keep a generated secret in {}: {error}", path.display()));
        fs::create_dir_all(&self.folder).map_err(told)?;
        let secret = Ids::secret();
        // Another server of the same folder may be first: then its secret counts.
        match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => file.write_all(secret.as_bytes()).map_err(told)?,
            Err(_) => return fs::read_to_string(&path).map(SecretString::from).map_err(told),
        }
        Ok(SecretString::from(secret))
    }
}

fn is_strong(secret: &str) -> bool {
    let different = secret.bytes().collect::<std::collections::BTreeSet<_>>().len();
    secret.len() >= LEAST_BYTES && different >= 10
}
