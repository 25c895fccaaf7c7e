//! From file and environment to the configuration.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;

use secrecy::SecretString;

use super::source::{ConfigError, Source};
use super::{
    Auth, Config, Database, Domains, Environment, Http, Log, LogBodies, Mail, Network, Tenancy, Worker, acme, mail_settings, secrets,
};
use crate::db::Pooler;
use crate::fault::Fault;
use crate::tenancy::host;

pub(super) fn load(variables: BTreeMap<String, String>) -> Result<Config, ConfigError> {
    let mut source = Source::new(file_values(&variables)?, variables);
    let config = read(&mut source)?;
    for key in source.unknown() {
        eprintln!("warning: {key} is set, but there is no such setting");
    }
    check(&config)?;
    Ok(config)
}

/// `orion.toml`, its tables flattened to keys: `[http] cache_bytes` is `ORION_HTTP_CACHE_BYTES`.
fn file_values(variables: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ConfigError> {
    let named = variables.get("ORION_CONFIG");
    let path = named.map_or("orion.toml", String::as_str);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_some() => {
            return Err(ConfigError::new("ORION_CONFIG", format!("{path}: {error}")));
        }
        Err(_) => return Ok(BTreeMap::new()),
    };
    let table: toml::Table = text.parse().map_err(|error| unreadable(path, &text, &error))?;
    let mut values = BTreeMap::new();
    flatten("ORION", &table, &mut values);
    Ok(values)
}

/// One line, where toml's own text is a drawing of several.
fn unreadable(path: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).map_or(1, |before| before.matches('\n').count() + 1);
    ConfigError::new(path, format!("line {line}: {}", error.message().replace('\n', " ")))
}

fn flatten(prefix: &str, table: &toml::Table, values: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = format!("{prefix}_{}", name.to_uppercase());
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, values),
            toml::Value::Array(items) => drop(values.insert(key, items.iter().map(plain).collect::<Vec<_>>().join(","))),
            other => drop(values.insert(key, plain(other))),
        }
    }
}

/// A value as it would stand in the environment.
fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn read(source: &mut Source) -> Result<Config, ConfigError> {
    let env = environment(source)?;
    let data_dir: std::path::PathBuf = source.text("ORION_DATA_DIR")?.unwrap_or_else(|| "data".to_owned()).into();
    let kept = secrets::Kept::new(env, &data_dir);
    let auth = auth(source, env, &kept)?;
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
        http: http(source, env)?,
        auth,
        tenancy: Tenancy {
            path_mode: source.flag("ORION_TENANCY_PATH_MODE")?,
            trusted_proxies: source.list(
                "ORION_TENANCY_TRUSTED_PROXIES",
                "addresses or networks such as 10.0.0.0/8, separated by commas",
            )?,
            forwarded_host: source.flag("ORION_TENANCY_FORWARDED_HOST")?.unwrap_or(false),
        },
        mail: mail(source, env)?,
        domains: domains(source)?,
        tls_listen: tls_listen(source)?,
        acme: acme::read(source)?,
        outbound_allowed: outbound_allowed(source, env)?,
        log: log(source, env)?,
        metrics_token: kept.optional(source, "ORION_METRICS_TOKEN")?,
        tools: source.list("ORION_TOOLS", "links such as grafana=https://grafana.example, separated by commas")?,
        worker: Worker {
            enabled: source.flag("ORION_WORKER_ENABLED")?.unwrap_or(true),
            concurrency: source.within("ORION_WORKER_CONCURRENCY", 4, 1, 256, "a number of jobs")?,
            health_port: match source.text("ORION_WORKER_HEALTH_PORT")? {
                None => None,
                Some(_) => Some(source.parse("ORION_WORKER_HEALTH_PORT", 0, "a port number (0–65535)")?),
            },
        },
        pictures_avif: source.flag("ORION_PICTURES_AVIF")?.unwrap_or(true),
        fault: fault(source)?,
        data_dir,
    })
}

