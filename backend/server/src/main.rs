//! `orion`: the server and its tools.

use clap::Parser;
use orion::commands::Cli;

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
