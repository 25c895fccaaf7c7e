//! Roles that every store has for one kind of work: `fulfilment` and `support`. What is closed to them is tried in `tests/isolation/presets.rs`.

use diesel::connection::SimpleConnection;
use orion_tests::{Client, TestApp};
use orion_types::customer::CustomerSummary;
use orion_types::order::Order;
use orion_types::status::{FulfilmentStatus, MemberRole};
use orion_types::{Page, VariantId};
use serde_json::{Value, json};

use crate::api::passwords::newest_link;

/// Somebody who was invited with a role, and is in.
async fn invited(app: &TestApp, role: MemberRole) -> Client {
    let (owner, door) = (app.owner("acme").await, app.dashboard("acme"));
    let email = format!("{role}@example.test");
    let made = owner
        .post("/invitations", json!({ "email": email, "role": role }))
        .await
        .is(201)
        .json;
    assert_eq!(made["role"], role.as_str());
    let said = app.text(&format!("SELECT text_body FROM mail_messages WHERE recipient = '{email}'"));
    assert!(said.contains(&format!("to work for Acme in {role}.")), "{said}");
    let (_, token) = newest_link(app, &email).await;
    let joins = json!({ "token": token, "name": "Nora New", "password": "Tramway-quince-4417" });
    let entered = door.post("/invitations/accept", joins).await.is(200);
    let member = door.bearer(entered.json["access_token"].as_str().expect("a token"));
    let profile = member.get("/me").await.is(200).json;
    assert_eq!(profile["current"]["role"], role.as_str());
    member
}

/// An order that waits for its money, by its path.
async fn ordered(app: &TestApp, mug: VariantId) -> String {
    let placed = app.buyer("acme", &[(mug, 2)]).await.buy().await.is(201);
    format!("/orders/{}", placed.json["order_id"].as_str().expect("an id"))
}

fn menu_of(menu: &Value) -> Vec<&str> {
    let sections = menu["data"].as_array().expect("sections").iter();
    let entries = sections.flat_map(|section| section["entries"].as_array().expect("entries"));
    entries.map(|entry| entry["page"].as_str().expect("a page")).collect()
}

#[tokio::test]
async fn fulfilment_sends_what_was_ordered_and_counts_what_is_left() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let path = ordered(&app, mug).await;
    app.owner("acme").await.post(&format!("{path}/mark-paid"), json!({})).await.is(200);
    let member = invited(&app, MemberRole::Fulfilment).await;
    assert_eq!(menu_of(&member.get("/menu").await.is(200).json), ["orders", "inventory"]);
    let order: Order = member.get(&path).await.is(200).json();
    assert_eq!(order.shipping_address.name, orion_tests::address()["name"]);
    let sent: Order = member
        .post(&format!("{path}/fulfilments"), json!({ "carrier": "Post" }))
        .await
        .is(201)
        .json();
    assert_eq!(sent.fulfilment_status, FulfilmentStatus::Fulfilled);
    let received = json!({ "variant_id": mug, "delta": 5, "reason": "received" });
    let level = member.post("/inventory/adjustments", received).await.is(201).json;
    assert_eq!(level["on_hand"], 13);
    for closed in ["/products", "/customers", "/settings", "/team", "/exports"] {
        member.get(closed).await.refused(403, "framework.forbidden");
    }
    let file = json!({ "kind": "orders", "format": "csv" });
    member.post("/exports", file).await.refused(403, "framework.forbidden");
    app.run_jobs().await;
}

#[tokio::test]
async fn support_sees_customers_and_their_orders_and_moves_no_money() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let path = ordered(&app, mug).await;
    let member = invited(&app, MemberRole::Support).await;
    assert_eq!(menu_of(&member.get("/menu").await.is(200).json), ["orders", "customers"]);
    member.get(&path).await.is(200);
    let found: Page<CustomerSummary> = member.get("/customers").await.is(200).json();
    let customer = format!("/customers/{}", found.data[0].id);
    let shown = member.get(&customer).await.is(200);
    let version = shown.header("etag").expect("a version").to_owned();
    let noted = json!({ "external_id": "crm-7" });
    member.with("if-match", &version).patch(&customer, noted).await.is(200);
    for step in ["mark-paid", "fulfilments", "cancel"] {
        member
            .post(&format!("{path}/{step}"), json!({}))
            .await
            .refused(403, "framework.forbidden");
    }
    for closed in ["/products", "/inventory", "/settings", "/team", "/exports"] {
        member.get(closed).await.refused(403, "framework.forbidden");
    }
    app.run_jobs().await;
}

/// A store may have called a role of its own so before every store had one.
#[tokio::test]
async fn a_role_of_the_stores_own_that_was_there_first_keeps_its_name() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let new = |name: &str| json!({ "name": name, "rights": ["orders.read"] });
    owner
        .post("/roles", new("Support"))
        .await
        .refused(422, "framework.invalid")
        .at("/name");
    let made = owner.post("/roles", new("Helpers")).await.is(201).json;
    app.owner_of_database()
        .batch_execute("UPDATE team_roles SET name = 'Support'")
        .expect("a role from before");
    let path = format!("/roles/{}", made["id"].as_str().expect("an id"));
    let any = owner.with("if-match", "*");
    let kept = json!({ "name": "Support", "rights": ["orders.write"] });
    assert_eq!(any.patch(&path, kept).await.is(200).json["name"], "Support");
    any.patch(&path, json!({ "name": "Fulfilment" }))
        .await
        .refused(422, "framework.invalid")
        .at("/name");
}
