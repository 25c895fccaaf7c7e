//! `orion webhooks listen`.

use orion_tests::{Background, Receiver, ServerProcess, TestApp, orion};
use serde_json::json;

#[tokio::test]
async fn what_happens_in_a_store_is_printed_and_passed_on_while_somebody_listens() {
    let app = TestApp::start().await;
    let url = app.services.db.url().to_owned();
    let owner = app.owner("acme").await;
    let mut server = ServerProcess::start(&url, &[("ORION_WORKER_ENABLED", "true")]).await;
    let (receiver, endpoints) = (Receiver::start(), "SELECT count(*) FROM webhook_endpoints WHERE deleted_at IS NULL");
    let mut listening = Background::start(
        &url,
        &[
            "webhooks",
            "listen",
            "--store",
            "acme",
            "--event",
            "product.created",
            "--to",
            &receiver.url(),
        ],
    );
    let begun = listening.says("Listening to").await;
    assert!(begun.contains("Secret whsec_"), "{begun}");
    assert_eq!(app.count(endpoints), 1);

    let mug = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    let made = owner.post("/products", mug).await.is(201);
    let out = listening.says(&format!("→ {} 204", receiver.url())).await;
    let product = made.json["id"].as_str().expect("an id");
    assert!(out.contains("product.created") && out.contains(product), "{out}");
    let got = receiver.take();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].body["data"]["product_id"], json!(product));
    assert!(got[0].headers["webhook-signature"].starts_with("v1,"), "{:?}", got[0].headers);

    assert!(listening.end().await.success());
    assert_eq!(app.count(endpoints), 0, "its endpoint stays");
    server.terminate();
    assert!(server.ended().await.success());
    app.run_jobs().await;
}

#[tokio::test]
async fn who_names_no_store_or_no_event_is_told_so() {
    let app = TestApp::start().await;
    let listen = |store: &str, event: &str| {
        orion(
            app.services.db.url(),
            &["webhooks", "listen", "--store", store, "--event", event],
            "",
        )
    };
    let nowhere = listen("nowhere", "order.placed");
    assert!(!nowhere.ok && nowhere.err.contains("no store \"nowhere\""), "{nowhere:?}");
    let nothing = listen("acme", "order.eaten");
    assert!(!nothing.ok && nothing.err.contains("no event that can be chosen"), "{nothing:?}");
    assert_eq!(app.count("SELECT count(*) FROM webhook_endpoints"), 0);
}
