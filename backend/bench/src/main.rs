//! The benchmark: Orion beside a handler that does nothing and beside `pgbench`, on one machine in one run, and its pages as Lighthouse
//! sees them.
//!
//! What comes out are ratios, since figures of different machines say little about each other. Everything runs on loopback, on a private
//! PostgreSQL with fsync on, and is stopped at the end.

mod bare;
mod baseline;
mod client;
mod dashboard;
mod deliveries;
mod edits;
mod idle;
mod imports;
mod interrupt;
mod lists;
mod neighbours;
mod orders;
mod owner;
mod pages;
mod reads;
mod receiver;
mod replay;
mod report;
mod run;
mod server;
mod staff;
mod statements;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures the server and prints a Markdown table.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure everything.
    Run(run::Options),
    /// Answer every request with the content of a file: the most that actix-web can do here.
    Bare {
        /// The port on loopback.
        #[arg(long)]
        port: u16,
        /// The file.
        #[arg(long)]
        body: PathBuf,
    },
    /// Ask a database the statements of a file for every request, and answer its body.
    Replay {
        /// The port on loopback.
        #[arg(long)]
        port: u16,
        /// The file.
        #[arg(long)]
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Bare { port, body } => bare::serve(port, &body),
        Command::Replay { port, file } => replay::serve(port, &file),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
