//! `orion`: the server and its tools.

use clap::Parser;
use mimalloc::MiMalloc;
use orion::commands::Cli;

/// Each worker makes the routes with their descriptions when it starts and drops these again, ten megabytes a thread, which the allocator of the C library
/// would keep.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Requests come from threads of actix; the worker and the tools share this runtime.
#[actix_web::main]
async fn main() -> std::process::ExitCode {
    orion_framework::tls::install_provider();
    match orion::commands::run(Cli::parse()).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            // One line, readable without the source: what failed, and why.
            eprintln!("error: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
