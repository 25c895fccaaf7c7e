//! Commands of `orion`, run as a process.

mod audit;
mod backup;
mod seed;
mod webhooks;

use orion_tests::{PASSWORD, TestApp, TestDatabase, orion};
use orion_types::admin::ResolvedAddress;
use serde_json::json;

#[tokio::test]
async fn the_first_administrator_is_made_by_a_command_and_can_sign_in() {
    let app = TestApp::start().await;
    let url = app.services.db.url().to_owned();
    let create = |email: &str, password: &str| orion(&url, &["admin", "create", "--email", email, "--name", "Grace Hopper"], password);
    let made = create("Grace@Example.test", &format!("{PASSWORD}\n"));
    assert!(made.ok && made.out.contains("grace@example.test"), "{made:?}");
    assert!(!made.out.contains(PASSWORD) && !made.err.contains(PASSWORD), "{made:?}");
    let admin = app.administration().signed_in("grace@example.test").await;
    assert_eq!(
        admin.get("/stores").await.is(200).json["data"].as_array().map(Vec::len),
        Some(4),
        "all platforms are open"
    );
    let log = admin.get("/audit?action=admin_role.granted").await.is(200);
    assert_eq!(
        (&log.json["data"][0]["actor_kind"], &log.json["data"][0]["actor"]),
        (&json!("cli"), &json!("orion admin create"))
    );

    let users = app.count("SELECT count(*) FROM users");
    let taken = create("owner@acme.test", PASSWORD);
    assert!(!taken.ok && taken.err.contains("owner@acme.test"), "{taken:?}");
    let still = app.count("SELECT count(*) FROM admin_roles r JOIN users u ON u.id = r.user_id WHERE u.email = 'owner@acme.test'");
    assert_eq!(still, 0, "an account that was there has become an administrator's");
    for (email, password) in [
        ("new@example.test", "short"),
        ("new@example.test", "password1234"),
        ("new@example.test", ""),
        ("no address", PASSWORD),
    ] {
        let refused = create(email, password);
        assert!(!refused.ok && refused.err.starts_with("error: "), "{email} {password}: {refused:?}");
    }
    assert_eq!(app.count("SELECT count(*) FROM users"), users);
}

#[tokio::test]
async fn a_password_may_come_from_a_file() {
    let app = TestApp::start().await;
    let file = app.data_dir().join("password");
    std::fs::write(&file, format!("{PASSWORD}\n")).expect("a file");
    let path = file.display().to_string();
    let arguments = ["admin", "create", "--email", "grace@example.test", "--password-file", &path];
    let made = orion(app.services.db.url(), &arguments, "");
    assert!(made.ok, "{made:?}");
    app.administration().signed_in("grace@example.test").await;
}

#[test]
fn a_platform_is_made_by_a_command_once() {
    let database = TestDatabase::create();
    let create = || {
        let arguments = [
            "platform",
            "create",
            "--code",
            "main",
            "--name",
            "Main",
            "--domain",
            "Shops.Example",
        ];
        orion(database.url(), &arguments, "")
    };
    let made = create();
    assert!(made.ok && made.out.contains("admin.shops.example"), "{made:?}");
    let again = create();
    assert!(!again.ok && again.err.starts_with("error: "), "{again:?}");
    let strange = [
        "platform",
        "create",
        "--code",
        "two",
        "--name",
        "Two",
        "--domain",
        "two.example",
        "--module",
        "loyalty",
    ];
    let strange = orion(database.url(), &strange, "");
    assert!(!strange.ok && strange.err.contains("loyalty"), "{strange:?}");
}

#[tokio::test]
async fn where_a_path_leads_is_told_without_a_browser() {
    let app = TestApp::start().await;
    let resolve = |arguments: &[&str]| orion(app.services.db.url(), &[&["debug", "resolve"], arguments].concat(), "");
    let told = resolve(&["/storefront/acme/products", "--host", "localhost"]);
    assert!(told.ok, "{told:?}");
    let by_path: ResolvedAddress = serde_json::from_str(&told.out).expect("JSON");
    let parts = |address: &ResolvedAddress| {
        (
            address.mode.clone(),
            address.area.clone(),
            address.store.clone(),
            address.path.clone(),
        )
    };
    assert_eq!(
        parts(&by_path),
        ("path".into(), "storefront".into(), Some("acme".into()), Some("/products".into()))
    );
    let admin = app.admin().await.at_root();
    let asked = admin
        .get("/debug/resolve?host=localhost&path=/storefront/acme/products")
        .await
        .is(200);
    assert_eq!(asked.json::<ResolvedAddress>(), by_path, "the command and the endpoint differ");
    let asked: ResolvedAddress = admin
        .get("/debug/resolve?host=ACME.orion.localhost:80&path=/store//dashboard/")
        .await
        .is(200)
        .json();
    assert_eq!(
        parts(&asked),
        ("host".into(), "store".into(), Some("acme".into()), Some("/store/dashboard".into()))
    );
    assert_eq!(asked.host, "acme.orion.localhost");
    let nobody: ResolvedAddress = admin.get("/debug/resolve?host=nobody.orion.localhost").await.is(200).json();
    assert!(nobody.refused.is_some_and(|told| told.starts_with("404")) && nobody.store.is_none());
    assert!(!resolve(&["/", "--host", "nobody.orion.localhost"]).ok);
    // A shop's own host has no such page.
    app.host("acme.orion.localhost").get("/debug/resolve?host=localhost").await.is(404);
}

#[test]
fn every_route_is_listed_with_who_passes() {
    let told = orion("postgres://nowhere.invalid/none", &["routes", "--auth"], "");
    assert!(told.ok, "{told:?}");
    for line in [
        "GET    /api/v1/admin/stores",
        "GET    /api/v1/store/products",
        "POST   /api/v1/storefront/checkouts",
    ] {
        assert!(
            told.out.lines().any(|told| told.starts_with(line)),
            "{line} is missing in {}",
            told.out
        );
    }
    let gate = |route: &str| {
        let line = told
            .out
            .lines()
            .find(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ") == route);
        line.unwrap_or_else(|| panic!("{route} is not listed"))
            .split_whitespace()
            .skip(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(gate("GET /api/v1/admin/stores"), "admin");
    assert_eq!(gate("POST /api/v1/store/products"), "staff products.write");
    assert_eq!(gate("GET /api/v1/storefront/account/orders"), "customer");
    assert_eq!(gate("POST /api/v1/storefront/auth/login"), "anybody");
    assert!(
        told.out.lines().all(|line| line.split_whitespace().count() > 2),
        "a route without a gate: {}",
        told.out
    );
}
