//! Handing a store over: `/api/v1/store/ownership-offer`

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{Client, PASSWORD, TestApp, TestOptions};
use serde_json::{Value, json};

/// Name, role and id of each member, as the owner sees them.
async fn id_of(client: &Client, email: &str) -> Value {
    let team = client.get("/team").await.is(200).json;
    let found = team["data"]
        .as_array()
        .expect("members")
        .iter()
        .find(|member| member["email"] == email);
    found.unwrap_or_else(|| panic!("{email} is not in {team}"))["id"].clone()
}

fn roles(app: &TestApp) -> String {
    app.text(
        "SELECT string_agg(split_part(u.email, '@', 1) || ' ' || m.role, ', ' ORDER BY u.email) \
         FROM memberships m JOIN users u ON u.id = m.user_id JOIN stores s ON s.id = m.store_id \
         WHERE s.code = 'acme' AND m.deleted_at IS NULL",
    )
}

async fn offer(owner: &Client, email: &str) {
    let body = json!({ "member_id": id_of(owner, email).await, "current_password": PASSWORD });
    owner.post("/ownership-offer", body).await.is(201);
}

#[tokio::test]
async fn a_store_changes_hands_when_both_have_said_so() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let heir = id_of(&owner, "manager@acme.test").await;
    let ask = |password: &str| json!({ "member_id": heir, "current_password": password });
    owner
        .post("/ownership-offer", ask("a guess"))
        .await
        .refused(422, "framework.invalid")
        .at("/current_password");
    let made = owner.post("/ownership-offer", ask(PASSWORD)).await.is(201).json;
    assert_eq!((&made["member_id"], &made["for_you"]), (&heir, &json!(false)));
    owner
        .post("/ownership-offer", ask(PASSWORD))
        .await
        .refused(409, "people.ownership_offered");
    assert_eq!(
        roles(&app),
        "manager manager, owner owner, viewer viewer",
        "nothing changes before it is accepted"
    );
    // Whom it concerns sees it, and nobody else can take it.
    assert_eq!(manager.get("/ownership-offer").await.is(200).json["offer"]["for_you"], true);
    assert_eq!(viewer.get("/ownership-offer").await.is(200).json, json!({}));
    let accept = json!({ "current_password": PASSWORD });
    viewer
        .post("/ownership-offer/accept", &accept)
        .await
        .refused(410, "people.ownership_offer_ended");
    owner
        .post("/ownership-offer/accept", &accept)
        .await
        .refused(410, "people.ownership_offer_ended");
    viewer.delete("/ownership-offer").await.refused(404, "framework.not_found");
    manager
        .post("/ownership-offer/accept", json!({ "current_password": "a guess" }))
        .await
        .refused(422, "framework.invalid")
        .at("/current_password");
    manager.post("/ownership-offer/accept", &accept).await.is(204);
    assert_eq!(roles(&app), "manager owner, owner manager, viewer viewer");
    let stores = app.admin().await.get("/stores?q=manager@acme.test").await.is(200);
    assert_eq!(
        (&stores.json["data"][0]["code"], &stores.json["data"][0]["owner_email"]),
        (&json!("acme"), &json!("manager@acme.test")),
        "whoever runs the platform finds the store by its owner"
    );
    manager
        .post("/ownership-offer/accept", &accept)
        .await
        .refused(410, "people.ownership_offer_ended");
    // With the next request, on every server.
    let before = owner.at(second.address, "acme.orion.localhost");
    let invite = json!({ "email": "new@example.test", "role": "viewer" });
    before.post("/invitations", &invite).await.refused(403, "framework.forbidden");
    manager
        .at(second.address, "acme.orion.localhost")
        .post("/invitations", &invite)
        .await
        .is(201);
    let told = app.text("SELECT string_agg(event, ' ' ORDER BY id) FROM outbox_events WHERE event = 'member.role_changed'");
    assert_eq!(told, "member.role_changed member.role_changed");
    let audit = app.text("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE action LIKE 'ownership.%'");
    assert_eq!(audit, "ownership.offered ownership.transferred");
    app.run_jobs().await;
    let mails =
        app.text("SELECT string_agg(recipient || ': ' || subject, '; ' ORDER BY id) FROM mail_messages WHERE subject NOT LIKE '%invites%'");
    assert_eq!(
        mails,
        "manager@acme.test: A Person wants to hand Acme over to you; owner@acme.test: You have handed your store over; \
         manager@acme.test: You have taken a store over"
    );
}

