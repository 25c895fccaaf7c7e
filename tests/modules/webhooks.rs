//! What the tests of the whole have to know about webhooks; their own tests are in `tests/api/store`.

use futures_util::FutureExt;
use orion_tests::{Answer, Client, Receiver};
use serde_json::{Value, json};

use super::ModuleCase;
use crate::contract::Twice;
use crate::isolation::Furnished;

pub const CASE: ModuleCase = ModuleCase {
    furnish: |owner| furnish(owner).boxed_local(),
    paths: &[("/api/v1/store/webhook-endpoints/{id}", "webhook_endpoint")],
    parameters: &[("{delivery_id}", "webhook_delivery")],
    body,
    bodies_without_ids: &["create_webhook_endpoint"],
    blind: &[("webhook_endpoints", "delete_webhook_endpoint")],
    repeat: |twice, owner| repeat(twice, owner).boxed_local(),
    left_out: &[
        ("webhook_deliveries", "sent already"),
        (
            "webhook_endpoints",
            "where it is sent to belongs to this installation, and its secrets let programs be fooled",
        ),
        ("webhook_messages", "sent already"),
    ],
};

async fn furnish(owner: &Client) -> Vec<(&'static str, String)> {
    let url = Receiver::start().url();
    let made = owner.post("/webhook-endpoints", json!({ "url": url })).await.is(201);
    let endpoint = id(&made);
    let test = json!({ "event": "order.placed" });
    let sent = owner.post(&format!("/webhook-endpoints/{endpoint}/test"), test).await.is(202);
    vec![("webhook_endpoint", endpoint), ("webhook_delivery", id(&sent))]
}

fn id(answer: &Answer) -> String {
    answer.json["id"].as_str().expect("an id").to_owned()
}

fn body(operation: &str, _: &Furnished) -> Option<Value> {
    Some(match operation {
        "update_webhook_endpoint" => json!({ "description": "Mine" }),
        "test_webhook_endpoint" => json!({ "event": "order.placed" }),
        "replay_webhook_endpoint" => json!({ "from_sequence": 1 }),
        _ => return None,
    })
}

async fn repeat(twice: &mut Twice<'_>, owner: &Client) {
    let receiver = Receiver::start();
    let endpoint = json!({ "url": receiver.url() });
    let made = twice.post("create_webhook_endpoint", owner, "/webhook-endpoints", endpoint).await;
    assert_eq!(twice.rows("webhook_endpoints"), 1);
    let path = format!("/webhook-endpoints/{}", id(&made));
    let rotated = twice
        .post("rotate_webhook_secret", owner, &format!("{path}/secret/rotate"), json!({}))
        .await;
    assert_eq!(rotated.json["endpoint"]["version"], 2);
    let test = json!({ "event": "order.placed" });
    let sent = twice.post("test_webhook_endpoint", owner, &format!("{path}/test"), test).await;
    assert_eq!(sent.json["sequence"], 1);
    let again = format!("{path}/deliveries/{}/redeliver", id(&sent));
    twice.post("redeliver_webhook", owner, &again, json!({})).await;
    let replay = json!({ "from_sequence": 1 });
    twice
        .post("replay_webhook_endpoint", owner, &format!("{path}/replay"), replay)
        .await;
    assert_eq!(twice.rows("webhook_deliveries"), 1);
    twice.app.run_jobs().await;
}
