//! Reading the configuration, key by key, so that each bad value is named with what was expected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::str::FromStr;

use secrecy::SecretString;

use super::{Auth, Config, Database, Environment, Http, Log, Mail, Tenancy, Worker, secrets};

/// One line that says which key is wrong and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct ConfigError {
    /// The key, as it is written in the environment.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

impl ConfigError {
    pub(super) fn new(key: &str, message: impl Display) -> Self {
        Self { key: key.to_owned(), message: message.to_string() }
    }
}

/// The values by key and which keys were asked for, so that unknown ones can be named.
pub(super) struct Source {
    values: BTreeMap<String, String>,
    asked: BTreeSet<String>,
}

pub(super) fn load(variables: BTreeMap<String, String>) -> Result<Config, ConfigError> {
    let mut source = Source { values: file_values(&variables)?, asked: BTreeSet::new() };
    source.values.extend(variables);
    let config = read(&mut source)?;
    source.warn_of_unknown();
    check(&config)?;
    Ok(config)
}

/// `orion.toml`, its tables flattened to keys: `[http] cache_bytes` is `ORION_HTTP_CACHE_BYTES`.
fn file_values(variables: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ConfigError> {
    let named = variables.get("ORION_CONFIG");
    let path = named.map_or("orion.toml", String::as_str);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_some() => return Err(ConfigError::new("ORION_CONFIG", format!("{path}: {error}"))),
        Err(_) => return Ok(BTreeMap::new()),
    };
    let table: toml::Table = text.parse().map_err(|error| ConfigError::new(path, error))?;
    let mut values = BTreeMap::new();
    flatten("ORION", &table, &mut values);
    Ok(values)
}

fn flatten(prefix: &str, table: &toml::Table, values: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = format!("{prefix}_{}", name.to_uppercase());
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, values),
            toml::Value::String(text) => drop(values.insert(key, text.clone())),
            other => drop(values.insert(key, other.to_string())),
        }
    }
}

impl Source {
    /// The text of a key; `KEY_FILE` names a file that holds it.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, ConfigError> {
        let file_key = format!("{key}_FILE");
        self.asked.insert(key.to_owned());
        self.asked.insert(file_key.clone());
        if let Some(path) = self.values.get(&file_key) {
            let text = fs::read_to_string(path).map_err(|error| ConfigError::new(&file_key, format!("{path}: {error}")))?;
            return Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()));
        }
        Ok(self.values.get(key).filter(|text| !text.is_empty()).cloned())
    }

    fn parse<T: FromStr>(&mut self, key: &str, default: T, expected: &str) -> Result<T, ConfigError> {
        match self.text(key)? {
            None => Ok(default),
            Some(text) => text.trim().parse().map_err(|_| ConfigError::new(key, format!("expected {expected}, found {text:?}"))),
        }
    }

    fn within<T: FromStr + PartialOrd + Display + Copy>(&mut self, key: &str, default: T, least: T, most: T, what: &str) -> Result<T, ConfigError> {
        let expected = format!("{what} ({least}–{most})");
        let value = self.parse(key, default, &expected)?;
        if value < least || value > most {
            return Err(ConfigError::new(key, format!("expected {expected}, found {value}")));
        }
        Ok(value)
    }

    fn flag(&mut self, key: &str) -> Result<Option<bool>, ConfigError> {
        match self.text(key)?.as_deref() {
            None => Ok(None),
            Some("true" | "1" | "yes" | "on") => Ok(Some(true)),
            Some("false" | "0" | "no" | "off") => Ok(Some(false)),
            Some(other) => Err(ConfigError::new(key, format!("expected true or false, found {other:?}"))),
        }
    }

    fn list<T: FromStr>(&mut self, key: &str, expected: &str) -> Result<Vec<T>, ConfigError> {
        let text = self.text(key)?.unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.map(|item| item.parse().map_err(|_| ConfigError::new(key, format!("expected {expected}, found {item:?}")))).collect()
    }

    fn warn_of_unknown(&self) {
        // Set by scripts and tests, not read by the server.
        let ours = ["ORION_CONFIG", "ORION_CACHE", "ORION_ROOT", "ORION_BIN", "ORION_PG_BIN"];
        let unknown = |key: &&String| {
            key.starts_with("ORION_")
                && !self.asked.contains(*key)
                && !ours.contains(&key.as_str())
                && !key.starts_with("ORION_TEST_")
                && !key.starts_with("ORION_WASM_")
        };
        for key in self.values.keys().filter(unknown) {
            eprintln!("warning: {key} is set, but there is no such setting");
        }
    }
}

fn read(source: &mut Source) -> Result<Config, ConfigError> {
    let env = environment(source)?;
    let data_dir: std::path::PathBuf = source.text("ORION_DATA_DIR")?.unwrap_or_else(|| "data".to_owned()).into();
    let auth = auth(source, env, &data_dir)?;
    Ok(Config {
        env,
        bind: source.text("ORION_BIND")?.unwrap_or_else(|| "0.0.0.0".to_owned()),
        port: source.parse("ORION_PORT", 8080, "a port number (0–65535)")?,
        workers: source.within("ORION_WORKERS", 0, 0, 1024, "a number of threads")?,
        public_scheme: scheme(source, env)?,
        public_port: match source.text("ORION_PUBLIC_PORT")? {
            None => None,
            Some(_) => Some(source.parse("ORION_PUBLIC_PORT", 0, "a port number (1–65535)")?),
        },
        database: database(source)?,
        http: http(source)?,
        auth,
        tenancy: Tenancy {
            path_mode: source.flag("ORION_TENANCY_PATH_MODE")?,
            trusted_proxies: source.list("ORION_TENANCY_TRUSTED_PROXIES", "addresses of proxies, separated by commas")?,
        },
        mail: Mail {
            smtp_url: source.text("ORION_MAIL_SMTP_URL")?.map(SecretString::from),
            from: source.text("ORION_MAIL_FROM")?.unwrap_or_else(|| "shop@orion.localhost".to_owned()),
        },
        log: log(source, env)?,
        metrics_token: source.text("ORION_METRICS_TOKEN")?.map(SecretString::from),
        worker: Worker {
            enabled: source.flag("ORION_WORKER_ENABLED")?.unwrap_or(true),
            concurrency: source.within("ORION_WORKER_CONCURRENCY", 4, 1, 256, "a number of jobs")?,
        },
        data_dir,
    })
}

