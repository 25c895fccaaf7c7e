//! What every module stands on: configuration, database, tenancy, the gate, modules, events, jobs, health, mail, storage.
//!
//! The framework knows no module. Only the gate ([`gate`]) opens transactions, and a transaction always works for one store
//! ([`db::StoreTx`]) or, audited, across stores ([`db::PlatformTx`]).

pub mod audit_chain;
pub mod auth;
pub mod backend;
pub mod clock;
pub mod config;
pub mod conversion;
pub mod db;
pub mod event;
pub mod export;
pub mod fault;
mod foreign;
pub mod gate;
pub mod health;
pub mod http;
pub mod idempotency;
pub mod impersonation;
pub mod incoming;
pub mod job;
pub mod mail;
pub mod marks;
pub mod metrics;
pub mod module;
pub mod offer;
pub mod outbound;
pub mod periodic;
pub mod permission;
pub mod problem;
pub mod retention;
mod schema;
pub mod services;
pub mod several;
pub mod standard_webhooks;
pub mod storage;
pub mod telemetry;
pub mod tenancy;
pub mod tls;
pub mod worker;
pub mod zone;

pub use backend::{Backend, StoreAccess};
pub use services::{RouteTemplates, Services};
