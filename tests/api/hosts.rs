//! Which shop, dashboard or administration a host and a path lead to.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use diesel::RunQueryDsl;
use orion_framework::clock::Clock;
use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_tenancy::{TenancyError, add_domain};
use orion_tests::{Client, TestApp, TestOptions, raw_request};
use serde_json::json;

const STORE: &str = "/api/v1/storefront/store";

/// Gives acme the primary domain `shop.acme.test`, a second one, and one that nobody has verified.
async fn with_domains(app: &TestApp) {
    let acme = app.store_id("acme").await;
    let work = move |tx: &mut PlatformTx| {
        add_domain(tx, acme, "shop.acme.test", true)?;
        add_domain(tx, acme, "acme-shop.test", false)?;
        Ok::<_, TenancyError>(())
    };
    app.services
        .platform_tx(Actor::system("tests"), RequestMeta::default(), work)
        .await
        .expect("the domains");
    let pending = format!(
        "INSERT INTO store_domains (store_id, id, host, status, is_primary, token, created_at, updated_at) \
         SELECT store_id, gen_random_uuid(), 'pending.test', 'pending', false, 'token', now(), now() FROM store_domains WHERE store_id = '{acme}' LIMIT 1"
    );
    diesel::sql_query(pending)
        .execute(&mut app.owner_of_database())
        .expect("a domain that nobody verified");
    app.services.directory.forget();
}

async fn name_at(app: &TestApp, host: &str) -> String {
    app.host(host).get(STORE).await.is(200).json["name"]
        .as_str()
        .expect("a name")
        .to_owned()
}

#[tokio::test]
async fn a_host_leads_to_its_shop_in_every_spelling() {
    let app = TestApp::start().await;
    with_domains(&app).await;
    for host in [
        "acme.orion.localhost",
        "ACME.Orion.Localhost",
        "acme.orion.localhost:8080",
        "acme.orion.localhost.",
        "acme.orion.localhost.:80",
        "shop.acme.test",
        "SHOP.ACME.TEST:443",
    ] {
        assert_eq!(name_at(&app, host).await, "Acme", "{host}");
    }
    assert_eq!(name_at(&app, "globex.orion.localhost").await, "Globex");
    assert_eq!(name_at(&app, "plain.lite.localhost").await, "Plain");
}

#[tokio::test]
async fn a_host_of_nobody_is_not_found() {
    let app = TestApp::start().await;
    with_domains(&app).await;
    for host in [
        "nobody.orion.localhost",
        "acme.lite.localhost",
        "plain.orion.localhost",
        "a.acme.orion.localhost",
        "evil.test",
        "pending.test",
        "acme.orion.localhost.evil.test",
        "xacme.orion.localhost",
        "admin.acme.orion.localhost",
    ] {
        app.host(host).get(STORE).await.refused(404, "framework.not_found");
    }
    for host in ["a b", "..", "acme_orion", "@", "acme.orion.localhost/x", ""] {
        let (status, answer) = raw_request(app.address(), "GET", host, STORE);
        assert!(matches!(status, 400 | 404), "{host:?}: {answer}");
    }
}

#[tokio::test]
async fn other_addresses_of_a_shop_redirect_to_its_primary_one() {
    let app = TestApp::start().await;
    with_domains(&app).await;
    for host in ["acme-shop.test", "www.shop.acme.test"] {
        let answer = app.host(host).get("/products/mug?x=1").await.is(308);
        assert_eq!(answer.header("location"), Some("http://shop.acme.test/products/mug?x=1"), "{host}");
    }
}

