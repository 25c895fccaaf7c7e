//! What operators run beside the server, and whether it answers.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use orion_types::admin::Tool;

use crate::Services;
use crate::config::ToolLink;

/// A tool that takes longer is as good as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// The configured tools, asked side by side.
pub async fn tools(services: &Services) -> Vec<Tool> {
    join_all(services.config.tools.iter().map(|tool| ask(&services.http, tool))).await
}

/// Any answer but an error of the server's own counts: most tools ask for a login first.
async fn ask(http: &reqwest::Client, tool: &ToolLink) -> Tool {
    let start = Instant::now();
    let answer = http.get(tool.url.clone()).timeout(PATIENCE).send().await;
    let status = answer.as_ref().ok().map(|answer| answer.status());
    Tool {
        name: tool.name.clone(),
        url: tool.url.to_string(),
        reachable: status.is_some_and(|status| !status.is_server_error()),
        status: status.map(|status| status.as_u16()),
        latency_ms: i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX),
        error: answer.err().map(|error| error.without_url().to_string()),
    }
}
