//! `orion audit verify`: what is done to the audit log behind the server's back shows.

use diesel::connection::SimpleConnection;
use orion_tests::{TestApp, orion, product};

/// A shop whose owner has done some things, which are tied together.
async fn with_history() -> TestApp {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for name in ["Mug", "Bowl", "Plate", "Cup"] {
        owner.post("/products", product(name, 1200, 5)).await.is(201);
    }
    chain(&app).await;
    app
}

async fn chain(app: &TestApp) {
    app.tidy().await;
    app.run_jobs().await;
}

fn verify(app: &TestApp, more: &[&str]) -> (bool, String) {
    let arguments: Vec<&str> = ["audit", "verify"].iter().chain(more).copied().collect();
    let told = orion(app.services.db.url(), &arguments, "");
    (told.ok, format!("{}{}", told.out, told.err))
}

/// As somebody who owns the database and stops at nothing; `$acme` is the store, `$nth(2)` the entry in that place.
fn tamper(app: &TestApp, sql: &str) {
    let acme = app.text("SELECT id::text FROM stores WHERE code = 'acme'");
    let entry = format!("(SELECT id FROM audit_chain WHERE store_id = '{acme}' AND position = 2)");
    let sql = sql.replace("$acme", &format!("'{acme}'")).replace("$second", &entry);
    app.owner_of_database()
        .batch_execute(&format!(
            "SET session_replication_role = replica; {sql}; SET session_replication_role = origin"
        ))
        .expect("the owner of a database may do anything");
}

#[tokio::test]
async fn a_log_that_nobody_has_touched_verifies_and_goes_on() {
    let app = with_history().await;
    let unchained =
        "SELECT count(*) FROM audit_log a WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.store_id = a.store_id AND c.id = a.id)";
    assert_eq!(app.count(unchained), 0);
    let entries = app.count("SELECT count(*) FROM audit_log a JOIN stores s ON s.id = a.store_id WHERE s.code = 'acme'");
    assert!(entries >= 4);
    let (ok, told) = verify(&app, &[]);
    assert!(
        ok && told.contains(&format!("acme: {entries} entries, the last is {entries}:")),
        "{told}"
    );
    assert!(told.contains("-: ") && told.contains("globex: "), "{told}");
    // What has come since waits for the next run, and then the row goes on.
    let owner = app.owner("acme").await;
    owner.post("/products", product("Jug", 1200, 5)).await.is(201);
    let (ok, told) = verify(&app, &["--store", "acme"]);
    assert!(ok && told.contains("of the last minutes are tied with the next run"), "{told}");
    chain(&app).await;
    assert_eq!(app.count(unchained), 0);
    let places = app.text(
        "SELECT count(*) || ' ' || min(position) || ' ' || max(position) || ' ' || count(DISTINCT position) FROM audit_chain c \
         JOIN stores s ON s.id = c.store_id WHERE s.code = 'acme'",
    );
    let after = app.count("SELECT count(*) FROM audit_log a JOIN stores s ON s.id = a.store_id WHERE s.code = 'acme'");
    assert_eq!(places, format!("{after} 1 {after} {after}"));
    assert!(verify(&app, &[]).0);
    let (ok, told) = verify(&app, &["--store", "nobody"]);
    assert!(!ok && told.contains("no store has the code nobody"), "{told}");
}

#[tokio::test]
async fn what_was_changed_removed_or_put_in_is_named() {
    for (what, sql, expected) in [
        (
            "an entry",
            "UPDATE audit_log SET changes = '{}' WHERE store_id = $acme AND id = $second",
            "entry 2 (",
        ),
        (
            "who did it",
            "UPDATE audit_log SET actor_label = 'eve' WHERE store_id = $acme AND id = $second",
            "was changed",
        ),
        (
            "a microsecond",
            "UPDATE audit_log SET created_at = created_at + interval '1 microsecond' WHERE store_id = $acme AND id = $second",
            "was changed",
        ),
        (
            "an entry is gone",
            "DELETE FROM audit_log WHERE store_id = $acme AND id = $second",
            "was removed",
        ),
        (
            "an entry and its link are gone",
            "WITH gone AS (DELETE FROM audit_chain WHERE store_id = $acme AND position = 2 RETURNING id) \
             DELETE FROM audit_log WHERE store_id = $acme AND id IN (SELECT id FROM gone)",
            "the links from 2 on were removed",
        ),
        (
            "places are changed for one another",
            "UPDATE audit_chain SET position = position + 100 WHERE store_id = $acme AND position = 2; \
             UPDATE audit_chain SET position = 2 WHERE store_id = $acme AND position = 3; \
             UPDATE audit_chain SET position = 3 WHERE store_id = $acme AND position = 102",
            "entry 2 (",
        ),
        (
            "an entry of last year",
            "INSERT INTO audit_log SELECT (jsonb_populate_record(a, '{\"id\": \"01900000-0000-7000-8000-000000000001\"}')).* \
             FROM audit_log a WHERE store_id = $acme AND id = $second",
            "entry 01900000-0000-7000-8000-000000000001 was put in later",
        ),
    ] {
        let app = with_history().await;
        tamper(&app, sql);
        let (ok, told) = verify(&app, &[]);
        assert!(!ok && told.contains(expected), "{what}: {told}");
        assert!(told.contains("the audit log is not as it was written"), "{what}: {told}");
        // Only the store that it was done to.
        assert!(verify(&app, &["--store", "globex"]).0, "{what}");
        // Nobody ties it together again afterwards.
        chain(&app).await;
        assert!(!verify(&app, &["--store", "acme"]).0, "{what}: mended by the next run");
    }
}

