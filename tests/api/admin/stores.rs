//! `/api/v1/admin/stores`

use orion_tests::{PASSWORD, TestApp};
use orion_types::Page;
use orion_types::admin::{AdminStore, Platform};
use serde_json::{Value, json};

async fn main_platform(app: &TestApp) -> Platform {
    let platforms: Vec<Platform> = app.admin().await.get("/platforms").await.is(200).rows();
    platforms
        .into_iter()
        .find(|platform| platform.code == "main")
        .expect("the platform main")
}

fn new_store(platform: &Platform, code: &str) -> Value {
    json!({
        "platform_id": platform.id, "name": "Initech", "code": code, "currency": "CHF", "locale": "de", "timezone": "Europe/Zurich",
        "owner": { "email": format!("owner@{code}.test"), "name": "Bill Lumbergh", "password": PASSWORD },
    })
}

#[tokio::test]
async fn a_store_that_is_made_open_sells_at_once_and_its_owner_can_work() {
    let app = TestApp::start().await;
    let main = main_platform(&app).await;
    let mut open = new_store(&main, "initech");
    open["open"] = json!(true);
    let answer = app.admin().await.post("/stores", open).await.is(201);
    let store: AdminStore = answer.json();
    assert_eq!(
        (store.code.as_str(), store.platform_code.as_str(), store.owner_email.as_str()),
        ("initech", "main", "owner@initech.test")
    );
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/admin/stores/{}", store.id).as_str())
    );
    let variant = app.sell_one("initech", "Stapler", 1500, 3).await;
    let buyer = app.buyer("initech", &[(variant, 1)]).await;
    let order = buyer.buy().await.is(201);
    assert_eq!(
        order.json["confirmation"]["totals"]["total"],
        json!({ "amount_minor": 1500, "currency": "CHF" })
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_taken_code_is_refused_and_so_is_a_reserved_one() {
    let app = TestApp::start().await;
    let (admin, main) = (app.admin().await, main_platform(&app).await);
    let stores = || app.count("SELECT count(*) FROM stores");
    let before = stores();
    let mut taken = new_store(&main, "acme");
    taken["owner"]["email"] = json!("owner@initech.test");
    admin.post("/stores", taken).await.refused(409, "tenancy.code_taken").at("/code");
    for code in [
        "admin",
        "www",
        "api",
        "ab",
        "Acme Shop",
        "-acme",
        "acme-",
        "a--b",
        "x".repeat(64).as_str(),
    ] {
        admin
            .post("/stores", new_store(&main, code))
            .await
            .refused(422, "framework.invalid")
            .at("/code");
    }
    let mut wrong = new_store(&main, "initech");
    wrong["currency"] = json!("XXQ");
    admin.post("/stores", wrong).await.refused(422, "framework.invalid").at("/currency");
    assert_eq!(stores(), before);
}

#[tokio::test]
async fn a_store_is_found_by_part_of_what_is_known_of_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (words, found) in [
        ("glob", vec!["globex"]),
        ("owner@tokyo", vec!["tokyo"]),
        ("nothing like it", vec![]),
    ] {
        let page: Page<AdminStore> = admin.get(&format!("/stores?q={}", words.replace(' ', "%20"))).await.is(200).json();
        assert_eq!(
            page.data.iter().map(|store| store.code.as_str()).collect::<Vec<_>>(),
            found,
            "{words}"
        );
    }
    let first: Page<AdminStore> = admin.get("/stores?limit=3").await.is(200).json();
    let rest: Page<AdminStore> = admin
        .get(&format!("/stores?limit=3&cursor={}", first.next_cursor.expect("a cursor")))
        .await
        .is(200)
        .json();
    let mut codes: Vec<String> = first.data.into_iter().chain(rest.data).map(|store| store.code).collect();
    codes.sort();
    assert_eq!(codes, ["acme", "globex", "plain", "tokyo"]);
    assert!(!rest.has_more);
}

#[tokio::test]
async fn an_administrator_of_one_platform_sees_no_other() {
    let app = TestApp::start().await;
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    let page: Page<AdminStore> = lite.get("/stores").await.is(200).json();
    assert_eq!(page.data.iter().map(|store| store.code.as_str()).collect::<Vec<_>>(), ["plain"]);
    let acme = app.store_id("acme").await;
    lite.get(&format!("/stores/{acme}")).await.refused(404, "framework.not_found");
    lite.post(&format!("/stores/{acme}/suspend"), json!({ "reason": "x" }))
        .await
        .refused(404, "framework.not_found");
    let main = main_platform(&app).await;
    lite.post("/stores", new_store(&main, "initech"))
        .await
        .refused(422, "framework.invalid")
        .at("/platform_id");
    lite.get(&format!("/platforms/{}/modules", main.id))
        .await
        .refused(404, "framework.not_found");
    assert_eq!(app.text("SELECT status FROM stores WHERE code = 'acme'"), "active");
}

#[tokio::test]
async fn staff_and_customers_are_no_administrators() {
    let app = TestApp::start().await;
    app.administration()
        .post("/auth/login", json!({ "email": "owner@acme.test", "password": PASSWORD }))
        .await
        .refused(401, "auth.invalid_credentials");
}

#[tokio::test]
async fn what_was_done_is_in_the_audit_log() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.store_id("acme").await;
    admin
        .post(&format!("/stores/{acme}/suspend"), json!({ "reason": "unpaid bills" }))
        .await
        .is(200);
    let log = admin.get(&format!("/audit?store={acme}&limit=100")).await.is(200);
    let entry = &log.json["data"][0];
    assert_eq!(entry["action"], "store.suspended");
    assert_eq!(entry["entity_id"], json!(acme));
    app.run_jobs().await;
}

#[tokio::test]
async fn stores_are_sorted_by_name_page_by_page() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let names = async |sort: &str| {
        let (mut names, mut cursor) = (Vec::new(), String::new());
        loop {
            let page: Page<AdminStore> = admin.get(&format!("/stores?limit=1&sort={sort}{cursor}")).await.is(200).json();
            names.extend(page.data.into_iter().map(|store| store.name));
            match page.next_cursor {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return names,
            }
        }
    };
    assert_eq!(names("name").await, ["Acme", "Globex", "Plain", "Tokyo"]);
    assert_eq!(names("-name").await, ["Tokyo", "Plain", "Globex", "Acme"]);
    assert_eq!(names("created_at").await, ["Acme", "Globex", "Tokyo", "Plain"]);
    admin.get("/stores?sort=owner").await.refused(400, "framework.bad_query").at("sort");
}

#[tokio::test]
async fn the_audit_log_says_in_which_store_and_what_changed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let store = admin.get("/stores?q=globex").await.is(200).json["data"][0].clone();
    let path = format!("/stores/{}/suspend", store["id"].as_str().expect("an id"));
    admin.post(&path, json!({ "reason": "Unpaid invoices" })).await.is(200);
    let line = admin.get("/audit?action=store.suspended").await.is(200).json["data"][0].clone();
    assert_eq!(line["store"], "globex");
    let changes = line["changes"].as_array().expect("changes").clone();
    assert!(
        changes.contains(&json!({ "field": "status", "before": "active", "after": "suspended" })),
        "{changes:?}"
    );
    assert!(changes.iter().any(|change| change["after"] == "Unpaid invoices"), "{changes:?}");
}
