//! What a customer reads is what mails are written in.

use orion_i18n::LANGUAGE_COOKIE;
use orion_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn an_order_and_its_mails_speak_the_language_that_the_customer_has_chosen() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let mut buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.client = buyer.client.cookie(LANGUAGE_COOKIE, "de");
    let options = buyer.client.get("/checkout/options").await.is(200);
    assert_eq!(options.json["payment_methods"][0]["name"], "Überweisung");
    let placed = buyer.buy().await.is(201);
    let number = placed.json["confirmation"]["number"].as_i64().expect("a number");
    let instructions = placed.json["confirmation"]["payment_instructions"].as_str().expect("instructions");
    assert!(instructions.starts_with("Überweisen Sie 12,00\u{a0}€ an"), "{instructions}");

    // The mail says how to pay only while there is something to pay.
    app.run_jobs().await;
    let owner = app.owner("acme").await;
    let order = format!("/orders/{}", placed.json["order_id"].as_str().expect("an order"));
    owner.post(&format!("{order}/mark-paid"), json!({})).await.is(200);
    owner.post(&format!("{order}/fulfilments"), json!({})).await.is(201);
    app.run_jobs().await;
    let subjects = app.text("SELECT string_agg(subject, ' | ' ORDER BY id) FROM mail_messages");
    assert!(subjects.contains(&format!("Ihre Bestellung {number} bei ")), "{subjects}");
    assert!(subjects.contains(&format!("Ihre Bestellung {number} ist unterwegs")), "{subjects}");
    let confirmation = app.text("SELECT text_body FROM mail_messages WHERE message_key LIKE 'order-confirmation:%'");
    assert!(confirmation.contains("So bezahlen Sie:\nÜberweisen Sie"), "{confirmation}");
}

#[tokio::test]
async fn somebody_who_has_chosen_nothing_is_written_to_in_the_language_of_the_shop() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let mut buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.client = buyer.client.cookie(LANGUAGE_COOKIE, "tlh").with("accept-language", "de");
    buyer.buy().await.is(201);
    app.run_jobs().await;
    let subject = app.text("SELECT subject FROM mail_messages");
    assert!(subject.starts_with("Your order #"), "{subject}");
    assert_eq!(app.text("SELECT locale FROM orders"), "en");
}

#[tokio::test]
async fn a_repeated_checkout_in_another_language_is_the_same_order() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let mut buyer = app.buyer("acme", &[(mug, 1)]).await;
    let first = buyer.buy().await.is(201);
    buyer.client = buyer.client.cookie(LANGUAGE_COOKIE, "fr");
    let again = buyer.place("buy-1", 1200, &json!({ "provider": "manual" })).await.is(201);
    assert_eq!(again.body, first.body);
    assert_eq!(app.count("SELECT count(*) FROM orders"), 1);
    app.run_jobs().await;
}
