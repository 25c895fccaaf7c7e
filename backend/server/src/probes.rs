//! Health and metrics: answered on every host, without a tenant.

use std::net::IpAddr;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use actix_web::http::uri::Authority;
use actix_web::{HttpRequest, HttpResponse, web};
use orion_framework::Backend;
use orion_framework::db::migrate;
use orion_framework::health::{HealthReport, Verdict, report};
use orion_framework::http::{Failure, bearer, header_text};
use orion_framework::problem::NOT_FOUND;
use orion_framework::zone::time_zone_data;
use secrecy::ExposeSecret;
use serde::Serialize;
use subtle::ConstantTimeEq;

use crate::app::Hosted;
use crate::tools;

/// Where the probes are.
pub const PATHS: [&str; 7] = [
    "/health",
    "/health/tools",
    "/health/live",
    "/livez",
    "/health/ready",
    "/readyz",
    "/metrics",
];

/// Registers the probes.
pub fn configure(config: &mut web::ServiceConfig) {
    config.route("/health/tools", web::get().to(tools::health));
    of_any_process(config);
}

/// Those that need neither hosts nor administrators.
pub fn of_any_process(config: &mut web::ServiceConfig) {
    config
        .route("/health", web::get().to(health))
        .route("/health/live", web::get().to(live))
        .route("/livez", web::get().to(live))
        .route("/health/ready", web::get().to(ready))
        .route("/readyz", web::get().to(ready))
        .route("/metrics", web::get().to(metrics));
}

#[derive(Serialize)]
struct Health {
    #[serde(flatten)]
    report: HealthReport,
    version: &'static str,
    /// The release of the data of time zones that days are cut by.
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zones: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uptime_s: Option<u64>,
}

/// The overall state; what each check found only for those who may see it.
async fn health(request: HttpRequest, services: web::Data<Hosted>) -> HttpResponse {
    let mut found = report(&services).await;
    let insider = is_insider(&request, &services);
    if !insider {
        found.checks.clear();
    }
    let mut answer = if found.status == Verdict::Unhealthy {
        HttpResponse::ServiceUnavailable()
    } else {
        HttpResponse::Ok()
    };
    answer.insert_header((CACHE_CONTROL, "no-store")).json(Health {
        report: found,
        version: env!("CARGO_PKG_VERSION"),
        time_zones: insider.then(time_zone_data),
        uptime_s: insider.then(|| services.health.uptime().as_secs()),
    })
}

#[derive(Serialize)]
struct State {
    status: &'static str,
}

/// 200 while the process can answer at all; asks nobody.
async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(State { status: "live" })
}

/// 200 when requests should come here: started, not draining, the database there and up to date.
async fn ready(services: web::Data<Hosted>) -> HttpResponse {
    let reason = match services.readiness.reason() {
        Some(reason) => Some(reason),
        None => database_reason(&services).await,
    };
    match reason {
        None => HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(State { status: "ready" }),
        Some(status) => HttpResponse::ServiceUnavailable()
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(State { status }),
    }
}

async fn database_reason(services: &web::Data<Hosted>) -> Option<&'static str> {
    if services.db.ping().await.is_err() {
        return Some("database unreachable");
    }
    let url = services.db.url().to_owned();
    match web::block(move || migrate::pending(&url)).await {
        Ok(Ok(pending)) if pending.is_empty() => None,
        Ok(Ok(_)) => Some("migrations pending"),
        _ => Some("database unreachable"),
    }
}

async fn metrics(request: HttpRequest, services: web::Data<Hosted>) -> Result<HttpResponse, Failure> {
    if !is_insider(&request, &services) {
        return Err(Failure::of(&NOT_FOUND));
    }
    orion_framework::metrics::refresh(&services).await;
    let text = orion_framework::metrics::render(&services.db);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body(text))
}

/// With a token configured, who shows it; without one, who asks from this machine, through no proxy and for no shop: a proxy on the same
/// machine passes the shop's host on, whatever else it forgets to say.
fn is_insider(request: &HttpRequest, services: &Backend) -> bool {
    if let Some(token) = &services.config.metrics_token {
        // In the same time whatever is wrong: how long a comparison takes tells how much of the token was right.
        let token = token.expose_secret().as_bytes();
        return bearer(request.headers()).is_some_and(|shown| shown.as_bytes().ct_eq(token).into());
    }
    let near = request
        .peer_addr()
        .is_some_and(|peer| peer.ip().is_loopback() && !services.config.trusts_proxy(peer.ip()));
    near && names_this_machine(request) && !request.headers().contains_key("x-forwarded-for")
}

/// Whether the host that was asked for is an address or `localhost`.
fn names_this_machine(request: &HttpRequest) -> bool {
    let authority = header_text(request.headers(), HOST.as_str()).and_then(|host| host.parse::<Authority>().ok());
    authority.is_some_and(|authority| {
        let host = authority.host();
        host.eq_ignore_ascii_case("localhost") || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
    })
}
