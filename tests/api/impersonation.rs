//! An administrator in a store's dashboard: `/api/v1/admin/stores/{id}/impersonations` and what comes of it.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use orion_tests::{Answer, Client, TestApp, product};
use orion_types::impersonation::{Impersonation, ImpersonationLink};
use orion_types::status::ImpersonationStatus;
use serde_json::{Value, json};

use super::passwords::mails;
use super::second_factor::with_clock;

const ADMIN: &str = "admin@orion.test";
const ACME: &str = "acme.orion.localhost";
const WHY: &str = "The owner asked why an order is missing";
const ENDED: &str = "people.link_ended";
const CLOSED: &str = "framework.closed_to_impersonation";

async fn path(app: &TestApp, store: &str) -> String {
    format!("/stores/{}/impersonations", app.store_id(store).await)
}

/// Begins one, as an administrator.
pub(crate) async fn begin(app: &TestApp, admin: &Client, store: &str, body: Value) -> ImpersonationLink {
    admin.post(&path(app, store).await, body).await.is(201).json()
}

/// Follows a link at a door.
async fn follow(door: &Client, link: &ImpersonationLink) -> Answer {
    let (_, token) = link.link.split_once('#').expect("a token");
    door.post("/auth/impersonation", json!({ "token": token })).await
}

/// Whoever has followed a link.
async fn entered(door: &Client, link: &ImpersonationLink) -> Client {
    let answer = follow(door, link).await.is(200);
    door.bearer(answer.json["access_token"].as_str().expect("a token"))
}

/// An administrator in the dashboard of acme.
pub(crate) async fn visitor(app: &TestApp, may_change: bool) -> Client {
    let body = json!({ "reason": WHY, "may_change": may_change });
    let link = begin(app, &app.admin().await, "acme", body).await;
    entered(&app.dashboard("acme"), &link).await
}

/// What the owner sees of them, the newest first.
async fn seen(owner: &Client) -> Vec<Impersonation> {
    let page = owner.get("/impersonations").await.is(200);
    serde_json::from_value(page.json["data"].clone()).expect("impersonations")
}

#[tokio::test]
async fn an_impersonation_needs_a_reason_and_a_short_time() {
    let app = TestApp::start().await;
    let (admin, path) = (app.admin().await, path(&app, "acme").await);
    for (body, pointer) in [
        (json!({ "reason": "" }), "/reason"),
        (json!({ "reason": "too short" }), "/reason"),
        (json!({ "reason": "x".repeat(501) }), "/reason"),
        (json!({ "reason": WHY, "minutes": 4 }), "/minutes"),
        (json!({ "reason": WHY, "minutes": 61 }), "/minutes"),
    ] {
        admin.post(&path, body).await.refused(422, "framework.invalid").at(pointer);
    }
    admin.post(&path, json!({})).await.is(422);
    assert_eq!(app.count("SELECT count(*) FROM impersonations"), 0);
}

#[tokio::test]
async fn a_link_opens_the_dashboard_once_at_its_own_host() {
    let (app, clock) = with_clock(Vec::new()).await;
    let admin = app.admin().await;
    let link = begin(&app, &admin, "acme", json!({ "reason": WHY, "minutes": 10 })).await;
    assert!(
        link.link.starts_with("http://acme.orion.localhost/store/impersonation#"),
        "{}",
        link.link
    );
    assert_eq!(link.impersonation.status, ImpersonationStatus::Waiting);
    assert!(!link.impersonation.may_change, "looking comes first");
    let (_, token) = link.link.split_once('#').expect("a token");
    assert_eq!(
        app.count(&format!(
            "SELECT count(*) FROM impersonations AS row WHERE row::text LIKE '%{token}%'"
        )),
        0
    );
    follow(&app.dashboard("globex"), &link).await.refused(410, ENDED);
    let door = app.dashboard("acme");
    let here = entered(&door, &link).await;
    follow(&door, &link).await.refused(410, ENDED);
    let current = here.get("/me").await.is(200).json["current"].clone();
    assert_eq!(current["impersonation"]["reason"], WHY);
    assert_eq!(current["role"], "custom");
    // The token is one of acme's at its own host, and nobody's elsewhere.
    here.get("/orders").await.is(200);
    here.at(app.address(), "globex.orion.localhost").get("/orders").await.is(401);
    here.at(app.address(), "globex.orion.localhost").get("/me").await.is(401);

    let late = begin(&app, &admin, "acme", json!({ "reason": WHY })).await;
    clock.advance(TimeDelta::seconds(61));
    follow(&door, &late).await.refused(410, ENDED);
    let owner = app.owner("acme").await;
    let states: Vec<ImpersonationStatus> = seen(&owner).await.iter().map(|one| one.status).collect();
    assert_eq!(states, [ImpersonationStatus::Unused, ImpersonationStatus::Running]);
    app.run_jobs().await;
}