#[tokio::test]
async fn an_offer_is_taken_back_declined_and_over_after_a_week() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let accept = json!({ "current_password": PASSWORD });
    offer(&owner, "manager@acme.test").await;
    owner.delete("/ownership-offer").await.is(204);
    manager
        .post("/ownership-offer/accept", &accept)
        .await
        .refused(410, "people.ownership_offer_ended");
    owner.delete("/ownership-offer").await.refused(404, "framework.not_found");
    offer(&owner, "manager@acme.test").await;
    manager.delete("/ownership-offer").await.is(204);
    assert_eq!(owner.get("/ownership-offer").await.is(200).json, json!({}));
    offer(&owner, "manager@acme.test").await;
    clock.advance(TimeDelta::days(7));
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    assert_eq!(manager.get("/ownership-offer").await.is(200).json, json!({}));
    manager
        .post("/ownership-offer/accept", &accept)
        .await
        .refused(410, "people.ownership_offer_ended");
    offer(&owner, "viewer@acme.test").await;
    assert_eq!(roles(&app), "manager manager, owner owner, viewer viewer");
    let audit = app.text("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE action LIKE 'ownership.%'");
    assert_eq!(
        audit,
        "ownership.offered ownership.offer_withdrawn ownership.offered ownership.offer_declined ownership.offered ownership.offered"
    );
    app.run_jobs().await;
    assert_eq!(
        app.count("SELECT count(*) FROM mail_messages WHERE subject = 'The offer was declined' AND recipient = 'owner@acme.test'"),
        1
    );
    // What is over goes with the housekeeping.
    clock.advance(TimeDelta::days(8));
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM ownership_offers"), 0);
}

#[tokio::test]
async fn only_the_owner_offers_and_only_to_somebody_who_may_enter() {
    let app = TestApp::start().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let body = |member: &Value| json!({ "member_id": member, "current_password": PASSWORD });
    let (own, heir) = (id_of(&owner, "owner@acme.test").await, id_of(&owner, "manager@acme.test").await);
    manager
        .post("/ownership-offer", body(&heir))
        .await
        .refused(403, "framework.forbidden");
    let refused = async |member: &Value| {
        owner
            .post("/ownership-offer", body(member))
            .await
            .refused(422, "framework.invalid")
            .at("/member_id")
    };
    refused(&own).await;
    refused(&json!("01900000-0000-7000-8000-000000000001")).await;
    // A member of another store is nobody here.
    let globex = app.owner("globex").await;
    refused(&id_of(&globex, "owner@globex.test").await).await;
    let suspend = format!("/team/{}", heir.as_str().expect("an id"));
    let switch = async |version: i32, active: bool| {
        let owner = owner.with("if-match", &format!("\"{version}\""));
        owner.patch(&suspend, json!({ "active": active })).await.is(200);
    };
    switch(1, false).await;
    refused(&heir).await;
    switch(2, true).await;
    offer(&owner, "manager@acme.test").await;
    // Who was suspended or removed meanwhile takes nothing over.
    switch(3, false).await;
    let accept = json!({ "current_password": PASSWORD });
    manager
        .post("/ownership-offer/accept", &accept)
        .await
        .refused(404, "framework.not_found");
    switch(4, true).await;
    owner.delete(&suspend).await.is(204);
    assert_eq!(owner.get("/ownership-offer").await.is(200).json, json!({}));
    assert_eq!(roles(&app), "owner owner, viewer viewer");
    // A program has no store to give away.
    let key = json!({ "name": "ERP", "scopes": ["orders.read"] });
    let made = owner.post("/api-keys", key).await.is(201).json;
    let program = app.dashboard("acme").bearer(made["secret"].as_str().expect("a secret"));
    program
        .post("/ownership-offer", body(&own))
        .await
        .refused(403, "framework.person_needed");
    app.run_jobs().await;
}

#[tokio::test]
async fn of_an_acceptance_and_a_withdrawal_at_once_one_wins() {
    let app = TestApp::start().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    for _ in 0..8 {
        offer(&owner, "manager@acme.test").await;
        let accept = json!({ "current_password": PASSWORD });
        let (accepted, withdrawn) = tokio::join!(manager.post("/ownership-offer/accept", accept), owner.delete("/ownership-offer"));
        let owners = app.count(
            "SELECT count(*) FROM memberships m JOIN stores s ON s.id = m.store_id \
             WHERE s.code = 'acme' AND m.role = 'owner' AND m.deleted_at IS NULL",
        );
        assert_eq!(owners, 1, "{} {}", accepted.status, withdrawn.status);
        if accepted.status == 204 {
            assert_eq!(withdrawn.status, 404, "{}", withdrawn.text());
            break;
        }
        assert_eq!((accepted.status, withdrawn.status), (410, 204), "{}", accepted.text());
    }
    app.run_jobs().await;
}
