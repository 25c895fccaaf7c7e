//! What the tests share: a database per test, the real server on a free port, people who are signed in, and things to sell.

mod answer;
mod app;
mod authenticator;
mod body;
mod buyer;
mod client;
mod database;
mod fingerprint;
mod held;
mod name_server;
mod process;
mod raw;
mod receiver;
mod world;

pub use answer::Answer;
pub use app::{DataDir, SecondServer, TestApp, TestOptions, WhyLeft};
pub use authenticator::{Answering, Authenticator};
pub use body::{Form, address, card, product, saved_product};
pub use buyer::Buyer;
pub use client::Client;
pub use database::{TestDatabase, durable_cluster, private_cluster};
pub use fingerprint::fingerprint;
pub use held::Held;
pub use name_server::NameServer;
pub use process::{Background, ServerProcess, Told, orion, orion_with};
pub use raw::raw_request;
pub use receiver::{Got, Receiver, Reply};
pub use world::PASSWORD;