fn environment(source: &mut Source) -> Result<Environment, ConfigError> {
    match source.text("ORION_ENV")?.as_deref() {
        None | Some("development") => Ok(Environment::Development),
        Some("test") => Ok(Environment::Test),
        Some("staging") => Ok(Environment::Staging),
        Some("production") => Ok(Environment::Production),
        Some(other) => Err(ConfigError::new(
            "ORION_ENV",
            format!("expected development, test, staging or production, found {other:?}"),
        )),
    }
}

fn scheme(source: &mut Source, env: Environment) -> Result<String, ConfigError> {
    let usual = if env.is_development() { "http" } else { "https" };
    match source.text("ORION_PUBLIC_SCHEME")?.as_deref().unwrap_or(usual) {
        known @ ("http" | "https") => Ok(known.to_owned()),
        other => Err(ConfigError::new(
            "ORION_PUBLIC_SCHEME",
            format!("expected http or https, found {other:?}"),
        )),
    }
}

fn database(source: &mut Source) -> Result<Database, ConfigError> {
    Ok(Database {
        // The first is what hosting services set, the second what `[database] url` in the file becomes.
        url: match source.text("DATABASE_URL")? {
            Some(url) => Some(url),
            None => source.text("ORION_DATABASE_URL")?,
        },
        pooler: source.parse("ORION_DATABASE_POOLER", Pooler::None, "none or transaction")?,
        direct_url: source.text("ORION_DATABASE_DIRECT_URL")?,
        app_pool_size: source.within("ORION_DATABASE_APP_POOL_SIZE", 8, 1, 500, "a number of connections")?,
        platform_pool_size: source.within("ORION_DATABASE_PLATFORM_POOL_SIZE", 3, 1, 100, "a number of connections")?,
        connect_timeout_ms: source.within("ORION_DATABASE_CONNECT_TIMEOUT_MS", 2_000, 50, 60_000, "milliseconds")?,
        statement_timeout_ms: source.within("ORION_DATABASE_STATEMENT_TIMEOUT_MS", 15_000, 100, 600_000, "milliseconds")?,
    })
}

fn http(source: &mut Source, env: Environment) -> Result<Http, ConfigError> {
    // Who develops has no balancer and does not want to wait.
    let drain = if env == Environment::Production { 5 } else { 0 };
    Ok(Http {
        max_body_bytes: source.within("ORION_HTTP_MAX_BODY_BYTES", 1 << 20, 1_024, 64 << 20, "bytes")?,
        max_upload_bytes: source.within("ORION_HTTP_MAX_UPLOAD_BYTES", 32 << 20, 1_024, 1 << 30, "bytes")?,
        request_timeout_s: source.within("ORION_HTTP_REQUEST_TIMEOUT_S", 10, 1, 600, "seconds")?,
        body_timeout_s: source.within("ORION_HTTP_BODY_TIMEOUT_S", 20, 1, 600, "seconds")?,
        bodies_bytes: source.within("ORION_HTTP_BODIES_BYTES", 64 << 20, 1 << 20, 1 << 40, "bytes")?,
        carts_per_minute: source.within("ORION_HTTP_CARTS_PER_MINUTE", 120, 0, 1_000_000, "a number of carts")?,
        key_requests_per_minute: source.within("ORION_HTTP_KEY_REQUESTS_PER_MINUTE", 600, 0, 1_000_000, "a number of requests")?,
        shop_reads_per_minute: source.within("ORION_HTTP_SHOP_READS_PER_MINUTE", 6_000, 0, 1_000_000_000, "a number of requests")?,
        shop_writes_per_minute: source.within("ORION_HTTP_SHOP_WRITES_PER_MINUTE", 600, 0, 1_000_000_000, "a number of requests")?,
        dashboard_requests_per_minute: source.within(
            "ORION_HTTP_DASHBOARD_REQUESTS_PER_MINUTE",
            3_000,
            0,
            1_000_000_000,
            "a number of requests",
        )?,
        account_requests_per_minute: source.within(
            "ORION_HTTP_ACCOUNT_REQUESTS_PER_MINUTE",
            3_000,
            0,
            1_000_000_000,
            "a number of requests",
        )?,
        keep_alive_s: source.within("ORION_HTTP_KEEP_ALIVE_S", 75, 1, 600, "seconds")?,
        shutdown_timeout_s: source.within("ORION_HTTP_SHUTDOWN_TIMEOUT_S", 20, 0, 600, "seconds")?,
        drain_s: source.within("ORION_HTTP_DRAIN_S", drain, 0, 600, "seconds")?,
        cache_bytes: source.within("ORION_HTTP_CACHE_BYTES", 64 << 20, 0, 1 << 40, "bytes")?,
    })
}

