//! The server of Orion as a library, so that tests start the same thing that `orion serve` starts.

pub mod app;
pub mod assets;
pub mod commands;
pub mod modules;
pub mod openapi;
pub mod pages;
pub mod probes;
#[cfg(feature = "demo")]
pub mod seed;
#[cfg(not(feature = "demo"))]
#[path = "seed/absent.rs"]
pub mod seed;
pub mod server;
mod tls;
pub mod tools;
