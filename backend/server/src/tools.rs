//! `/health/tools`: links to what operators run beside the server, and whether it answers.

use std::time::{Duration, Instant};

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use futures_util::future::join_all;
use orion_framework::Services;
use orion_framework::config::ToolLink;
use orion_framework::gate::PlatformAdmin;
use serde::Serialize;

/// A tool that takes longer is as good as away.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    url: &'a str,
    reachable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    latency_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// The configured tools for administrators, asked side by side.
pub async fn health(admin: PlatformAdmin, services: web::Data<Services>) -> HttpResponse {
    // The gate has let an administrator in; nothing of theirs is needed.
    drop(admin);
    let tools = join_all(services.config.tools.iter().map(|tool| ask(&services.http, tool))).await;
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(tools)
}

/// Any answer but an error of the server's own counts: most tools ask for a login first.
async fn ask<'a>(http: &reqwest::Client, tool: &'a ToolLink) -> Tool<'a> {
    let start = Instant::now();
    let answer = http.get(tool.url.clone()).timeout(PATIENCE).send().await;
    let status = answer.as_ref().ok().map(|answer| answer.status());
    Tool {
        name: &tool.name,
        url: tool.url.as_str(),
        reachable: status.is_some_and(|status| !status.is_server_error()),
        status: status.map(|status| status.as_u16()),
        latency_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        error: answer.err().map(|error| error.without_url().to_string()),
    }
}
