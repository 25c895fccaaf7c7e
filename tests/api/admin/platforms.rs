//! `/api/v1/admin/platforms`: platforms made, changed, switched off and on.

use diesel::RunQueryDsl;
use orion_tests::{Client, PASSWORD, TestApp};
use orion_types::admin::Platform;
use serde_json::{Value, json};

fn new_platform(code: &str, domain: &str) -> Value {
    json!({ "code": code, "name": "Lantern shops", "domain": domain })
}

fn new_store(platform: &Platform, code: &str) -> Value {
    json!({
        "platform_id": platform.id, "name": "Lantern House", "code": code, "currency": "EUR", "open": true,
        "owner": { "email": format!("owner@{code}.test"), "name": "Lena Lantern", "password": PASSWORD },
    })
}

async fn make(admin: &Client, code: &str, domain: &str) -> Platform {
    admin.post("/platforms", new_platform(code, domain)).await.is(201).json()
}

/// Asks until the answer has a status, as another server hears of a change within moments.
async fn until(client: &Client, path: &str, status: u16) {
    let started = std::time::Instant::now();
    loop {
        let answer = client.get(path).await;
        if answer.status == status {
            return;
        }
        assert!(started.elapsed().as_secs() < 10, "after ten seconds it is still {}", answer.status);
        tokio::task::yield_now().await;
    }
}

fn id_of(app: &TestApp, code: &str) -> String {
    app.text(&format!("SELECT id FROM platforms WHERE code = '{code}'"))
}

