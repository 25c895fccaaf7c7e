//! What one shop does, and what people do who have no shop here, is nothing to the others.

use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_framework::tenancy::HostOwner;
use orion_tenancy::{NewPlatform, TenancyError, create_platform};
use orion_tests::{Answer, Client, TestApp};
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
        let Err(TenancyError::Invalid(refused)) = made else {
            panic!("{domain}: {made:?}");
        };
        assert!(format!("{refused:?}").contains("/domain"), "{refused:?}");
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
