//! What operators see: the log, the metrics and the probes.

mod access_log;
mod health;
mod metrics;
mod stack;