/// The refresh token of an answer, which a browser is to keep for so many seconds.
fn kept_for(answer: &Answer, seconds: u32) -> String {
    let cookies = &answer.headers["set-cookie"];
    let age = format!("Max-Age={seconds}");
    assert!(cookies.iter().any(|cookie| cookie.contains(&age)), "{age}: {cookies:?}");
    answer.cookie("orion_store").expect("a cookie")
}

#[tokio::test]
async fn it_is_over_with_its_time_on_every_server_and_is_not_prolonged() {
    let (app, clock) = with_clock(Vec::new()).await;
    let second = app.second_server().await;
    let link = begin(&app, &app.admin().await, "acme", json!({ "reason": WHY, "minutes": 15 })).await;
    let door = app.dashboard("acme");
    let answer = follow(&door, &link).await.is(200);
    let value = kept_for(&answer, 900);
    clock.advance(TimeDelta::minutes(14));
    let renewed = door.cookie("orion_store", &value).post("/auth/refresh", json!({})).await.is(200);
    let value = kept_for(&renewed, 60);
    let here = door.bearer(renewed.json["access_token"].as_str().expect("a token"));
    let elsewhere = here.at(second.address, ACME);
    for server in [&here, &elsewhere] {
        server.get("/orders").await.is(200);
    }
    clock.advance(TimeDelta::seconds(61));
    for server in [&here, &elsewhere] {
        server.get("/orders").await.is(401);
    }
    door.cookie("orion_store", &value).post("/auth/refresh", json!({})).await.is(401);
    app.run_jobs().await;
    let owner = app.owner("acme").await;
    let one = seen(&owner).await.remove(0);
    assert_eq!((one.status, one.ended_by), (ImpersonationStatus::Ended, None));
    let told = app.text("SELECT actor_kind || ' ' || (changes->>'because') FROM audit_log WHERE action = 'impersonation.ended'");
    assert_eq!(told, "system time_over");
}

