//! Module `incoming`: what providers tell a store by themselves, by a call to an address of the store.
//!
//! ```text
//! POST /api/v1/incoming/{source} ── source: who calls, and what they tell ── kept once for each id of an event ── 200
//!                                                                             └── job: the source's module does something about it
//! ```
//!
//! It knows no provider: modules declare whom they listen to (`Module::incoming`). The answer says that an event is kept and nothing else, since
//! providers wait for a few seconds only and send again what was not answered.

mod error;
mod job;
mod model;
mod queries;
mod routes;
mod schema;
mod service;

use chrono::TimeDelta;
use orion_framework::job::{Job, JobHandler, JobRun};
use orion_framework::module::{CounterInfo, Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use error::IncomingError;

/// The module as a type.
pub struct Incoming;

impl ModuleMarker for Incoming {
    const ID: &'static str = "incoming";
}

/// Events that were kept.
const RECEIVED: &str = "orion_incoming_webhooks_received_total";
/// Events that came again.
const DUPLICATES: &str = "orion_incoming_webhooks_duplicates_total";

/// How long events are kept. Providers send again for some days; what comes after that is refused by its time.
const KEPT: TimeDelta = TimeDelta::days(30);

/// How long events are kept that nothing was done about: somebody may queue their jobs anew, and providers send them again when they are asked to.
const KEPT_OPEN: TimeDelta = TimeDelta::days(90);

/// The declaration.
pub static MODULE: Module = Module {
    id: Incoming::ID,
    name: "Incoming webhooks",
    summary: "Takes what providers tell a store: verified, each event once, done about it after the answer.",
    features: &["incoming webhooks"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &["incoming_webhooks"],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: None,
        storefront: None,
        root: Some(routes::configure),
    },
    tags: &[("incoming", "What providers tell a store by themselves.")],
    jobs: &[JobHandler {
        kind: job::Handle::KIND,
        run: JobRun::Store(job::handle),
    }],
    retention: &[
        Retention {
            table: "incoming_webhooks",
            rows: "that something was done about",
            kept: KEPT,
            removed: Removed::Rows {
                key: "store_id, id",
                over: "handled_at < $1",
            },
        },
        Retention {
            table: "incoming_webhooks",
            rows: "that nothing could be done about",
            kept: KEPT_OPEN,
            removed: Removed::Rows {
                key: "store_id, id",
                over: "received_at < $1 AND handled_at IS NULL",
            },
        },
    ],
    counters: &[
        CounterInfo {
            name: RECEIVED,
            help: "Events of providers that were kept.",
        },
        CounterInfo {
            name: DUPLICATES,
            help: "Events of providers that had come before.",
        },
    ],
    ..Module::EMPTY
};