#[tokio::test]
async fn a_platform_and_a_store_on_it_are_served_by_every_server_at_once() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let admin = app.admin().await;
    let shop = app.host("lantern.lanterns.test");
    let there = shop.at(other.address, "lantern.lanterns.test");
    shop.get("/api/v1/storefront/store").await.is(404);
    there.get("/api/v1/storefront/store").await.is(404);
    let answer = admin.post("/platforms", new_platform("lanterns", "Lanterns.test")).await.is(201);
    let platform: Platform = answer.json();
    assert_eq!(
        (platform.domain.as_str(), platform.active, platform.store_count, platform.version),
        ("lanterns.test", true, 0, 1)
    );
    assert!(platform.enabled_modules.iter().any(|module| module == "orders"), "{platform:?}");
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/admin/platforms/{}", platform.id).as_str())
    );
    admin.post("/stores", new_store(&platform, "lantern")).await.is(201);
    shop.get("/api/v1/storefront/store").await.is(200);
    until(&there, "/api/v1/storefront/store", 200).await;
    let door = Client::new(other.address, "admin.lanterns.test", "/api/v1/admin");
    let elsewhere = door.signed_in("admin@orion.test").await;
    let read: Platform = elsewhere.get(&format!("/platforms/{}", platform.id)).await.is(200).json();
    assert_eq!(read.store_count, 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_another_platform_or_a_store_has_is_refused_at_its_field() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    diesel::sql_query(
        "INSERT INTO store_domains (store_id, id, host, status, token, created_at, updated_at) \
         SELECT id, gen_random_uuid(), 'shop.acme.test', 'active', 'x', now(), now() FROM stores WHERE code = 'acme'",
    )
    .execute(&mut app.owner_of_database())
    .expect("a domain");
    for (code, domain, field) in [
        ("main", "fresh.test", "/code"),
        ("fresh", "acme.test", "/domain"),
        ("fresh", "shop.acme.test", "/domain"),
        // It leads to the store.
        ("fresh", "www.shop.acme.test", "/domain"),
    ] {
        let refused = admin.post("/platforms", new_platform(code, domain)).await;
        refused.refused(409, "tenancy.platform_taken").at(field);
    }
    let one = make(&admin, "lanterns", "lanterns.test").await;
    for domain in ["lanterns.test", "LANTERNS.test.", "deep.lanterns.test"] {
        admin
            .post("/platforms", new_platform("fresh", domain))
            .await
            .refused(409, "tenancy.platform_taken")
            .at("/domain");
    }
    for (domain, code) in [
        ("", "invalid_host"),
        ("lanterns", "invalid_host"),
        ("https://a.test", "invalid_host"),
        ("a.test:80", "has_port"),
        ("127.0.0.1", "ip_address"),
        ("shops.localhost", "reserved"),
        ("co.uk", "public_suffix"),
    ] {
        let refused = admin.post("/platforms", new_platform("fresh", domain)).await;
        let refused = refused.refused(422, "framework.invalid");
        assert_eq!(refused.at("/domain").json["errors"][0]["code"], code, "{domain}");
    }
    for (name, value, field) in [
        ("code", json!("Not a code"), "/code"),
        ("name", json!(" "), "/name"),
        ("modules", json!(["nonsense"]), "/modules"),
        ("modules", json!(["tenancy"]), "/modules"),
    ] {
        let mut wrong = new_platform("fresh", "fresh.test");
        wrong[name] = value;
        admin.post("/platforms", wrong).await.refused(422, "framework.invalid").at(field);
    }
    let mut needs = new_platform("fresh", "fresh.test");
    needs["modules"] = json!(["orders"]);
    admin.post("/platforms", needs).await.refused(409, "tenancy.module_requires");
    assert_eq!(app.count("SELECT count(*) FROM platforms"), 3);
    let change = json!({ "domain": "www.shop.acme.test" });
    admin
        .with("if-match", "\"1\"")
        .patch(&format!("/platforms/{}", one.id), change)
        .await
        .refused(409, "tenancy.platform_taken")
        .at("/domain");
    // Its own domain is in nobody's way.
    let same = json!({ "name": "Lamps", "domain": "lanterns.test" });
    admin
        .with("if-match", "\"1\"")
        .patch(&format!("/platforms/{}", one.id), same)
        .await
        .is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn another_domain_counts_at_once_and_never_under_ones_own_feet() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let admin = app.admin().await;
    let platform = make(&admin, "lanterns", "lanterns.test").await;
    admin.post("/stores", new_store(&platform, "lantern")).await.is(201);
    let path = format!("/platforms/{}", platform.id);
    let at = |host: &str| app.host(host).at(other.address, host);
    until(&at("lantern.lanterns.test"), "/api/v1/storefront/store", 200).await;
    let change = json!({ "domain": "lamps.test" });
    admin.patch(&path, &change).await.refused(428, "framework.precondition_required");
    admin
        .with("if-match", "\"7\"")
        .patch(&path, &change)
        .await
        .refused(412, "framework.stale");
    let there = Client::new(app.address(), "admin.lanterns.test", "/api/v1/admin");
    let there = there.signed_in("admin@orion.test").await.with("if-match", "\"1\"");
    there.patch(&path, &change).await.refused(409, "tenancy.platform_stays");
    let moved: Platform = admin.with("if-match", "\"1\"").patch(&path, &change).await.is(200).json();
    assert_eq!((moved.domain.as_str(), moved.version), ("lamps.test", 2));
    app.host("lantern.lamps.test").get("/api/v1/storefront/store").await.is(200);
    app.host("lantern.lanterns.test").get("/api/v1/storefront/store").await.is(404);
    until(&at("lantern.lamps.test"), "/api/v1/storefront/store", 200).await;
    until(&at("lantern.lanterns.test"), "/api/v1/storefront/store", 404).await;
    let noted = app.text("SELECT changes->'domain' FROM audit_log WHERE action = 'platform.updated'");
    assert_eq!(
        serde_json::from_str::<Value>(&noted).expect("JSON"),
        json!({ "before": "lanterns.test", "after": "lamps.test" })
    );
    let taken = json!({ "domain": "deep.orion.localhost" });
    admin.with("if-match", "\"2\"").patch(&path, taken).await.is(422);
    app.run_jobs().await;
}

/// Each of two has come by what the other one takes away, and both wait for their turn: were both let through, nobody would find a way back in.
#[tokio::test]
async fn of_two_who_take_away_the_platform_that_the_other_has_come_by_one_is_refused() {
    let app = TestApp::start().await;
    let here = app.admin().await.with("if-match", "\"1\"");
    let there = Client::new(app.address(), "admin.lite.localhost", "/api/v1/admin");
    let there = there.signed_in("admin@orion.test").await.with("if-match", "\"1\"");
    let path = |code: &str| format!("/platforms/{}", id_of(&app, code));
    let (lite, main) = (path("lite"), path("main"));
    // A change of a platform that is under way.
    let held = app.held("LOCK TABLE platforms IN SHARE ROW EXCLUSIVE MODE");
    let waits = held.until_waiting(2);
    let (moves, stops) = (json!({ "domain": "lamps.test" }), json!({ "domain": "lanterns.test" }));
    let (one, two, ()) = tokio::join!(here.patch(&lite, moves), there.patch(&main, stops), waits);
    let late = match (one.status, two.status) {
        (200, 409) => two,
        (409, 200) => one,
        _ => panic!("{} {}", one.text(), two.text()),
    };
    late.refused(409, "tenancy.platform_stays");
    assert_eq!(
        app.count("SELECT count(*) FROM platforms WHERE domain IN ('lamps.test', 'lanterns.test')"),
        1
    );
    app.run_jobs().await;
}

