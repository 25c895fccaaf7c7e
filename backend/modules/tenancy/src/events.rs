//! What happened to a store from outside, for modules that care.

use orion_framework::event::Event;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An administrator called a job of the store off.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JobCancelled {
    /// The job's kind.
    pub kind: String,
    /// Its input.
    pub payload: Value,
}

impl Event for JobCancelled {
    const NAME: &'static str = "tenancy.job_cancelled";
}
