//! What one shop does, and what people do who have no shop here, is nothing to the others.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{PgConnection, QueryableByName, RunQueryDsl};
use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_framework::tenancy::HostOwner;
use orion_tenancy::{NewPlatform, TenancyError, add_domain, create_platform};
use orion_tests::{Answer, Client, TestApp, TestOptions};
use serde_json::json;

const NAME: &str = "/api/v1/storefront/store";
const LIST: &str = "/api/v1/storefront/products";

/// Holds tables so that whoever asks for them waits.
fn hold(app: &TestApp, tables: &str) -> PgConnection {
    let mut owner = app.owner_of_database();
    owner
        .batch_execute(&format!("BEGIN; LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
        .expect("the tables");
    owner
}

/// The answer, if it needs nobody who waits.
async fn soon(answer: impl Future<Output = Answer>) -> Answer {
    tokio::time::timeout(Duration::from_secs(8), answer)
        .await
        .expect("it waits for what is none of its business")
}

#[tokio::test]
async fn a_store_that_saves_leaves_what_others_have_in_memory() {
    let app = TestApp::start().await;
    app.sell_one("acme", "Mug", 1200, 5).await;
    let globex = app.owner("globex").await;
    let second = app.second_server().await;
    let servers = [app.address(), second.address];
    let at = |address, host| Client::new(address, host, "");
    for address in servers {
        let list = at(address, "acme.orion.localhost").get(LIST).await.is(200);
        assert!(list.text().contains("Mug"), "{}", list.text());
        at(address, "globex.orion.localhost").get(NAME).await.is(200);
    }
    let read = globex.get("/settings").await.is(200);
    let version = read.header("etag").expect("a version").to_owned();
    globex
        .with("if-match", &version)
        .patch("/settings", json!({ "name": "Globex & Co" }))
        .await
        .is(200);
    let began = Instant::now();
    for address in servers {
        while !at(address, "globex.orion.localhost").get(NAME).await.text().contains("Globex & Co") {
            assert!(began.elapsed() < Duration::from_secs(10), "a server never hears of it");
            tokio::task::yield_now().await;
        }
    }
    // Nor does a product of one move what is known of another's.
    app.sell_one("globex", "Lamp", 900, 5).await;
    for address in servers {
        let began = Instant::now();
        while !at(address, "globex.orion.localhost").get(LIST).await.text().contains("Lamp") {
            assert!(began.elapsed() < Duration::from_secs(10), "a server never hears of it");
            tokio::task::yield_now().await;
        }
    }
    let _held = hold(&app, "products, product_variants, stores");
    for address in servers {
        soon(at(address, "acme.orion.localhost").get(LIST)).await.is(200);
    }
    app.leave_jobs("the tables are held");
}

#[tokio::test]
async fn hosts_that_nobody_knows_hold_up_neither_staff_nor_shops() {
    let app = TestApp::start().await;
    app.sell_one("acme", "Mug", 1200, 5).await;
    let staff = app.owner("acme").await;
    let shop = app.host("acme.orion.localhost");
    shop.get(NAME).await.is(200);
    let held = hold(&app, "store_subdomains");
    let strangers: Vec<_> = (0..200)
        .map(|number| {
            let stranger = app.host(&format!("x{number}.orion.localhost"));
            tokio::spawn(async move { stranger.get("/").await.status })
        })
        .collect();
    // Each of the pools that others use would be full by now.
    for _ in 0..3 {
        soon(staff.get("/products")).await.is(200);
        soon(shop.get(NAME)).await.is(200);
        soon(
            app.administration()
                .post("/auth/login", json!({ "email": "a@b.test", "password": "wrong" })),
        )
        .await
        .is(401);
    }
    drop(held);
    for stranger in strangers {
        let status = stranger.await.expect("an answer");
        assert!(matches!(status, 404 | 503), "{status}");
    }
    app.host("x199.orion.localhost").get("/").await.is(404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_shop_whose_work_waits_leaves_connections_to_the_others() {
    let app = TestApp::start().await;
    app.sell_one("globex", "Lamp", 900, 5).await;
    let (acme, globex) = (app.owner("acme").await, app.host("globex.orion.localhost"));
    let settings = acme.get("/settings").await.is(200);
    let version = settings.header("etag").expect("a version").to_owned();
    let mut held = app.owner_of_database();
    held.batch_execute("BEGIN; SELECT 1 FROM stores WHERE code = 'acme' FOR NO KEY UPDATE")
        .expect("acme's row");
    let waiting: Vec<_> = (0..30)
        .map(|number| {
            let acme = acme.with("if-match", &version);
            tokio::spawn(async move { acme.patch("/settings", json!({ "name": format!("Acme {number}") })).await.status })
        })
        .collect();
    let began = Instant::now();
    // As many as one store may have of the eight.
    while waiting_for_locks(&app) < 6 {
        assert!(began.elapsed() < Duration::from_secs(10), "nothing of acme's waits for its row");
        tokio::task::yield_now().await;
    }
    for number in 0..3 {
        soon(globex.get(&format!("{LIST}?q=lamp{number}"))).await.is(200);
    }
    drop(held);
    let mut answers = Vec::new();
    for waiting in waiting {
        answers.push(waiting.await.expect("an answer"));
    }
    assert!(answers.contains(&200), "{answers:?}");
    app.run_jobs().await;
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Transactions that wait for a row.
fn waiting_for_locks(app: &TestApp) -> i64 {
    let waiting = "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let rows: Vec<Count> = diesel::sql_query(waiting).load(&mut app.owner_of_database()).expect("what waits");
    rows[0].count
}

#[tokio::test]
async fn what_the_index_finds_of_known_cards_takes_no_connection() {
    let app = TestApp::start().await;
    app.sell_one("acme", "Mug", 1200, 5).await;
    let shop = app.host("acme.orion.localhost");
    shop.get(LIST).await.is(200);
    let _held = hold(&app, "products, product_variants, stores");
    for narrowed in ["max_price=5000", "q=mug&min_price=1000", "sort=price&max_price=1300"] {
        let list = soon(shop.get(&format!("{LIST}?{narrowed}"))).await.is(200);
        assert_eq!(list.json["data"][0]["title"], "Mug", "{narrowed}");
    }
    let suggested = soon(shop.get("/api/v1/storefront/search/suggestions?q=mu")).await.is(200);
    assert_eq!(suggested.json["data"][0]["title"], "Mug");
    for (typed, meant) in [("mugxyz", json!("mug")), ("qqqqzzzz", json!(null))] {
        let nothing = soon(shop.get(&format!("{LIST}?q={typed}"))).await.is(200);
        assert_eq!(
            (&nothing.json["data"], &nothing.json["suggestion"]),
            (&json!([]), &meant),
            "{typed}"
        );
    }
    app.leave_jobs("the tables are held");
}

#[tokio::test]
async fn made_up_hosts_and_codes_cost_no_question() {
    let app = TestApp::start().await;
    let globex = app.host("globex.orion.localhost");
    globex.get(NAME).await.is(200);
    app.host("nobody.orion.localhost").get("/").await.is(404);
    let _held = hold(&app, "stores, store_subdomains, store_domains, platforms");
    for number in 0..25 {
        for host in [
            format!("x{number}.orion.localhost"),
            format!("x{number}.example"),
            format!("www.x{number}.example"),
        ] {
            soon(app.host(&host).get(NAME)).await.refused(404, "framework.not_found");
        }
        // A shop's own host leads from another shop's path to its own page, whoever that may be.
        soon(globex.get(&format!("/storefront/x{number}"))).await.is(308);
    }
}

#[tokio::test]
async fn a_new_name_is_known_at_once_here_and_soon_elsewhere() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let at = |address| Client::new(address, "new.example", "");
    for address in [app.address(), second.address] {
        at(address).get(NAME).await.refused(404, "framework.not_found");
    }
    let acme = app.store_id("acme").await;
    let add = move |tx: &mut PlatformTx| add_domain(tx, acme, "new.example", true);
    let added = app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), add).await;
    added.expect("the domain");
    at(app.address()).get(NAME).await.is(200);
    let began = Instant::now();
    while at(second.address).get(NAME).await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(10), "the other server never hears of it");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_shop_with_many_answers_pushes_out_none_of_anybody_else() {
    let app = TestApp::start_with(TestOptions {
        variables: vec![("ORION_HTTP_CACHE_BYTES", "100000".to_owned())],
        ..TestOptions::default()
    })
    .await;
    app.sell_one("acme", "Mug", 1200, 5).await;
    app.sell_one("globex", "Lamp", 1200, 5).await;
    let (acme, globex) = (app.host("acme.orion.localhost"), app.host("globex.orion.localhost"));
    acme.get(LIST).await.is(200);
    for number in 0..150 {
        globex.get(&format!("{LIST}?q=lamp{number}")).await.is(200);
    }
    let _held = hold(&app, "products, product_variants, stores");
    soon(acme.get(LIST)).await.is(200);
    // Of its own it has kept the last.
    soon(globex.get(&format!("{LIST}?q=lamp149"))).await.is(200);
    app.leave_jobs("the tables are held");
}

#[tokio::test]
async fn another_spelling_of_an_address_is_no_other_answer() {
    let app = TestApp::start().await;
    app.sell_one("acme", "Mug", 1200, 5).await;
    let shop = app.host("acme.orion.localhost");
    let list = shop.get(&format!("{LIST}?q=mug&limit=5")).await.is(200);
    let product = format!("{LIST}/{}", list.json["data"][0]["slug"].as_str().expect("a slug"));
    let first = shop.get(&format!("{product}?utm_source=mail")).await.is(200);
    shop.get("/api/v1/storefront/home?utm_source=mail").await.is(200);
    let held = hold(&app, "products, product_variants, stores");
    for same in [format!("{LIST}?limit=5&q=mug"), format!("{LIST}?limit=5&&q=%6Dug&")] {
        assert_eq!(soon(shop.get(&same)).await.is(200).text(), list.text(), "{same}");
    }
    for mark in ["", "?", "?utm_source=other", "?a=1&b=2"] {
        let answer = soon(shop.get(&format!("{product}{mark}"))).await.is(200);
        assert_eq!(answer.text(), first.text(), "{mark}");
        soon(shop.get(&format!("/api/v1/storefront/home{mark}"))).await.is(200);
    }
    drop(held);
    // What an operation with parameters does not know it goes on refusing, however often.
    for _ in 0..2 {
        let refused = shop.get(&format!("{LIST}?q=mug&limit=5&utm_source=mail")).await;
        refused.refused(400, "framework.bad_query");
    }
    app.run_jobs().await;
}

fn platform(code: &str, domain: &str) -> NewPlatform {
    NewPlatform {
        code: code.to_owned(),
        name: code.to_owned(),
        domain: domain.to_owned(),
        modules: Vec::new(),
    }
}

#[tokio::test]
async fn no_platform_lies_below_another() {
    let app = TestApp::start().await;
    for domain in [
        "orion.localhost",
        "eu.orion.localhost",
        "a.b.orion.localhost",
        "localhost",
        "EU.Orion.localhost.",
    ] {
        let services = app.services.clone();
        let make = move |tx: &mut PlatformTx| create_platform(tx, &services.modules, &platform("eu", domain));
        let made = app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), make).await;
        let Err(TenancyError::PlatformTaken { pointer, .. }) = made else {
            panic!("{domain}: {made:?}");
        };
        assert_eq!(pointer, "/domain", "{domain}");
    }
    let services = app.services.clone();
    let make = move |tx: &mut PlatformTx| create_platform(tx, &services.modules, &platform("eu", "europe-orion.localhost"));
    let made = app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), make).await;
    made.expect("another name with the same end is another name");
}

#[tokio::test]
async fn a_platform_that_lies_below_another_is_no_label_of_it() {
    let app = TestApp::start().await;
    app.owner_of_database()
        .batch_execute(
            "INSERT INTO platforms (id, code, name, domain, created_at, updated_at) \
             VALUES (gen_random_uuid(), 'eu', 'Europe', 'eu.orion.localhost', now(), now())",
        )
        .expect("a platform of before");
    app.services.directory.forget();
    let owner = async |host: &str| app.services.directory.owner(host).await.expect("an answer");
    let HostOwner::Platform(platform) = owner("eu.orion.localhost").await else {
        panic!("its domain is taken for a label");
    };
    assert_eq!(platform.code, "eu");
    let HostOwner::Admin(platform) = owner("admin.eu.orion.localhost").await else {
        panic!("its administration is nowhere");
    };
    assert_eq!(platform.code, "eu");
}
