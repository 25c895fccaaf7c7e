//! The suite is tried, too.
//!
//! Isolation has two walls: `WHERE store_id = …` in every query, and row level security below it. A suite that only sees both of them
//! together would not notice that one is gone, so:
//! * `the_filters_hold_alone_when_row_level_security_is_open` (in `matrix.rs`) runs the whole matrix with policies that let everything
//!   through. By hand: take `.filter(products::store_id.eq(store))` out of `find_product` in catalog's `queries/products.rs`, and it says
//!   that `get_product` answers with a product of the other store.
//! * `mutations.rs` does so by itself, table by table: without filter and policy the matrix must find the leak, without the filter alone
//!   it must find none.
//! * the tests here run the same statement without a filter, with and without policies: the policies hold alone, and without them the
//!   statement shows foreign rows, so the two tests above do find what they look for.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use orion_framework::Services;
use orion_framework::db::{Actor, DbError, StoreTx};
use orion_tests::TestApp;
use serde_json::json;

/// Replaces every policy of the runtime role by one that lets everything through.
pub(super) fn open_policies(app: &TestApp) {
    app.owner_of_database()
        .batch_execute(
            "DO $$ DECLARE p record; BEGIN
                FOR p IN SELECT tablename, policyname FROM pg_policies WHERE 'orion_app' = ANY(roles) LOOP
                    EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename);
                    EXECUTE format('CREATE POLICY open ON %I TO orion_app USING (true) WITH CHECK (true)', p.tablename);
                END LOOP;
            END $$",
        )
        .expect("the policies are open");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many products a statement without a filter sees from within acme.
async fn products_seen_from_acme(app: &TestApp) -> i64 {
    seen_from_acme(app, "SELECT count(*) AS count FROM products").await
}

async fn seen_from_acme(app: &TestApp, sql: &'static str) -> i64 {
    let acme = app
        .services
        .directory
        .store_by_code("acme")
        .await
        .expect("the database")
        .expect("the store");
    let careless = move |tx: &mut StoreTx| {
        let row: Count = diesel::sql_query(sql).get_result(tx.conn())?;
        Ok::<_, DbError>(row.count)
    };
    app.services
        .store_read(&acme, Actor::system("tests"), careless)
        .await
        .expect("the count")
}

async fn one_product_each() -> TestApp {
    let app = TestApp::start().await;
    app.sell("acme", "Mug", 1200, 1).await;
    app.sell("globex", "Bell", 900, 1).await;
    app.run_jobs().await;
    app
}

#[tokio::test]
async fn row_level_security_holds_alone_when_a_filter_is_forgotten() {
    let app = one_product_each().await;
    assert_eq!(products_seen_from_acme(&app).await, 1);
}

#[tokio::test]
async fn without_row_level_security_a_forgotten_filter_shows() {
    let app = one_product_each().await;
    open_policies(&app);
    assert_eq!(
        products_seen_from_acme(&app).await,
        2,
        "the mutation changes nothing, so the tests that rely on it prove nothing"
    );
}

#[tokio::test]
async fn a_write_without_a_filter_stays_in_its_store() {
    let app = one_product_each().await;
    let acme = app
        .services
        .directory
        .store_by_code("acme")
        .await
        .expect("the database")
        .expect("the store");
    let careless = |tx: &mut StoreTx| {
        tx.no_audit("a mistake on purpose");
        Ok::<_, DbError>(diesel::sql_query("UPDATE products SET title = 'Mine'").execute(tx.conn())?)
    };
    let changed = app
        .services
        .store_tx(&acme, Actor::system("tests"), Default::default(), careless)
        .await
        .expect("the update");
    assert_eq!(changed, 1);
    assert_eq!(app.text("SELECT string_agg(title, ',' ORDER BY title) FROM products"), "Bell,Mine");
}

/// Every platform hides another entry of its dashboards.
async fn two_sidebars() -> TestApp {
    let app = TestApp::start().await;
    app.owner_of_database()
        .batch_execute(
            "INSERT INTO platform_sidebars (platform_id, entry_order, hidden, created_at, updated_at) \
             SELECT id, '{}', CASE code WHEN 'main' THEN '{categories}' ELSE '{products}' END::text[], now(), now() FROM platforms",
        )
        .expect("sidebars");
    app
}

/// Whether the entries of products and of categories are in the menu of acme's owner.
async fn shown_at_acme(app: &TestApp) -> (bool, bool) {
    let menu = app.owner("acme").await.get("/menu").await.is(200).text();
    (menu.contains("\"products\""), menu.contains("\"categories\""))
}

#[tokio::test]
async fn rows_of_platforms_have_both_walls_as_those_of_stores() {
    let app = two_sidebars().await;
    let all = "SELECT count(*) AS count FROM platform_sidebars";
    assert_eq!(seen_from_acme(&app, all).await, 1, "the policy does not hold alone");
    assert_eq!(shown_at_acme(&app).await, (true, false));
    open_policies(&app);
    assert_eq!(
        seen_from_acme(&app, all).await,
        2,
        "the mutation changes nothing, so the line below proves nothing"
    );
    assert_eq!(shown_at_acme(&app).await, (true, false), "the filter does not hold alone");
}

#[tokio::test]
async fn what_an_administrator_arranges_stays_on_its_platform_without_policies() {
    let app = two_sidebars().await;
    app.owner_of_database()
        .batch_execute(
            "DROP POLICY platform_scope ON platform_sidebars; \
             CREATE POLICY open ON platform_sidebars TO orion_platform USING (true) WITH CHECK (true)",
        )
        .expect("the policy is open");
    let lite = app.text("SELECT id FROM platforms WHERE code = 'lite'");
    let admin = app.administration().signed_in("lite-admin@orion.test").await;
    let path = format!("/platforms/{lite}/sidebar");
    let body = json!({ "order": ["orders"], "hidden": [] });
    admin.with("if-match", "*").put(&path, body).await.is(200);
    admin.post(&format!("{path}/reset"), json!({})).await.is(200);
    let others =
        "SELECT hidden::text || platform_sidebars.version FROM platform_sidebars JOIN platforms ON id = platform_id WHERE code = 'main'";
    assert_eq!(app.text(others), "{categories}1");
}

/// A module that could read the configuration's address would be the owner of all tables.
#[tokio::test]
async fn nothing_that_modules_are_given_leads_to_the_database() {
    let app = TestApp::start().await;
    let services: &Services = app.services.services();
    assert!(services.config.database.url.is_none() && services.config.database.direct_url.is_none());
    let shown = format!("{:?}", services.config);
    assert!(!shown.contains(app.services.db.url()), "the address of the database");
}
