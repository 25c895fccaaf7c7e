//! Events: what has happened, told in the past tense, written with the change itself and delivered after its commit.
//!
//! The events themselves are declared in `orion_events`; here is who hears them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub use orion_events::Event;

use crate::db::StoreTx;
use crate::job::{JobError, typed};

/// An event on its way to a listener; also the payload of the job that delivers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Of this event and no other; who is told twice knows by it.
    pub id: Uuid,
    /// The event's name.
    pub name: String,
    /// The version of its data's shape, when it was emitted.
    pub version: u16,
    /// When it happened: the time of the transaction that emitted it.
    pub at: DateTime<Utc>,
    /// Its facts.
    pub data: Value,
}

impl Told {
    /// Its facts as the type that was emitted.
    ///
    /// # Errors
    /// [`JobError::Fail`] when it is another event, or one of a shape that is read no more.
    pub fn typed<E: Event>(&self) -> Result<E, JobError> {
        if self.name != E::NAME {
            return Err(JobError::Fail(format!("{} was told where {} is heard", self.name, E::NAME)));
        }
        typed(&self.data)
    }
}

/// What a listener hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// The event with this name.
    Event(&'static str),
    /// Whatever this module publishes.
    Module(&'static str),
    /// Everything, in stores that are on the list `event_listeners` with the listener's name: what nobody has asked for costs a store nothing.
    AllAsked,
}

impl Hears {
    /// Whether it is only heard in stores where somebody has asked for it.
    pub(crate) fn is_asked_for(self) -> bool {
        self == Self::AllAsked
    }

    /// Whether an event is meant; `publisher` is the module that publishes it.
    pub(crate) fn includes(self, event: &str, publisher: Option<&str>) -> bool {
        match self {
            Self::Event(name) => name == event,
            Self::Module(module) => publisher == Some(module),
            Self::AllAsked => true,
        }
    }
}

impl std::fmt::Display for Hears {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Event(name) => f.write_str(name),
            Self::Module(module) => write!(f, "everything of {module}"),
            Self::AllAsked => f.write_str("everything, where it is asked for"),
        }
    }
}

/// What a listener does.
#[derive(Clone, Copy)]
pub enum Handle {
    /// One event in a job of its own, in whatever order.
    Each(fn(&mut StoreTx, &Told) -> Result<(), JobError>),
    /// What one look at the outbox found for one store, in order, in one job: for a listener that is told much. Its jobs of one store are done
    /// one after the other; what is told again after a failure comes before what happened later, unless a person has to decide about it.
    Batch(fn(&mut StoreTx, &[Told]) -> Result<(), JobError>),
}

/// What a module does when an event has happened.
///
/// Each delivery is a transaction of its own, which also notes that it is done; when it fails, it alone is
/// tried again. A module that is off when an event is delivered does not hear it.
#[derive(Clone, Copy)]
pub struct EventHandler {
    /// What it hears.
    pub hears: Hears,
    /// The handler's own name, unique over all modules, such as `catalog.end_import`.
    pub name: &'static str,
    /// The work; it may be told about the same event again after a failure.
    pub handle: Handle,
}
