//! Module `webhooks`: a store's events, sent to the addresses that its people have named.
//!
//! ```text
//! event ── listener: a message, and a delivery with the next number for each endpoint that wants it
//!                        └── a job for each endpoint: takes what is due, sends it, several at a time, notes what became of it
//! ```
//!
//! It follows Standard Webhooks, so that every library for that verifies what it sends. It knows no other module: what there is to tell is
//! the list in `orion_events`.

mod address;
mod body;
mod deliver;
mod error;
mod listen;
mod mail;
mod model;
mod queries;
mod routes;
mod schema;
mod secret;
mod service;
mod tidy;

use orion_framework::event::{EventHandler, Handle, Hears};
use orion_framework::job::{Job, JobHandler, JobRun};
use orion_framework::module::{CounterInfo, Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;

pub use error::WebhookError;
use secret::Secret;
pub use service::endpoints::{create, delete, reveal};

/// The module as a type.
pub struct Webhooks;

impl ModuleMarker for Webhooks {
    const ID: &'static str = "webhooks";
}

/// Deliveries that were answered with 2xx.
const DELIVERED: &str = "orion_webhooks_delivered_total";
/// Attempts that failed.
const FAILED: &str = "orion_webhooks_failed_total";
/// Endpoints that were switched off by themselves.
const SWITCHED_OFF: &str = "orion_webhook_endpoints_off_total";

/// The declaration.
pub static MODULE: Module = Module {
    id: Webhooks::ID,
    name: "Webhooks",
    summary: "Sends what happens in a store to other programs: signed, in order, and again until it is taken.",
    features: &["webhooks"],
    tier: ModuleTier::Optional,
    requires: &["tenancy"],
    tables: &["webhook_endpoints", "webhook_messages", "webhook_deliveries"],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::configure),
        storefront: None,
        root: None,
    },
    events: &[EventHandler {
        hears: Hears::AllAsked,
        name: "webhooks.note",
        handle: Handle::Batch(listen::note),
    }],
    jobs: &[
        JobHandler {
            kind: deliver::Deliver::KIND,
            run: JobRun::Outbound(|context, payload| Box::pin(deliver::deliver(context, payload))),
        },
        JobHandler {
            kind: mail::TellOwner::KIND,
            run: JobRun::Async(|context, payload| Box::pin(mail::tell_owner(context, payload))),
        },
        JobHandler {
            kind: tidy::Tidy::KIND,
            run: JobRun::Bulk(|context, payload| Box::pin(tidy::tidy(context, payload))),
        },
    ],
    periodic: tidy::PERIODIC,
    retention: tidy::RETENTION,
    counters: &[
        CounterInfo {
            name: DELIVERED,
            help: "Webhook deliveries that were answered with 2xx.",
        },
        CounterInfo {
            name: FAILED,
            help: "Attempts to deliver a webhook that failed.",
        },
        CounterInfo {
            name: SWITCHED_OFF,
            help: "Webhook endpoints that were switched off because nothing could be delivered.",
        },
    ],
    ..Module::EMPTY
};
