//! Programs that act for people (OAuth 2.1), and what the tests of the whole have to know about them.

mod consent;
mod ends;
mod flow;
mod tokens;

use futures_util::FutureExt;
use orion_tests::Client;
use serde_json::{Value, json};

use super::ModuleCase;
use crate::contract::Twice;
use crate::isolation::Furnished;
use flow::Assistant;

pub const CASE: ModuleCase = ModuleCase {
    furnish: |owner| furnish(owner).boxed_local(),
    paths: &[
        ("/api/v1/store/connections/{id}", "connection"),
        ("/api/v1/store/programs/{id}", "program"),
    ],
    parameters: &[],
    body,
    bodies_without_ids: &["create_program"],
    // A connection is looked up with its program, so programs come first.
    blind: &[("oauth_clients", "delete_program"), ("oauth_grants", "delete_connection")],
    repeat: |twice, owner| repeat(twice, owner).boxed_local(),
    left_out: &[
        ("oauth_clients", "lets programs ask"),
        ("oauth_codes", "lets programs in"),
        ("oauth_grants", "lets programs in"),
        ("oauth_tokens", "lets programs in"),
    ],
};

async fn furnish(owner: &Client) -> Vec<(&'static str, String)> {
    let assistant = Assistant::registered(owner).await;
    // Of another one: the connection is still there when somebody has got at the first.
    let connected = Assistant::registered(owner).await;
    connected.tokens(owner, &["orders.read"]).await;
    let listed = owner.get("/connections").await.is(200);
    let connection = listed.json["data"][0]["id"].as_str().expect("an id").to_owned();
    vec![("program", assistant.client_id), ("connection", connection)]
}

fn body(operation: &str, victim: &Furnished) -> Option<Value> {
    let asked = flow::asked(victim.id("program"), "orders.read");
    Some(match operation {
        "update_program" => json!({ "name": "Mine" }),
        "look_up_connection" => asked,
        "confirm_connection" => json!({ "asked": asked, "allow": true, "rights": ["orders.read"] }),
        _ => return None,
    })
}

async fn repeat(twice: &mut Twice<'_>, owner: &Client) {
    let program = json!({ "name": "Assistant", "redirect_uris": [flow::CALLBACK] });
    twice.post("create_program", owner, "/programs", program).await;
    assert_eq!(twice.rows("oauth_clients"), 1);
}