#[tokio::test]
async fn what_is_cut_off_at_the_end_shows_to_who_has_noted_it() {
    let app = with_history().await;
    let (_, told) = verify(&app, &["--store", "acme"]);
    let anchor = told.trim().rsplit(' ').next().expect("a place").to_owned();
    let noted = ["--store", "acme", "--anchor", anchor.as_str()];
    assert!(verify(&app, &noted).0);
    // A place stays good while the row goes on.
    let owner = app.owner("acme").await;
    owner.post("/products", product("Jug", 1200, 5)).await.is(201);
    chain(&app).await;
    assert!(verify(&app, &noted).0);
    let position: i64 = anchor.split(':').next().and_then(|text| text.parse().ok()).expect("a position");
    tamper(
        &app,
        &format!(
            "WITH gone AS (DELETE FROM audit_chain WHERE store_id = $acme AND position >= {position} RETURNING id) \
             DELETE FROM audit_log WHERE store_id = $acme AND id IN (SELECT id FROM gone)"
        ),
    );
    assert!(verify(&app, &["--store", "acme"]).0, "what is left fits");
    let (ok, told) = verify(&app, &noted);
    assert!(!ok && told.contains(&format!("place {position} is not what was noted")), "{told}");
}

#[tokio::test]
async fn no_role_of_the_server_rewrites_the_row() {
    let app = with_history().await;
    for role in ["orion_app", "orion_platform"] {
        for sql in [
            "UPDATE audit_chain SET position = position",
            "DELETE FROM audit_chain",
            "TRUNCATE audit_chain",
        ] {
            let tried = app.owner_of_database().batch_execute(&format!("SET ROLE {role}; {sql}"));
            assert!(tried.is_err(), "{role} may {sql}");
        }
    }
    let read = app
        .owner_of_database()
        .batch_execute("SET ROLE orion_app; SELECT * FROM audit_chain");
    assert!(read.is_err(), "a store's transaction reads links");
}

/// An entry that somebody's server has written at another time than now; `id` says when.
fn written(app: &TestApp, store: &str, id: &str) {
    app.owner_of_database()
        .batch_execute(&format!(
            "SET session_replication_role = replica; \
             INSERT INTO audit_log (store_id, id, actor_kind, actor_label, action, entity, created_at) \
             SELECT id, '{id}', 'system', 'tests', 'product.updated', 'products', now() FROM stores WHERE code = '{store}'; \
             SET session_replication_role = origin"
        ))
        .expect("the owner of a database may do anything");
}

#[tokio::test]
async fn a_store_that_a_run_did_not_come_to_is_tied_by_the_next_one_however_long_it_has_been_quiet() {
    let app = with_history().await;
    let globex = "(SELECT id FROM stores WHERE code = 'globex')";
    tamper(
        &app,
        &format!("DELETE FROM audit_chain WHERE store_id = {globex}; DELETE FROM audit_log WHERE store_id = {globex}"),
    );
    // In the year 2024: long before the newest entry that is tied.
    written(&app, "globex", "01900000-0000-7000-8000-000000000001");
    chain(&app).await;
    let (ok, told) = verify(&app, &["--store", "globex"]);
    assert!(ok && told.contains("globex: 1 entries, the last is 1:"), "{told}");
}

#[tokio::test]
async fn what_is_written_beside_a_server_whose_clock_is_ahead_is_tied_too() {
    let app = with_history().await;
    // In the year 2109.
    written(&app, "acme", "04000000-0000-7000-8000-000000000001");
    chain(&app).await;
    let owner = app.owner("acme").await;
    owner.post("/products", product("Jug", 1200, 5)).await.is(201);
    chain(&app).await;
    let (ok, told) = verify(&app, &[]);
    assert!(ok, "{told}");
    assert!(!told.contains("tied with the next run"), "{told}");
}