fn environment(source: &mut Source) -> Result<Environment, ConfigError> {
    match source.text("ORION_ENV")?.as_deref() {
        None | Some("development") => Ok(Environment::Development),
        Some("test") => Ok(Environment::Test),
        Some("staging") => Ok(Environment::Staging),
        Some("production") => Ok(Environment::Production),
        Some(other) => Err(ConfigError::new("ORION_ENV", format!("expected development, test, staging or production, found {other:?}"))),
    }
}

fn scheme(source: &mut Source, env: Environment) -> Result<String, ConfigError> {
    let usual = if env.is_development() { "http" } else { "https" };
    match source.text("ORION_PUBLIC_SCHEME")?.as_deref().unwrap_or(usual) {
        known @ ("http" | "https") => Ok(known.to_owned()),
        other => Err(ConfigError::new("ORION_PUBLIC_SCHEME", format!("expected http or https, found {other:?}"))),
    }
}

fn database(source: &mut Source) -> Result<Database, ConfigError> {
    Ok(Database {
        url: source.text("DATABASE_URL")?,
        app_pool_size: source.within("ORION_DATABASE_APP_POOL_SIZE", 8, 1, 500, "a number of connections")?,
        platform_pool_size: source.within("ORION_DATABASE_PLATFORM_POOL_SIZE", 3, 1, 100, "a number of connections")?,
        connect_timeout_ms: source.within("ORION_DATABASE_CONNECT_TIMEOUT_MS", 2_000, 50, 60_000, "milliseconds")?,
        statement_timeout_ms: source.within("ORION_DATABASE_STATEMENT_TIMEOUT_MS", 15_000, 100, 600_000, "milliseconds")?,
    })
}

fn http(source: &mut Source) -> Result<Http, ConfigError> {
    Ok(Http {
        max_body_bytes: source.within("ORION_HTTP_MAX_BODY_BYTES", 1 << 20, 1_024, 64 << 20, "bytes")?,
        max_upload_bytes: source.within("ORION_HTTP_MAX_UPLOAD_BYTES", 32 << 20, 1_024, 1 << 30, "bytes")?,
        request_timeout_s: source.within("ORION_HTTP_REQUEST_TIMEOUT_S", 10, 1, 600, "seconds")?,
        keep_alive_s: source.within("ORION_HTTP_KEEP_ALIVE_S", 75, 1, 600, "seconds")?,
        shutdown_timeout_s: source.within("ORION_HTTP_SHUTDOWN_TIMEOUT_S", 20, 0, 600, "seconds")?,
        cache_bytes: source.within("ORION_HTTP_CACHE_BYTES", 64 << 20, 0, 1 << 40, "bytes")?,
    })
}

fn auth(source: &mut Source, env: Environment, data_dir: &std::path::Path) -> Result<Auth, ConfigError> {
    let kept = secrets::Kept::new(env, data_dir);
    let lowest_cost = if env == Environment::Test { 4 } else { 10 };
    Ok(Auth {
        jwt_secret: kept.secret(source, "ORION_AUTH_JWT_SECRET")?,
        jwt_secret_previous: source.text("ORION_AUTH_JWT_SECRET_PREVIOUS")?.map(SecretString::from),
        password_pepper: kept.secret(source, "ORION_AUTH_PASSWORD_PEPPER")?,
        access_ttl_s: source.within("ORION_AUTH_ACCESS_TTL_S", 600, 30, 3_600, "seconds")?,
        bcrypt_cost: source.within("ORION_AUTH_BCRYPT_COST", 12.max(lowest_cost), lowest_cost, 16, "a bcrypt cost")?,
    })
}

fn log(source: &mut Source, env: Environment) -> Result<Log, ConfigError> {
    let json = match source.text("ORION_LOG_FORMAT")?.as_deref() {
        None => !env.is_development(),
        Some("json") => true,
        Some("pretty") => false,
        Some(other) => return Err(ConfigError::new("ORION_LOG_FORMAT", format!("expected json or pretty, found {other:?}"))),
    };
    Ok(Log {
        json,
        level: source.text("ORION_LOG_LEVEL")?.unwrap_or_else(|| "info".to_owned()),
        slow_request_ms: source.within("ORION_LOG_SLOW_REQUEST_MS", 1_000, 1, 600_000, "milliseconds")?,
    })
}

/// What fits each key by itself and not together.
fn check(config: &Config) -> Result<(), ConfigError> {
    if config.env.is_development() {
        return Ok(());
    }
    if config.database.url.is_none() {
        return Err(ConfigError::new("DATABASE_URL", format!("is required in {}", config.env.as_str())));
    }
    Ok(())
}
