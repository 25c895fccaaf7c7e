//! A hundred units, four hundred buyers, two server processes, and one of them is killed in the middle.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream::{self, StreamExt};
use orion_tests::{Answer, Buyer, Client, ServerProcess, TestApp, card};
use orion_types::VariantId;
use reqwest::Method;
use serde_json::{Value, json};

use super::assert_books_balance;

const UNITS: i32 = 100;
const BUYERS: usize = 400;
/// How many answers there are when a server is killed.
const KILL_AFTER: usize = 60;
const AT_ONCE: usize = 24;

fn payment(buyer: usize) -> Value {
    match buyer % 4 {
        0 => card("4242424242424242"),
        1 => card("4000000000000002"),
        _ => json!({ "provider": "manual" }),
    }
}

fn guest(server: &ServerProcess) -> Client {
    Client::new(server.address(), "acme.orion.localhost", "/api/v1/storefront")
}

async fn carts(server: &ServerProcess, variant: VariantId) -> Vec<Buyer> {
    let shop = guest(server);
    let lines = [(variant, 1)];
    stream::iter(0..BUYERS)
        .map(|_| Buyer::fill(&shop, &lines))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

async fn try_to_buy(buyer: &Buyer, server: &Client, number: usize) -> Result<Answer, reqwest::Error> {
    let order = buyer.order(1200, &payment(number));
    let secret = buyer.client.with("idempotency-key", &format!("buyer-{number}"));
    secret
        .at(server.address(), "acme.orion.localhost")
        .try_send(Method::POST, "/checkouts", Some(order))
        .await
}

#[tokio::test]
async fn no_unit_is_sold_twice_and_no_order_is_lost_when_a_server_dies() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, UNITS).await;
    let stays = ServerProcess::start(app.services.db.url(), &[]).await;
    let dies = Mutex::new(ServerProcess::start(app.services.db.url(), &[]).await);
    let (there, gone) = (guest(&stays), guest(&dies.lock().expect("the server")));
    let buyers = carts(&stays, variant).await;
    let answered = AtomicUsize::new(0);
    let buy = |number: usize| {
        let (buyers, there, gone, dies, answered) = (&buyers, &there, &gone, &dies, &answered);
        async move {
            let server = if number.is_multiple_of(2) { there } else { gone };
            let answer = try_to_buy(&buyers[number], server, number).await;
            if answered.fetch_add(1, Ordering::SeqCst) == KILL_AFTER {
                dies.lock().expect("the server").kill();
            }
            (number, answer)
        }
    };
    let answers: Vec<(usize, Result<Answer, reqwest::Error>)> = stream::iter(0..BUYERS).map(buy).buffer_unordered(AT_ONCE).collect().await;
    let mut acknowledged = BTreeSet::new();
    let mut unanswered = Vec::new();
    for (number, answer) in answers {
        match answer {
            Ok(answer) if answer.status == 201 => drop(acknowledged.insert(order_id(&answer))),
            Ok(answer) => assert!(matches!(answer.status, 402 | 409), "{}", answer.text()),
            Err(_) => unanswered.push(number),
        }
    }
    assert!(!unanswered.is_empty(), "the server was killed after everything was over");
    // Whoever got no answer asks again with the same key, as the shop's pages do.
    for number in unanswered {
        let answer = try_to_buy(&buyers[number], &there, number).await.expect("the other server answers");
        assert!(matches!(answer.status, 201 | 402 | 409), "{}", answer.text());
        if answer.status == 201 {
            acknowledged.insert(order_id(&answer));
        }
    }
    app.run_jobs().await;
    let numbered = app.count("SELECT count(*) FROM orders WHERE number IS NOT NULL");
    assert!(numbered <= i64::from(UNITS), "{numbered} orders for {UNITS} units");
    for id in &acknowledged {
        assert_eq!(
            app.count(&format!(
                "SELECT count(*) FROM orders WHERE id = '{id}' AND number IS NOT NULL AND status <> 'cancelled'"
            )),
            1,
            "order {id} was lost"
        );
    }
    assert_eq!(
        numbered,
        i64::try_from(acknowledged.len()).expect("a count"),
        "orders that nobody was told of"
    );
    assert_eq!(
        app.count("SELECT max(number) - min(number) + 1 FROM orders WHERE number IS NOT NULL"),
        numbered,
        "numbers are missing"
    );
    assert_books_balance(&app);
}

fn order_id(answer: &Answer) -> String {
    answer.json["order_id"].as_str().expect("an order").to_owned()
}