#[tokio::test]
async fn a_former_label_redirects_and_stays_reserved() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let stores = admin.get("/stores?q=acme").await.is(200);
    let id = stores.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let store = admin.get(&format!("/stores/{id}")).await.is(200);
    let renaming = admin.with("if-match", store.header("etag").expect("a version"));
    renaming
        .patch(&format!("/stores/{id}"), json!({ "subdomain": "acme-new" }))
        .await
        .is(200);
    assert_eq!(name_at(&app, "acme-new.orion.localhost").await, "Acme");
    let answer = app.host("acme.orion.localhost").get("/products").await.is(308);
    assert_eq!(answer.header("location"), Some("http://acme-new.orion.localhost/products"));
    // Nobody else may take what still leads here.
    let platform = store.json["platform_id"].clone();
    let grab =
        json!({ "platform_id": platform, "name": "Thief", "code": "acme", "currency": "EUR", "owner": { "email": "owner@globex.test" } });
    admin.post("/stores", grab).await.refused(409, "tenancy.code_taken");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_former_label_leads_nowhere_and_is_free_when_its_time_is_over() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let path = format!("/stores/{}", app.store_id("acme").await);
    let admin = app.admin().await;
    let store = admin.get(&path).await.is(200);
    let renaming = admin.with("if-match", store.header("etag").expect("a version"));
    renaming.patch(&path, json!({ "subdomain": "acme-new" })).await.is(200);
    let old = app.host("acme.orion.localhost");
    clock.advance(TimeDelta::days(90) - TimeDelta::seconds(1));
    old.get("/products").await.is(308);
    // The answer above is remembered, and ends in time all the same.
    clock.advance(TimeDelta::seconds(1));
    old.get("/products").await.is(404);
    assert_eq!(name_at(&app, "acme-new.orion.localhost").await, "Acme");

    let path = format!("/stores/{}", app.store_id("globex").await);
    let admin = app.admin().await;
    let store = admin.get(&path).await.is(200);
    let taking = admin.with("if-match", store.header("etag").expect("a version"));
    taking.patch(&path, json!({ "subdomain": "acme" })).await.is(200);
    assert_eq!(name_at(&app, "acme.orion.localhost").await, "Globex");
    app.run_jobs().await;
}

#[tokio::test]
async fn areas_are_found_by_whole_segments_on_the_host_that_has_them() {
    let app = TestApp::start().await;
    let shop = app.host("acme.orion.localhost");
    shop.get("/api/v1/admin/stores").await.refused(404, "framework.not_found");
    shop.get("/api/v1/store/products").await.refused(401, "framework.unauthenticated");
    assert_eq!(shop.get("/storefront/products").await.is(308).header("location"), Some("/products"));
    assert_eq!(shop.get("/storefront").await.is(308).header("location"), Some("/"));
    let admin = app.host("admin.orion.localhost");
    admin.get("/api/v1/admin/stores").await.refused(401, "framework.unauthenticated");
    admin.get("/api/v1/storefront/products").await.refused(404, "framework.not_found");
    admin.get("/api/v1/store/products").await.refused(404, "framework.not_found");
    app.host("orion.localhost")
        .get("/api/v1/storefront/products")
        .await
        .refused(404, "framework.not_found");
}

#[tokio::test]
async fn in_development_a_path_names_the_shop_too() {
    let app = TestApp::start().await;
    for host in ["localhost", "127.0.0.1", "orion.localhost", "localhost:8080"] {
        let answer = app.host(host).get(&format!("/storefront/acme{STORE}")).await.is(200);
        assert_eq!(answer.json["name"], "Acme", "{host}");
    }
    let upper = app.host("localhost").get("/storefront/ACME/products?sort=price").await.is(308);
    assert_eq!(upper.header("location"), Some("/storefront/acme/products?sort=price"));
    app.host("localhost")
        .get(&format!("/storefront/nobody{STORE}"))
        .await
        .refused(404, "framework.not_found");
    app.host("lite.localhost")
        .get(&format!("/storefront/acme{STORE}"))
        .await
        .refused(404, "framework.not_found");
    app.host("localhost")
        .get("/store/acme/api/v1/store/products")
        .await
        .refused(401, "framework.unauthenticated");
}

#[tokio::test]
async fn on_a_shops_host_a_path_names_no_other_shop() {
    let app = TestApp::start().await;
    let acme = app.host("acme.orion.localhost");
    for foreign in [
        "/storefront/globex",
        "/storefront/Globex/products",
        "/storefront/globex/api/v1/storefront/store",
        "/store/globex/dashboard",
        "/store/globex/api/v1/store/products",
    ] {
        let answer = acme.get(foreign).await.is(404);
        assert!(!answer.text().contains("Globex"), "{foreign}: {}", answer.text());
    }
    for (own, without) in [
        ("/storefront/acme", "/"),
        ("/storefront/ACME/products?sort=price", "/products?sort=price"),
        ("/store/acme/products", "/store/products"),
        ("/store/acme", "/store"),
    ] {
        assert_eq!(acme.get(own).await.is(308).header("location"), Some(without), "{own}");
    }
    // What is no shop is a page, as before; the dashboard's own pages win over shops that are called like them.
    let nobody = acme.get("/store/nobody").await.is(404);
    assert_eq!(nobody.header("content-type"), Some("text/html; charset=utf-8"));
    diesel::sql_query("UPDATE stores SET code = 'orders' WHERE code = 'globex'")
        .execute(&mut app.owner_of_database())
        .expect("another code");
    app.services.directory.forget();
    acme.get("/store/orders").await.is(200);
    acme.get("/storefront/orders").await.is(404);
}