fn auth(source: &mut Source, env: Environment, kept: &secrets::Kept) -> Result<Auth, ConfigError> {
    // Tests sign in by the hundred.
    let (usual_cost, lowest_cost) = if env == Environment::Test { (4, 4) } else { (12, 10) };
    Ok(Auth {
        jwt_secret: kept.secret(source, "ORION_AUTH_JWT_SECRET")?,
        jwt_secret_previous: kept.optional(source, "ORION_AUTH_JWT_SECRET_PREVIOUS")?,
        password_pepper: kept.secret(source, "ORION_AUTH_PASSWORD_PEPPER")?,
        access_ttl_s: source.within("ORION_AUTH_ACCESS_TTL_S", 600, 30, 3_600, "seconds")?,
        bcrypt_cost: source.within("ORION_AUTH_BCRYPT_COST", usual_cost, lowest_cost, 16, "a bcrypt cost")?,
        admins_need_second_factor: source.flag("ORION_AUTH_ADMIN_SECOND_FACTOR")?.unwrap_or(false),
    })
}

fn mail(source: &mut Source, env: Environment) -> Result<Mail, ConfigError> {
    let smtp_url = source.text("ORION_MAIL_SMTP_URL")?.map(SecretString::from);
    mail_settings::check_smtp_url(smtp_url.as_ref(), env == Environment::Production)?;
    let from = source.text("ORION_MAIL_FROM")?.unwrap_or_else(|| "shop@orion.localhost".to_owned());
    mail_settings::check_from(&from)?;
    Ok(Mail { smtp_url, from })
}

fn domains(source: &mut Source) -> Result<Domains, ConfigError> {
    let resolver = match source.text("ORION_DOMAINS_RESOLVER")? {
        None => None,
        Some(_) => {
            let unset = SocketAddr::from(([0, 0, 0, 0], 0));
            Some(source.parse("ORION_DOMAINS_RESOLVER", unset, "an address and a port, such as 9.9.9.9:53")?)
        }
    };
    let unreadable = |text: &String| ConfigError::new("ORION_DOMAINS_TARGET", format!("expected a host name, found {text:?}"));
    let target = source.text("ORION_DOMAINS_TARGET")?;
    let target = target.map(|text| host::normalise(&text).map(Cow::into_owned).ok_or_else(|| unreadable(&text)));
    Ok(Domains {
        resolver,
        target: target.transpose()?,
        addresses: source.list("ORION_DOMAINS_ADDRESSES", "addresses such as 203.0.113.7, separated by commas")?,
    })
}

fn tls_listen(source: &mut Source) -> Result<Option<SocketAddr>, ConfigError> {
    match source.text("ORION_TLS_LISTEN")? {
        None => Ok(None),
        Some(_) => {
            let unset = SocketAddr::from(([0, 0, 0, 0], 0));
            let told = source.parse("ORION_TLS_LISTEN", unset, "an address and a port, such as 0.0.0.0:443")?;
            Ok(Some(told))
        }
    }
}

