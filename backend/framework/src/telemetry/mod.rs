//! The log: JSON lines for machines or text for people, written by a thread of its own.

pub mod access;

use std::io::stdout;
use std::panic::PanicHookInfo;

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;

/// Lines that may wait to be written; past that, lines are dropped rather than requests held up.
const WAITING_LINES: usize = 128_000;

/// Writes what is left when it is dropped, so it must live as long as the program.
pub struct LogGuard {
    _writer: WorkerGuard,
}

/// Why the log could not start.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The level is no filter.
    #[error("ORION_LOG_LEVEL: {0}")]
    Level(#[from] tracing_subscriber::filter::ParseError),
    /// A log is running already.
    #[error("the log cannot start: {0}")]
    Started(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts the log of this process.
pub fn init(config: &Config) -> Result<LogGuard, LogError> {
    let filter = EnvFilter::builder().parse(&config.log.level)?;
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(WAITING_LINES).lossy(true).finish(stdout());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    if config.log.json {
        log.json().flatten_event(true).finish().try_init()?;
    } else {
        log.with_target(false).finish().try_init()?;
    }
    std::panic::set_hook(Box::new(|info| record_panic(info)));
    Ok(LogGuard { _writer: guard })
}

/// A panic is one line with its place; the request that met it is answered 500 with its id.
fn record_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let payload = info.payload();
    let message = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic");
    let backtrace = std::backtrace::Backtrace::capture();
    tracing::error!(place, message, %backtrace, "a thread panicked");
}
