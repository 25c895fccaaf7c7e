//! What is logged, changed while the server runs.

use std::sync::OnceLock;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::reload::Handle;

/// The switch of this process's log, whatever its format is.
static SWITCH: OnceLock<Box<dyn Switch>> = OnceLock::new();

trait Switch: Send + Sync {
    fn get(&self) -> Option<String>;
    fn set(&self, filter: EnvFilter) -> bool;
}

impl<S: 'static> Switch for Handle<EnvFilter, S> {
    fn get(&self) -> Option<String> {
        self.with_current(ToString::to_string).ok()
    }

    fn set(&self, filter: EnvFilter) -> bool {
        self.reload(filter).is_ok()
    }
}

/// Keeps the switch of the log that has just started.
pub(super) fn keep<S: 'static>(handle: Handle<EnvFilter, S>) {
    // The log starts once; a second one is refused by whoever starts it.
    let _first_one_stays = SWITCH.set(Box::new(handle));
}

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Why a text is no filter.
#[derive(Debug, thiserror::Error)]
pub enum LevelError {
    /// A word by itself that is no level. It would be taken for the name of a module, of which everything is logged, and of all others
    /// nothing: a typing error would silence the server.
    #[error("{0:?} is none of off, error, warn, info, debug, trace; a module needs its level, such as orion_orders=debug")]
    NoLevel(String),
    /// Anything else.
    #[error(transparent)]
    Filter(#[from] ParseError),
}

/// Reads a filter such as `info,orion_orders=debug`.
///
/// # Errors
/// When it is none.
pub fn parse(filter: &str) -> Result<EnvFilter, LevelError> {
    for part in filter.split(',').map(str::trim) {
        let is_level = LEVELS.iter().any(|level| level.eq_ignore_ascii_case(part));
        if !is_level && !part.contains(['=', '[']) {
            return Err(LevelError::NoLevel(part.to_owned()));
        }
    }
    Ok(EnvFilter::builder().parse(filter)?)
}

/// The filter in effect; `None` in a process without a log.
pub fn current() -> Option<String> {
    SWITCH.get()?.get()
}

/// Logs by another filter from now on; false in a process without a log.
pub fn change(filter: EnvFilter) -> bool {
    SWITCH.get().is_some_and(|switch| switch.set(filter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_does_not_silence_the_server() {
        for filter in ["inof", "", "info,", "info orion", "info,orion_orders", "orion_orders=loud"] {
            assert!(parse(filter).is_err(), "{filter:?}");
        }
        for filter in [
            "info",
            "WARN",
            "off",
            "info,orion_orders=debug",
            "warn,orion_framework::worker=trace",
        ] {
            assert!(parse(filter).is_ok(), "{filter:?}");
        }
    }
}
