//! What operators see: the log, the metrics and the probes.

mod access_log;
mod bodies;
mod health;
mod housekeeping;
mod log_level;
mod metrics;
mod rate_limits;
mod stack;
