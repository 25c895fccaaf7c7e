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
    let acme = app
        .services
        .directory
        .store_by_code("acme")
        .await
        .expect("the database")
        .expect("the store");
    let careless = |tx: &mut StoreTx| {
        let row: Count = diesel::sql_query("SELECT count(*) AS count FROM products").get_result(tx.conn())?;
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

/// A module that could read the configuration's address would be the owner of all tables.
#[tokio::test]
async fn nothing_that_modules_are_given_leads_to_the_database() {
    let app = TestApp::start().await;
    let services: &Services = app.services.services();
    assert!(services.config.database.url.is_none() && services.config.database.direct_url.is_none());
    let shown = format!("{:?}", services.config);
    assert!(!shown.contains(app.services.db.url()), "the address of the database");
}
