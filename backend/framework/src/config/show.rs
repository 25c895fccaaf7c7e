//! The effective configuration as text.

use std::fmt::Write;

use super::Config;
use crate::fault::Fault;

pub(super) fn describe(config: &Config) -> String {
    let mut text = String::new();
    let secret = |given: bool| if given { "********" } else { "(not set)" };
    let lines: Vec<(&str, String)> = vec![
        ("ORION_ENV", config.env.as_str().to_owned()),
        ("ORION_BIND", config.bind.clone()),
        ("ORION_PORT", config.port.to_string()),
        ("ORION_WORKERS", config.workers().to_string()),
        ("ORION_DATA_DIR", config.data_dir.display().to_string()),
        ("ORION_PUBLIC_SCHEME", config.public_scheme.clone()),
        ("ORION_PUBLIC_PORT", config.public_port.unwrap_or(config.port).to_string()),
        (
            "DATABASE_URL",
            if config.database.url.is_some() {
                "********"
            } else {
                "(private PostgreSQL)"
            }
            .to_owned(),
        ),
        ("ORION_DATABASE_POOLER", config.database.pooler.as_str().to_owned()),
        ("ORION_DATABASE_DIRECT_URL", secret(config.database.direct_url.is_some()).to_owned()),
        ("ORION_DATABASE_APP_POOL_SIZE", config.database.app_pool_size.to_string()),
        ("ORION_DATABASE_PLATFORM_POOL_SIZE", config.database.platform_pool_size.to_string()),
        ("ORION_DATABASE_CONNECT_TIMEOUT_MS", config.database.connect_timeout_ms.to_string()),
        (
            "ORION_DATABASE_STATEMENT_TIMEOUT_MS",
            config.database.statement_timeout_ms.to_string(),
        ),
        ("ORION_HTTP_MAX_BODY_BYTES", config.http.max_body_bytes.to_string()),
        ("ORION_HTTP_MAX_UPLOAD_BYTES", config.http.max_upload_bytes.to_string()),
        ("ORION_HTTP_REQUEST_TIMEOUT_S", config.http.request_timeout_s.to_string()),
        ("ORION_HTTP_BODY_TIMEOUT_S", config.http.body_timeout_s.to_string()),
        ("ORION_HTTP_BODIES_BYTES", config.http.bodies_bytes.to_string()),
        ("ORION_HTTP_CARTS_PER_MINUTE", config.http.carts_per_minute.to_string()),
        (
            "ORION_HTTP_KEY_REQUESTS_PER_MINUTE",
            config.http.key_requests_per_minute.to_string(),
        ),
        ("ORION_HTTP_SHOP_READS_PER_MINUTE", config.http.shop_reads_per_minute.to_string()),
        ("ORION_HTTP_SHOP_WRITES_PER_MINUTE", config.http.shop_writes_per_minute.to_string()),
        (
            "ORION_HTTP_DASHBOARD_REQUESTS_PER_MINUTE",
            config.http.dashboard_requests_per_minute.to_string(),
        ),
        (
            "ORION_HTTP_ACCOUNT_REQUESTS_PER_MINUTE",
            config.http.account_requests_per_minute.to_string(),
        ),
        ("ORION_HTTP_KEEP_ALIVE_S", config.http.keep_alive_s.to_string()),
        ("ORION_HTTP_SHUTDOWN_TIMEOUT_S", config.http.shutdown_timeout_s.to_string()),
        ("ORION_HTTP_DRAIN_S", config.http.drain_s.to_string()),
        ("ORION_HTTP_CACHE_BYTES", config.http.cache_bytes.to_string()),
        ("ORION_AUTH_JWT_SECRET", secret(true).to_owned()),
        (
            "ORION_AUTH_JWT_SECRET_PREVIOUS",
            secret(config.auth.jwt_secret_previous.is_some()).to_owned(),
        ),
        ("ORION_AUTH_PASSWORD_PEPPER", secret(true).to_owned()),
        ("ORION_AUTH_ACCESS_TTL_S", config.auth.access_ttl_s.to_string()),
        ("ORION_AUTH_BCRYPT_COST", config.auth.bcrypt_cost.to_string()),
        ("ORION_AUTH_ADMIN_SECOND_FACTOR", config.auth.admins_need_second_factor.to_string()),
        ("ORION_TENANCY_PATH_MODE", config.path_mode().to_string()),
        ("ORION_TENANCY_TRUSTED_PROXIES", listed(&config.tenancy.trusted_proxies)),
        ("ORION_TENANCY_FORWARDED_HOST", config.tenancy.forwarded_host.to_string()),
        ("ORION_MAIL_SMTP_URL", secret(config.mail.smtp_url.is_some()).to_owned()),
        ("ORION_MAIL_FROM", config.mail.from.clone()),
        (
            "ORION_DOMAINS_RESOLVER",
            config
                .domains
                .resolver
                .map_or("(the system's)".to_owned(), |address| address.to_string()),
        ),
        (
            "ORION_DOMAINS_TARGET",
            config.domains.target.clone().unwrap_or_else(|| "(each store's label)".to_owned()),
        ),
        ("ORION_DOMAINS_ADDRESSES", listed(&config.domains.addresses)),
        (
            "ORION_TLS_LISTEN",
            config.tls_listen.map_or("(nowhere)".to_owned(), |address| address.to_string()),
        ),
        ("ORION_ACME_ENABLED", config.acme.enabled.to_string()),
        ("ORION_ACME_TERMS_AGREED", config.acme.terms_agreed.to_string()),
        ("ORION_ACME_DIRECTORY", config.acme.directory.clone()),
        (
            "ORION_ACME_CONTACT",
            config.acme.contact.clone().unwrap_or_else(|| "(nobody)".to_owned()),
        ),
        (
            "ORION_ACME_EAB_KEY_ID",
            (config.acme.external_account.as_ref()).map_or("(none)".to_owned(), |account| account.key_id.clone()),
        ),
        ("ORION_ACME_EAB_HMAC_KEY", secret(config.acme.external_account.is_some()).to_owned()),
        (
            "ORION_ACME_ROOT_CA",
            if config.acme.root_ca.is_some() { "(read)" } else { "(none)" }.to_owned(),
        ),
        ("ORION_ACME_HOSTS", listed(&config.acme.hosts)),
        ("ORION_OUTBOUND_ALLOWED", listed(&config.outbound_allowed)),
        ("ORION_LOG_FORMAT", if config.log.json { "json" } else { "pretty" }.to_owned()),
        ("ORION_LOG_LEVEL", config.log.level.clone()),
        ("ORION_LOG_SLOW_REQUEST_MS", config.log.slow_request_ms.to_string()),
        ("ORION_LOG_BODIES", config.log.bodies.routes.join(",")),
        ("ORION_LOG_BODY_BYTES", config.log.bodies.limit.to_string()),
        ("ORION_METRICS_TOKEN", secret(config.metrics_token.is_some()).to_owned()),
        (
            "ORION_TOOLS",
            config.tools.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        ),
        ("ORION_WORKER_ENABLED", config.worker.enabled.to_string()),
        ("ORION_WORKER_CONCURRENCY", config.worker.concurrency.to_string()),
        (
            "ORION_WORKER_HEALTH_PORT",
            config.worker.health_port.map_or("(none)".to_owned(), |port| port.to_string()),
        ),
        ("ORION_PICTURES_AVIF", config.pictures_avif.to_string()),
        ("ORION_FAULT", config.fault.map_or("(none)", Fault::as_str).to_owned()),
    ];
    for (key, value) in lines {
        let _written = writeln!(text, "{key}={value}");
    }
    text
}

fn listed(many: &[impl ToString]) -> String {
    many.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
