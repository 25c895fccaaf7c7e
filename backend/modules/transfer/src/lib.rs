//! Module `transfer`: what a store holds, written into files that its people take away.
//!
//! It knows nothing of orders or products: every module names what it can write out ([`orion_framework::export`]), and this one has the
//! formats, the job, the files and their links. An archive of the whole store holds what all of them name.

mod archive;
mod error;
mod format;
mod job;
mod model;
mod progress;
mod queries;
mod records;
mod routes;
mod schema;
mod service;

use orion_events::JobCancelled;
use orion_framework::event::{Event, EventHandler, Handle, Hears};
use orion_framework::job::{Job, JobHandler, JobRun};
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;

pub use error::TransferError;

/// The module as a type.
pub struct Transfer;

impl ModuleMarker for Transfer {
    const ID: &'static str = "transfer";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: Transfer::ID,
    name: "Exports",
    summary: "Writes what a store holds into files: CSV, XLSX, JSON lines, or all of it in a checked archive, each with a link that ends.",
    features: &["exports", "archive of the store"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &["exports"],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::configure),
        storefront: None,
        root: None,
    },
    emits: orion_events::TRANSFER,
    events: &[EventHandler {
        hears: Hears::Event(JobCancelled::NAME),
        name: "transfer.end_export",
        handle: Handle::Each(job::job_cancelled),
    }],
    jobs: &[
        JobHandler {
            kind: job::RunExport::KIND,
            run: JobRun::Bulk(|context, payload| Box::pin(job::run_export(context, payload))),
        },
        JobHandler {
            kind: job::RemoveExport::KIND,
            run: JobRun::Async(|context, payload| Box::pin(job::remove_export(context, payload))),
        },
    ],
    ..Module::EMPTY
};