/// Nor does who comes by a platform that went off meanwhile move the one that is left.
#[tokio::test]
async fn a_platform_that_was_switched_off_meanwhile_takes_no_other_away() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let there = Client::new(app.address(), "admin.lite.localhost", "/api/v1/admin");
    let there = there.signed_in("admin@orion.test").await.with("if-match", "\"1\"");
    let path = format!("/platforms/{}", id_of(&app, "main"));
    // A platform that is being switched off.
    let held = app.held("LOCK TABLE platforms IN SHARE ROW EXCLUSIVE MODE; UPDATE platforms SET active = false WHERE code = 'lite'");
    let waits = held.until_waiting(1);
    let (answer, ()) = tokio::join!(there.patch(&path, json!({ "domain": "lanterns.test" })), waits);
    answer.refused(409, "tenancy.platform_stays");
    let kept: Platform = admin.get(&path).await.is(200).json();
    assert_eq!((kept.domain.as_str(), kept.version), ("orion.localhost", 1));
}

#[tokio::test]
async fn a_platform_that_is_off_answers_nowhere_and_is_back_when_it_is_on() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let admin = app.admin().await;
    let path = format!("/platforms/{}", id_of(&app, "lite"));
    let there = app.host("plain.lite.localhost").at(other.address, "plain.lite.localhost");
    there.get("/api/v1/storefront/store").await.is(200);
    admin
        .post(&format!("{path}/disable"), json!({ "reason": " " }))
        .await
        .refused(422, "framework.invalid")
        .at("/reason");
    let off = json!({ "reason": "Moved elsewhere" });
    let platform: Platform = admin.post(&format!("{path}/disable"), &off).await.is(200).json();
    assert!(!platform.active);
    until(&there, "/api/v1/storefront/store", 404).await;
    app.host("plain.lite.localhost").get("/api/v1/storefront/store").await.is(404);
    app.host("admin.lite.localhost").get("/api/v1/admin/me").await.is(404);
    // The other one is the last, and the one by which this request has come.
    let main = format!("/platforms/{}/disable", id_of(&app, "main"));
    admin.post(&main, &off).await.refused(409, "tenancy.platform_stays");
    let on: Platform = admin.post(&format!("{path}/enable"), json!({})).await.is(200).json();
    assert!(on.active);
    until(&there, "/api/v1/storefront/store", 200).await;
    let noted = app.text("SELECT changes->>'reason' FROM audit_log WHERE action = 'platform.disabled'");
    assert_eq!(noted, "Moved elsewhere");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_administrator_of_one_platform_makes_and_changes_none() {
    let app = TestApp::start().await;
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    let (main, own) = (id_of(&app, "main"), id_of(&app, "lite"));
    lite.get(&format!("/platforms/{main}")).await.refused(404, "framework.not_found");
    assert_eq!(lite.get(&format!("/platforms/{own}")).await.is(200).json["code"], "lite");
    lite.post("/platforms", new_platform("mine", "mine.test"))
        .await
        .refused(403, "framework.forbidden");
    for id in [main, own] {
        let path = format!("/platforms/{id}");
        let lite = lite.with("if-match", "\"1\"");
        lite.patch(&path, json!({ "name": "Mine" }))
            .await
            .refused(403, "framework.forbidden");
        lite.post(&format!("{path}/disable"), json!({ "reason": "Mine" }))
            .await
            .refused(403, "framework.forbidden");
        lite.post(&format!("{path}/enable"), json!({}))
            .await
            .refused(403, "framework.forbidden");
    }
    assert_eq!(app.count("SELECT count(*) FROM platforms WHERE version = 1 AND active"), 2);
}