#[tokio::test]
async fn where_paths_name_no_shop_they_lead_nowhere() {
    let off = vec![("ORION_TENANCY_PATH_MODE", "false".to_owned())];
    let app = TestApp::start_with(TestOptions {
        variables: off,
        ..TestOptions::default()
    })
    .await;
    for path in ["/storefront/acme", "/store/acme/dashboard"] {
        app.host("localhost").get(path).await.is(404);
        app.host("orion.localhost").get(path).await.is(404);
    }
    assert_eq!(name_at(&app, "acme.orion.localhost").await, "Acme");
}

#[tokio::test]
async fn production_has_neither_paths_nor_mailbox() {
    let production = vec![("ORION_ENV", "production".to_owned()), ("ORION_AUTH_BCRYPT_COST", "10".to_owned())];
    let app = TestApp::start_with(TestOptions {
        variables: production,
        ..TestOptions::default()
    })
    .await;
    for path in ["/storefront/acme", "/store/acme/dashboard", "/dev", "/dev/mailbox"] {
        app.host("orion.localhost").get(path).await.is(404);
    }
    let login = app
        .administration()
        .post(
            "/auth/login",
            json!({ "email": "admin@orion.test", "password": orion_tests::PASSWORD }),
        )
        .await
        .is(200);
    let cookie = login.header("set-cookie").expect("a cookie");
    assert!(
        cookie.starts_with("__Host-orion_admin=") && cookie.contains("Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
}

#[tokio::test]
async fn tricks_with_a_path_lead_where_the_plain_path_leads() {
    let app = TestApp::start().await;
    let ask = |host: &str, target: &str| raw_request(app.address(), "GET", host, target);
    for target in [
        "//api/v1/admin/stores",
        "/x/%2e%2e/api/v1/admin/stores",
        "/x/../api/v1/admin/stores",
        "/./api/v1//admin/stores/",
    ] {
        assert_eq!(ask("acme.orion.localhost", target).0, 404, "{target} on a shop's host");
        assert_eq!(ask("admin.orion.localhost", target).0, 401, "{target} on the administration's host");
    }
    assert_eq!(ask("acme.orion.localhost", "//admin").0, 404);
    for target in ["/api%2fv1/admin/stores", "/assets/..%2f..%2fetc/passwd", "/a%5cb", "/a%00"] {
        assert_eq!(ask("acme.orion.localhost", target).0, 404, "{target}");
    }
}

#[tokio::test]
async fn what_a_stranger_forwards_counts_for_nothing() {
    let app = TestApp::start().await;
    let forwarded = |client: Client| {
        client
            .with("x-forwarded-host", "globex.orion.localhost")
            .with("referer", "http://globex.orion.localhost/")
    };
    let answer = forwarded(app.host("acme.orion.localhost")).get(STORE).await.is(200);
    assert_eq!(answer.json["name"], "Acme");
    let proxy = ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.0/8".to_owned());
    let unasked = TestApp::start_with(TestOptions {
        variables: vec![proxy.clone()],
        ..TestOptions::default()
    })
    .await;
    let answer = forwarded(unasked.host("acme.orion.localhost")).get(STORE).await.is(200);
    assert_eq!(
        answer.json["name"], "Acme",
        "a proxy that only adds headers passes on what a visitor made up"
    );
    let trusted = vec![proxy, ("ORION_TENANCY_FORWARDED_HOST", "true".to_owned())];
    let behind = TestApp::start_with(TestOptions {
        variables: trusted,
        ..TestOptions::default()
    })
    .await;
    let answer = forwarded(behind.host("acme.orion.localhost")).get(STORE).await.is(200);
    assert_eq!(answer.json["name"], "Globex", "a proxy that is trusted with it names the host");
    // Its word on the scheme decides whether cookies may travel in the open, a stranger's does not.
    for (server, secure) in [(&app, false), (&behind, true)] {
        let body = json!({ "email": "owner@acme.test", "password": orion_tests::PASSWORD });
        let door = server
            .dashboard("acme")
            .with("x-forwarded-proto", "https")
            // What the visitor has made up, and the line that the proxy has added.
            .with("x-forwarded-for", "198.51.100.66")
            .with("x-forwarded-for", "203.0.113.9");
        let login = door.post("/auth/login", body).await.is(200);
        let cookie = login.header("set-cookie").expect("a cookie");
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        let owner = server
            .dashboard("acme")
            .bearer(login.json["access_token"].as_str().expect("a token"));
        let sessions = owner.get("/me/sessions").await.is(200);
        let ip = &sessions.json["data"][0]["ip"];
        assert_eq!(ip == "203.0.113.9", secure, "{}", sessions.text());
    }
}

#[tokio::test]
async fn a_page_of_another_origin_may_not_write() {
    let app = TestApp::start().await;
    let body = json!({ "email": "owner@acme.test", "password": orion_tests::PASSWORD });
    let door = app.dashboard("acme");
    for origin in [
        "http://globex.orion.localhost",
        "http://evil.test",
        "null",
        "http://acme.orion.localhost.evil.test",
    ] {
        door.with("origin", origin)
            .post("/auth/login", &body)
            .await
            .refused(403, "framework.cross_origin");
    }
    door.with("sec-fetch-site", "same-site")
        .post("/auth/login", &body)
        .await
        .refused(403, "framework.cross_origin");
    door.with("origin", "http://acme.orion.localhost")
        .post("/auth/login", &body)
        .await
        .is(200);
}

#[tokio::test]
async fn a_closed_shop_says_so_and_its_staff_can_only_read() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let admin = app.admin().await;
    let id = app.store_id("acme").await;
    admin
        .post(&format!("/stores/{id}/suspend"), json!({ "reason": "unpaid bills" }))
        .await
        .is(200);
    let closed = app.shop("acme").get("/products").await;
    assert_eq!(closed.status, 503);
    closed.problem();
    owner.get("/products").await.is(200);
    let refused = owner.post("/products", orion_tests::product("Mug", 1200, 1)).await;
    assert!(refused.status >= 400, "{}", refused.text());
    refused.problem();
    admin.post(&format!("/stores/{id}/reactivate"), json!({})).await.is(200);
    app.shop("acme").get("/products").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn on_a_developers_machine_people_are_sent_to_a_host_that_is_there() {
    for (env, host) in [("development", "acme.orion.localhost"), ("test", "shop.acme.test")] {
        let app = TestApp::start_with(TestOptions {
            variables: vec![("ORION_ENV", env.to_owned()), ("ORION_AUTH_BCRYPT_COST", "10".to_owned())],
            ..TestOptions::default()
        })
        .await;
        with_domains(&app).await;
        let mug = app.sell_one("acme", "Mug", 1200, 5).await;
        app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
        app.run_jobs().await;
        let mail = app.text("SELECT text_body FROM mail_messages");
        assert!(mail.contains(&format!("//{host}/orders/")), "{env}: {mail}");
        let shop = format!("http://{host}");
        assert_eq!(
            app.owner("acme").await.get("/settings").await.is(200).json["storefront_url"],
            json!(shop)
        );
        let stores = app.admin().await.get("/stores?q=acme").await.is(200);
        assert_eq!(stores.json["data"][0]["storefront_url"], json!(shop), "{env}");
    }
}

#[tokio::test]
async fn a_new_domain_is_known_to_every_server_at_once() {
    let app = TestApp::start().await;
    let acme = app.store_id("acme").await;
    let other = app.second_server().await;
    let there = Client::new(other.address, "pots.example", "");
    // Asked for before it was anybody's, which that server remembers.
    there.get("/").await.is(404);
    let work = move |tx: &mut PlatformTx| add_domain(tx, acme, "pots.example", true);
    let added: Result<(), TenancyError> = app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), work).await;
    added.expect("the domain");
    let began = Instant::now();
    while there.get("/").await.status == 404 {
        assert!(began.elapsed() < Duration::from_secs(10), "the other server never hears of it");
        tokio::task::yield_now().await;
    }
    let shop = there.get("/").await.is(200);
    assert!(shop.text().contains("Acme"), "{}", shop.text());
    app.run_jobs().await;
}
