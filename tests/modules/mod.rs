//! Modules whose tests are in one file each, with what the tests of the whole have to know about them.

mod audit;
mod oauth;
mod webhooks;

use futures_util::future::LocalBoxFuture;
use orion_tests::Client;
use serde_json::Value;

use crate::contract::Twice;
use crate::isolation::Furnished;

/// Names of things and their ids.
type Ids = Vec<(&'static str, String)>;

/// What the tests of the whole have to know about a module.
pub struct ModuleCase {
    /// Gives the dashboard's store one of each thing of the module; the names of the things and their ids.
    pub furnish: for<'a> fn(&'a Client) -> LocalBoxFuture<'a, Ids>,
    /// Starts of paths with an id in them, and what the id is of.
    pub paths: &'static [(&'static str, &'static str)],
    /// Further parameters of such paths, in braces, and what they are ids of.
    pub parameters: &'static [(&'static str, &'static str)],
    /// What an operation is sent, with the ids of the store that is attacked in it.
    pub body: fn(&str, &Furnished) -> Option<Value>,
    /// Operations whose body names nothing of the store.
    pub bodies_without_ids: &'static [&'static str],
    /// Tables whose filter by store is taken away, each with an operation that must show it.
    pub blind: &'static [(&'static str, &'static str)],
    /// Calls twice what is done once for each `Idempotency-Key`.
    pub repeat: for<'a, 'b> fn(&'a mut Twice<'b>, &'a Client) -> LocalBoxFuture<'a, ()>,
    /// Tables that no archive of the store holds, and why.
    pub left_out: &'static [(&'static str, &'static str)],
}

/// All of them.
pub const CASES: &[&ModuleCase] = &[&audit::CASE, &webhooks::CASE, &oauth::CASE];

/// What an operation of one of these modules is sent.
pub fn body(operation: &str, victim: &Furnished) -> Option<Value> {
    CASES.iter().find_map(|case| (case.body)(operation, victim))
}
