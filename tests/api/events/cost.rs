//! What it costs an order that somebody could be told of it.

use std::collections::BTreeMap;

use orion_framework::worker::Drained;
use orion_tests::{Receiver, TestApp};
use orion_types::VariantId;
use serde_json::json;

/// How many rows each table has.
fn rows(app: &TestApp) -> BTreeMap<String, i64> {
    let counted = app.text(
        "SELECT json_object_agg(relname, (xpath('/row/count/text()', query_to_xml(format('SELECT count(*) FROM %I', relname), false, true, '')))[1]::text::bigint) \
         FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition",
    );
    serde_json::from_str(&counted).expect("a count for each table")
}

/// What an order leaves in the tables, those of them that grow; what waits to be handed out; and what a worker then has to do.
async fn order(app: &TestApp, mug: VariantId) -> (BTreeMap<String, i64>, i64, Drained) {
    let before = rows(app);
    app.buyer("acme", &[(mug, 2)]).await.buy().await.is(201);
    let waiting = app.count("SELECT count(*) FROM outbox_events WHERE dispatched_at IS NULL");
    let drained = app.run_jobs().await;
    let mut grown = rows(app);
    for (table, count) in &mut grown {
        *count -= before[table];
    }
    grown.retain(|_, count| *count != 0);
    (grown, waiting, drained)
}

#[tokio::test]
async fn an_order_costs_the_same_with_webhooks_off_and_in_a_store_without_an_endpoint() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mug = app.sell_one("acme", "Mug", 1_200, 50).await;
    let main = app.text("SELECT platform_id FROM stores WHERE code = 'acme'");
    let switch = async |to: &str| {
        let path = format!("/platforms/{main}/modules/webhooks/{to}");
        admin.post(&path, json!({})).await.is(200);
    };
    // The first order of a shop makes what all others find.
    order(&app, mug).await;
    switch("disable").await;
    let off = order(&app, mug).await;
    switch("enable").await;
    let on = order(&app, mug).await;
    assert_eq!(on, off);
    assert_eq!((on.0["outbox_events"], on.1, on.2.events), (1, 0, 0));

    let receiver = Receiver::start();
    let owner = app.owner("acme").await;
    owner.post("/webhook-endpoints", json!({ "url": receiver.url() })).await.is(201);
    let (told, waiting, drained) = order(&app, mug).await;
    assert!(
        told["outbox_events"] > 1 && waiting > 1 && drained.succeeded > on.2.succeeded,
        "{told:?}"
    );
}

#[tokio::test]
async fn a_store_whose_last_endpoint_is_gone_is_asked_for_nothing_any_more() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let listening =
        || app.text("SELECT string_agg(s.code || ' ' || l.listener, ', ') FROM event_listeners l JOIN stores s ON s.id = l.store_id");
    let mut made = Vec::new();
    for _ in 0..2 {
        let endpoint = json!({ "url": "https://example.com/", "enabled": false });
        let answer = owner.post("/webhook-endpoints", endpoint).await.is(201);
        made.push(answer.json["id"].as_str().expect("an id").to_owned());
    }
    assert_eq!(listening(), "acme webhooks.note", "one that is off counts what it misses");
    owner.delete(&format!("/webhook-endpoints/{}", made[0])).await.is(204);
    assert_eq!(listening(), "acme webhooks.note");
    owner.delete(&format!("/webhook-endpoints/{}", made[1])).await.is(204);
    assert_eq!(listening(), "");
}