/// Who develops has their receivers on their own machine; everywhere else nothing but the public internet is reached unless told.
fn outbound_allowed(source: &mut Source, env: Environment) -> Result<Vec<Network>, ConfigError> {
    let allowed = source.list(
        "ORION_OUTBOUND_ALLOWED",
        "addresses or networks such as 10.0.0.0/8, separated by commas",
    )?;
    if !allowed.is_empty() || !env.is_development() {
        return Ok(allowed);
    }
    let loopback = ["127.0.0.1", "::1"].iter().map(|address| address.parse());
    let unreadable = |_| ConfigError::new("ORION_OUTBOUND_ALLOWED", "loopback is no address".to_owned());
    loopback.collect::<Result<_, _>>().map_err(unreadable)
}

fn log(source: &mut Source, env: Environment) -> Result<Log, ConfigError> {
    let json = match source.text("ORION_LOG_FORMAT")?.as_deref() {
        None => !env.is_development(),
        Some("json") => true,
        Some("pretty") => false,
        Some(other) => {
            return Err(ConfigError::new(
                "ORION_LOG_FORMAT",
                format!("expected json or pretty, found {other:?}"),
            ));
        }
    };
    Ok(Log {
        json,
        level: source.text("ORION_LOG_LEVEL")?.unwrap_or_else(|| "info".to_owned()),
        slow_request_ms: source.within("ORION_LOG_SLOW_REQUEST_MS", 1_000, 1, 600_000, "milliseconds")?,
        bodies: LogBodies {
            routes: source.list(
                "ORION_LOG_BODIES",
                "templates of routes such as /api/v1/store/products/{id}, separated by commas",
            )?,
            limit: source.within("ORION_LOG_BODY_BYTES", 2_048, 64, 65_536, "bytes")?,
        },
    })
}

fn fault(source: &mut Source) -> Result<Option<Fault>, ConfigError> {
    let named = source.text("ORION_FAULT")?;
    let unknown = |text: &String| ConfigError::new("ORION_FAULT", format!("expected tenancy or theme, found {text:?}"));
    named.map(|text| text.parse().map_err(|()| unknown(&text))).transpose()
}

/// What fits each key by itself and not together.
fn check(config: &Config) -> Result<(), ConfigError> {
    if config.database.pooler == Pooler::Transaction && config.database.direct_url.is_none() {
        return Err(ConfigError::new(
            "ORION_DATABASE_DIRECT_URL",
            "is required behind a pooler of transactions: migrations and news between servers need a session of their own",
        ));
    }
    if config.env.is_development() {
        return Ok(());
    }
    if config.fault.is_some() {
        return Err(ConfigError::new(
            "ORION_FAULT",
            format!("makes parts of the server fail and is refused in {}", config.env.as_str()),
        ));
    }
    if config.database.url.is_none() {
        return Err(ConfigError::new("DATABASE_URL", format!("is required in {}", config.env.as_str())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_setting_that_is_read_is_shown() {
        let folder = std::env::temp_dir().join(format!("orion-config-shown-{}", std::process::id()));
        let data_dir = ("ORION_DATA_DIR".to_owned(), folder.display().to_string());
        let mut source = Source::new(BTreeMap::new(), BTreeMap::from([data_dir]));
        let shown = read(&mut source).unwrap().describe();
        std::fs::remove_dir_all(folder).unwrap();
        let shown: BTreeSet<&str> = shown.lines().filter_map(|line| line.split('=').next()).collect();
        let mut read = source.asked();
        assert!(read.remove("ORION_DATABASE_URL"), "another spelling of DATABASE_URL");
        assert_eq!(read, shown);
    }

    #[test]
    fn a_file_that_is_no_toml_is_told_in_one_line() {
        let text = "[http]\nport = \n";
        let error = unreadable("orion.toml", text, &text.parse::<toml::Table>().unwrap_err()).to_string();
        assert!(error.starts_with("orion.toml: line 2: ") && !error.contains('\n'), "{error}");
    }
}
