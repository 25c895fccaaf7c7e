//! The log: JSON lines for machines or text for people, written by a thread of its own.

pub mod access;
pub mod bodies;
mod json;
pub mod level;
#[cfg(test)]
mod tests;

use std::io::{IsTerminal, stdout};
use std::panic::PanicHookInfo;
use std::sync::OnceLock;

use tracing::Dispatch;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;

/// Lines that may wait to be written; past that, lines are dropped rather than requests held up.
const WAITING_LINES: usize = 128_000;

static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// Lines that were dropped because too many waited.
pub fn dropped_lines() -> u64 {
    DROPPED
        .get()
        .map_or(0, |counter| u64::try_from(counter.dropped_lines()).unwrap_or(u64::MAX))
}

/// Writes what is left when it is dropped, so it must live as long as the program.
pub struct LogGuard {
    _writer: WorkerGuard,
}

/// Why the log could not start.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The level is no filter.
    #[error("ORION_LOG_LEVEL: {0}")]
    Level(#[from] level::LevelError),
    /// A log is running already.
    #[error("the log cannot start: {0}")]
    Started(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts the log of this process.
///
/// # Errors
/// When the level is no filter, or a log is running already.
pub fn init(config: &Config) -> Result<LogGuard, LogError> {
    let filter = level::parse(&config.log.level)?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING_LINES)
        .lossy(true)
        .finish(stdout());
    let dropped = writer.error_counter();
    log(config.log.json, filter, writer, true).try_init()?;
    let _first = DROPPED.set(dropped);
    std::panic::set_hook(Box::new(record_panic));
    Ok(LogGuard { _writer: guard })
}

/// A log; `switched` when it is the one of the process, whose filter can be changed.
fn log<W: for<'a> MakeWriter<'a> + Send + Sync + 'static>(json: bool, filter: EnvFilter, writer: W, switched: bool) -> Dispatch {
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    if json {
        let log = log.event_format(json::JsonLines).with_filter_reloading();
        if switched {
            level::keep(log.reload_handle());
        }
        Dispatch::new(log.finish())
    } else {
        // Colours are for people; in a file they are rubbish.
        let log = log.with_ansi(stdout().is_terminal()).with_target(false).with_filter_reloading();
        if switched {
            level::keep(log.reload_handle());
        }
        Dispatch::new(log.finish())
    }
}

/// A panic is one line with its place; the request that met it is answered 500 with its id.
fn record_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let payload = info.payload();
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let backtrace = std::backtrace::Backtrace::capture();
    tracing::error!(place, panic = text.unwrap_or("of another type than text"), %backtrace, "a thread panicked");
}
