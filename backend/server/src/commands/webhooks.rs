//! `orion webhooks listen`: a store's deliveries on the terminal, for who writes a receiver.
//!
//! It is a receiver on loopback and an endpoint of the store that leads there, for as long as it runs: what it shows is what the server sends,
//! headers and signature included.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::{Context, ensure};
use clap::Args;
use orion_framework::Backend;
use orion_framework::db::{Actor, ActorKind, RequestMeta};
use orion_framework::problem::ModuleError;
use orion_framework::tenancy::{HostOwner, StoreContext};
use orion_types::StoreId;
use orion_types::status::WebhookPayload;
use orion_types::webhook::CreateWebhookEndpoint;
use orion_webhooks::{WebhookError, create, delete, reveal};
use serde_json::Value;

use super::database::until_stopped;
use super::serve::Stop;

/// How long the program that is told may take to answer.
const TIMEOUT: Duration = Duration::from_secs(14);
/// Headers that are shown and passed on.
const HEADERS: [&str; 5] = [
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
    "orion-event",
    "content-type",
];

/// What is listened to.
#[derive(Debug, Args)]
pub struct ListenArgs {
    /// The store: its code, id or host.
    #[arg(long)]
    store: String,
    /// Only these events; once for each.
    #[arg(long = "event", value_name = "NAME")]
    events: Vec<String>,
    /// Pass each delivery on to this address, with its signature; its answer is the receiver's.
    #[arg(long, value_name = "URL")]
    to: Option<reqwest::Url>,
}

struct Receiver {
    to: Option<reqwest::Url>,
    client: reqwest::Client,
}

/// Prints deliveries until it is interrupted.
pub async fn listen(args: ListenArgs) -> anyhow::Result<()> {
    until_stopped(|services, stop| run(services, stop, args)).await
}

async fn run(services: Arc<Backend>, mut stop: Stop, args: ListenArgs) -> anyhow::Result<()> {
    ensure!(
        services.outbound.is_local(),
        "webhooks reach loopback in development only, or where ORION_OUTBOUND_ALLOWED names 127.0.0.1"
    );
    let store = find(&services, &args.store).await?;
    ensure!(
        store.module_enabled("webhooks"),
        "webhooks are switched off for the platform of {}",
        store.code
    );
    let receiver = Data::new(Receiver {
        to: args.to,
        client: reqwest::Client::builder().timeout(TIMEOUT).build()?,
    });
    let server = HttpServer::new(move || App::new().app_data(receiver.clone()).default_service(web::to(receive)))
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))?;
    let url = server
        .addrs()
        .first()
        .map(|address| format!("http://{address}/"))
        .context("no address")?;
    let server = server.run();
    let handle = server.handle();
    let serving = tokio::spawn(server);
    let id = begin(&services, &store, url, args.events).await?;
    println!("Listening to {} ({}). Ctrl-C ends it.", store.name, store.code);
    stop.asked().await;
    end(&services, &store, id).await?;
    handle.stop(true).await;
    Ok(serving.await??)
}

fn actor() -> Actor {
    Actor {
        kind: ActorKind::Cli,
        id: None,
        label: "orion webhooks listen".to_owned(),
        impersonation: None,
    }
}

fn told(error: WebhookError) -> anyhow::Error {
    let problem = error.problem();
    let fields: Vec<String> = problem
        .errors
        .iter()
        .map(|field| format!("{} {}", field.pointer, field.detail))
        .collect();
    anyhow::Error::new(error).context(format!("{}: {}", problem.kind.title, fields.join("; ")))
}

async fn begin(services: &Backend, store: &StoreContext, url: String, events: Vec<String>) -> anyhow::Result<uuid::Uuid> {
    let (outbound, vault) = (services.outbound.clone(), services.vault.clone());
    let asked = CreateWebhookEndpoint {
        url,
        description: "orion webhooks listen: ends with the command".to_owned(),
        events,
        payload: WebhookPayload::Full,
        enabled: true,
    };
    let make = services.store_tx(store, actor(), RequestMeta::default(), move |tx| {
        create(tx, asked, &outbound, &vault)
    });
    let made = make.await.map_err(told)?;
    println!("Secret {}", reveal(&services.vault, &made.secret).map_err(told)?);
    Ok(made.id.0)
}

async fn end(services: &Backend, store: &StoreContext, id: uuid::Uuid) -> anyhow::Result<()> {
    let gone = services.store_tx(store, actor(), RequestMeta::default(), move |tx| delete(tx, id));
    gone.await.map_err(told)
}

async fn find(services: &Backend, name: &str) -> anyhow::Result<StoreContext> {
    let directory = &services.directory;
    let found = match name.parse() {
        Ok(id) => directory.store_by_id(StoreId(id)).await?,
        Err(_) => match directory.store_by_code(name).await? {
            Some(store) => Some(store),
            None => match directory.owner(name).await? {
                HostOwner::Store { store, .. } => Some(store),
                _ => None,
            },
        },
    };
    found.with_context(|| format!("there is no store {name:?}"))
}

/// Shows a delivery, and passes it on.
async fn receive(request: HttpRequest, body: Bytes, receiver: Data<Receiver>) -> HttpResponse {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    println!("\n{} {}", header("orion-event"), header("webhook-id"));
    match serde_json::from_slice::<Value>(&body) {
        Ok(shown) => println!("{shown:#}"),
        Err(error) => println!("{error}: {}", String::from_utf8_lossy(&body)),
    }
    let Some(to) = &receiver.to else {
        return HttpResponse::NoContent().finish();
    };
    let mut forward = receiver.client.post(to.clone()).body(body);
    for name in HEADERS {
        forward = forward.header(name, header(name));
    }
    match forward.send().await {
        Ok(answer) => {
            println!("→ {to} {}", answer.status());
            let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or(StatusCode::BAD_GATEWAY);
            HttpResponse::new(status)
        }
        Err(error) => {
            println!("→ {to} did not answer: {error}");
            HttpResponse::BadGateway().finish()
        }
    }
}