#[tokio::test]
async fn the_owner_sees_it_hears_of_it_and_ends_it_on_every_server() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let (owner, visitor) = (app.owner("acme").await, visitor(&app, true).await);
    let elsewhere = visitor.at(second.address, ACME);
    elsewhere.get("/orders").await.is(200);
    let (subject, text) = mails(&app, "owner@acme.test").await.remove(0);
    assert!(subject.contains("is in the dashboard"), "{subject}");
    assert!(
        text.contains(WHY) && text.contains(ADMIN) && text.contains("may change things"),
        "{text}"
    );
    let one = seen(&owner).await.remove(0);
    assert_eq!((one.status, one.email.as_str()), (ImpersonationStatus::Running, ADMIN));
    let cancel = format!("/impersonations/{}/cancel", one.id);
    // Neither who impersonates nor who may only look at the team.
    visitor.get("/impersonations").await.refused(403, CLOSED);
    visitor.post(&cancel, json!({})).await.refused(403, CLOSED);
    let manager = app.staff("acme", "manager@acme.test").await;
    manager.get("/impersonations").await.is(200);
    manager.post(&cancel, json!({})).await.refused(403, "framework.forbidden");
    app.owner("globex").await.post(&cancel, json!({})).await.is(404);
    let ended: Impersonation = owner.post(&cancel, json!({})).await.is(200).json();
    assert_eq!(ended.ended_by.as_deref(), Some("owner@acme.test"));
    for server in [&visitor, &elsewhere] {
        server.get("/orders").await.is(401);
    }
    // Once more is nothing more.
    let again: Impersonation = owner.post(&cancel, json!({})).await.is(200).json();
    assert_eq!(again.ended_at, ended.ended_at);
    assert_eq!(app.count("SELECT count(*) FROM audit_log WHERE action = 'impersonation.ended'"), 1);
    // One that nobody has begun yet is ended as well.
    let link = begin(&app, &app.admin().await, "acme", json!({ "reason": WHY })).await;
    owner.post(&format!("/impersonations/{}/cancel", link.id), json!({})).await.is(200);
    follow(&app.dashboard("acme"), &link).await.refused(410, ENDED);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_owner_of_a_suspended_store_ends_it_too() {
    let app = TestApp::start().await;
    let (admin, owner, visitor) = (app.admin().await, app.owner("acme").await, visitor(&app, true).await);
    let store = app.store_id("acme").await;
    admin
        .post(&format!("/stores/{store}/suspend"), json!({ "reason": "unpaid bills" }))
        .await
        .is(200);
    visitor.get("/orders").await.is(200);
    visitor
        .post("/products", product("Mug", 1200, 5))
        .await
        .refused(503, "framework.store_suspended");
    let one = seen(&owner).await.remove(0);
    owner.post(&format!("/impersonations/{}/cancel", one.id), json!({})).await.is(200);
    visitor.get("/orders").await.is(401);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_is_the_stores_own_people_s_is_not_told_by_the_log_either() {
    let app = TestApp::start().await;
    let (owner, visitor) = (app.owner("acme").await, visitor(&app, true).await);
    let key = json!({ "name": "Till", "scopes": ["orders.read"] });
    owner.post("/api-keys", key).await.is(201);
    let path = "/audit?action=api_key.created";
    let shown = |answer: &Answer| answer.json["data"][0].clone();
    let (theirs, own) = (shown(&visitor.get(path).await.is(200)), shown(&owner.get(path).await.is(200)));
    assert_eq!((&theirs["id"], &theirs["changes"]), (&own["id"], &json!([])));
    assert_ne!(own["changes"], json!([]), "{own}");
    let whole = format!("/audit/{}", own["id"].as_str().expect("an id"));
    assert_eq!(visitor.get(&whole).await.is(200).json["changes"], json!([]));
    let made = owner.post("/products", product("Mug", 1200, 5)).await.is(201);
    let product = made.json["id"].as_str().expect("an id");
    visitor.delete(&format!("/products/{product}")).await.refused(403, CLOSED);
    app.run_jobs().await;
}

#[tokio::test]
async fn it_lasts_no_longer_than_the_administrator_may_work_there() {
    let app = TestApp::start().await;
    let sql = |sql: &str| app.owner_of_database().batch_execute(sql).expect("the database answers");
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    // The store is another platform's.
    let body = json!({ "reason": WHY });
    lite.post(&path(&app, "acme").await, &body).await.is(404);
    lite.get(&path(&app, "acme").await).await.is(404);
    let link = begin(&app, &lite, "plain", body.clone()).await;
    let door = app.dashboard("plain");
    let here = entered(&door, &link).await;
    here.get("/products").await.is(200);
    let waiting = begin(&app, &lite, "plain", body).await;
    sql("DELETE FROM admin_roles WHERE user_id = (SELECT id FROM users WHERE email = 'lite-admin@orion.test')");
    here.get("/products").await.is(401);
    follow(&door, &waiting).await.refused(410, ENDED);

    let visitor = visitor(&app, false).await;
    visitor.get("/products").await.is(200);
    sql("UPDATE users SET active = false WHERE email = 'admin@orion.test'");
    visitor.get("/products").await.is(401);
    sql("UPDATE users SET active = true WHERE email = 'admin@orion.test'");
    visitor.get("/products").await.is(200);
    // Whoever was switched off meanwhile follows no link.
    let waiting = begin(&app, &app.admin().await, "acme", json!({ "reason": WHY })).await;
    sql("UPDATE users SET active = false WHERE email = 'admin@orion.test'");
    follow(&app.dashboard("acme"), &waiting).await.refused(410, ENDED);
    sql("UPDATE users SET active = true WHERE email = 'admin@orion.test'");
    // Signing out everywhere ends it, and those that nobody has followed, and says so.
    let admin = app.admin().await;
    let waiting = begin(&app, &admin, "acme", json!({ "reason": WHY })).await;
    admin.delete("/me/sessions").await.is(204);
    visitor.get("/products").await.is(401);
    follow(&app.dashboard("acme"), &waiting).await.refused(410, ENDED);
    let how = app.text("SELECT string_agg(DISTINCT changes->>'because', ' ') FROM audit_log WHERE action = 'impersonation.ended'");
    assert_eq!(how, "signed_out");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_log_names_the_administrator_and_the_impersonation() {
    let app = TestApp::start().await;
    let (owner, visitor) = (app.owner("acme").await, visitor(&app, true).await);
    let id = seen(&owner).await.remove(0).id;
    let made = visitor.post("/products", product("Mug", 1200, 5)).await.is(201);
    visitor.post("/impersonation/leave", json!({})).await.is(204);
    visitor.get("/products").await.is(401);
    visitor.post("/impersonation/leave", json!({})).await.is(401);
    let entries = owner.get("/audit").await.is(200).json;
    let find = |action: &str| {
        let entries = entries["data"].as_array().expect("entries").iter();
        entries
            .clone()
            .find(|entry| entry["action"] == action)
            .unwrap_or_else(|| panic!("no {action} in {entries:?}"))
            .clone()
    };
    for action in ["impersonation.began", "product.created", "impersonation.ended"] {
        let entry = find(action);
        assert_eq!(
            (entry["actor_kind"].as_str(), entry["actor"].as_str()),
            (Some("user"), Some(ADMIN)),
            "{entry}"
        );
        assert_eq!(entry["impersonation"], json!({ "id": id, "reason": WHY }), "{entry}");
    }
    assert!(find("impersonation.created")["impersonation"].is_null());
    assert_eq!(find("product.created")["entity_id"], made.json["id"]);
    // What the owner does is nobody's impersonation.
    owner.post("/products", product("Bowl", 900, 5)).await.is(201);
    let newest = owner.get("/audit?action=product.created").await.is(200).json;
    assert!(newest["data"][0]["impersonation"].is_null() && newest["data"][0]["actor"] == "owner@acme.test");
    // The administration sees the same.
    let all = app.admin().await.get("/audit?action=product.created").await.is(200).json;
    let theirs = all["data"]
        .as_array()
        .expect("entries")
        .iter()
        .find(|entry| entry["actor"] == ADMIN);
    assert_eq!(theirs.expect("an entry")["impersonation"]["reason"], WHY);
    // Nobody became a member, and nothing of it can be told otherwise later.
    assert_eq!(
        app.count("SELECT count(*) FROM memberships WHERE user_id = (SELECT id FROM users WHERE email = 'admin@orion.test')"),
        0
    );
    for change in [
        "UPDATE impersonations SET reason = 'Something else entirely'",
        "DELETE FROM impersonations",
    ] {
        let refused = app.owner_of_database().batch_execute(&format!("SET ROLE orion_app; {change}"));
        assert!(refused.is_err(), "{change}");
    }
    let reopened = app.owner_of_database().batch_execute("UPDATE impersonations SET ended_at = NULL");
    assert!(reopened.is_err(), "an end stays, whoever writes");
    app.run_jobs().await;
}

#[tokio::test]
async fn who_only_looks_changes_nothing() {
    let app = TestApp::start().await;
    let visitor = visitor(&app, false).await;
    visitor.get("/products").await.is(200);
    visitor
        .post("/products", product("Mug", 1200, 5))
        .await
        .refused(403, "framework.impersonation_reads");
    visitor
        .post("/opening/preview", json!({}))
        .await
        .refused(403, "framework.impersonation_reads");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_menu_leads_to_nothing_that_is_closed() {
    let app = TestApp::start().await;
    let (owner, visitor) = (app.owner("acme").await, visitor(&app, true).await);
    visitor.get("/exports").await.refused(403, CLOSED);
    let [own, theirs] = [owner.get("/menu").await.is(200).text(), visitor.get("/menu").await.is(200).text()];
    assert!(own.contains("\"exports\"") && !theirs.contains("\"exports\""), "{theirs}");
    assert!(theirs.contains("\"dashboard\"") && theirs.contains("\"settings\""), "{theirs}");
    app.run_jobs().await;
}

#[tokio::test]
async fn who_signs_out_has_left_as_themselves() {
    let app = TestApp::start().await;
    let (owner, visitor) = (app.owner("acme").await, visitor(&app, true).await);
    visitor.post("/auth/logout", json!({})).await.is(204);
    visitor.get("/orders").await.is(401);
    let one = seen(&owner).await.remove(0);
    assert_eq!((one.status, one.ended_by.as_deref()), (ImpersonationStatus::Ended, Some(ADMIN)));
    let entries = owner.get("/audit?action=impersonation.ended").await.is(200).json;
    let entry = &entries["data"][0];
    assert_eq!((&entry["actor_kind"], &entry["actor"]), (&json!("user"), &json!(ADMIN)), "{entry}");
    assert_eq!(entry["impersonation"], json!({ "id": one.id, "reason": WHY }));
    let because = app.text("SELECT changes->>'because' FROM audit_log WHERE action = 'impersonation.ended'");
    assert_eq!(because, "signed_out");
    let session = "SELECT actor_label || ' ' || (impersonation_id IS NOT NULL) FROM audit_log WHERE action = 'user.signed_out'";
    assert_eq!(app.text(session), format!("{ADMIN} true"));
    // Whose session is nobody's impersonation signs out as before.
    owner.post("/auth/logout", json!({})).await.is(204);
    let others = "SELECT count(*) FROM audit_log WHERE action = 'user.signed_out' AND impersonation_id IS NULL AND actor_kind = 'system'";
    assert_eq!(app.count(others), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_end_that_is_written_down_late_is_that_of_its_time() {
    let (app, clock) = with_clock(Vec::new()).await;
    for late in ["a job", "the owner", "signing out"] {
        let link = begin(&app, &app.admin().await, "acme", json!({ "reason": WHY, "minutes": 15 })).await;
        entered(&app.dashboard("acme"), &link).await;
        clock.advance(TimeDelta::hours(2));
        let owner = app.owner("acme").await;
        match late {
            "the owner" => drop(owner.post(&format!("/impersonations/{}/cancel", link.id), json!({})).await.is(200)),
            "signing out" => drop(app.admin().await.delete("/me/sessions").await.is(204)),
            _ => {}
        }
        app.run_jobs().await;
        let one = seen(&owner).await.remove(0);
        assert_eq!((one.id, one.status), (link.id, ImpersonationStatus::Ended), "{late}");
        assert_eq!(
            (one.ended_at.as_ref(), one.ended_by.as_deref()),
            (Some(&one.ends_at), None),
            "{late}"
        );
    }
    let because = "SELECT string_agg(changes->>'because', ' ') FROM audit_log WHERE action = 'impersonation.ended'";
    assert_eq!(app.text(because), "time_over time_over time_over");
}
