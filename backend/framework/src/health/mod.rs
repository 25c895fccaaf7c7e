//! Health: what the probes are told, and the checks behind it.

mod book;
mod checks;
mod readiness;
mod report;
#[cfg(test)]
mod tests;
mod tools;

pub use book::Health;
pub use checks::{HealthCheck, HealthContext, report};
pub use readiness::Readiness;
pub use report::{CheckReport, HealthReport, LastError, Verdict};
pub use tools::tools;
