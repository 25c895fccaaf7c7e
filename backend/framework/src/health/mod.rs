//! Health: what the probes are told, and the checks behind it.

mod checks;
mod readiness;

pub use checks::{CheckReport, HealthCheck, HealthReport, Verdict, report};
pub use readiness::Readiness;
