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

/// Reads a filter such as `info,orion_orders=debug`.
///
/// # Errors
/// When it is none.
pub fn parse(filter: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(filter)
}

/// The filter in effect; `None` in a process without a log.
pub fn current() -> Option<String> {
    SWITCH.get()?.get()
}

/// Logs by another filter from now on; false in a process without a log.
pub fn change(filter: EnvFilter) -> bool {
    SWITCH.get().is_some_and(|switch| switch.set(filter))
}
