//! Faults on purpose, to show that what is wrapped around a part holds when the part fails. None can be set in production.

use std::str::FromStr;
use std::sync::OnceLock;

/// What shall fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Finding out whose host it is panics.
    Tenancy,
    /// The statement that reads a shop's theme fails in the database.
    Theme,
    /// The handler that tells what a module is made of panics.
    Handler,
}

impl Fault {
    /// The spelling in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tenancy => "tenancy",
            Self::Theme => "theme",
            Self::Handler => "handler",
        }
    }
}

impl FromStr for Fault {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Tenancy, Self::Theme, Self::Handler]
            .into_iter()
            .find(|fault| fault.as_str() == text)
            .ok_or(())
    }
}

/// One process is one server here: the parts that fail know nothing of any configuration.
static ARMED: OnceLock<Fault> = OnceLock::new();

/// Makes a part fail from now on.
pub fn arm(fault: Fault) {
    // A second fault in one process would leave a reader of its log with a riddle.
    let _first_one_stays = ARMED.set(fault);
}

/// Whether a part shall fail.
pub fn is_armed(fault: Fault) -> bool {
    ARMED.get() == Some(&fault)
}
