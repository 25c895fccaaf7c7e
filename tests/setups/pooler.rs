//! PgBouncer, pooling transactions, as hosted databases put it before PostgreSQL.

use std::path::Path;

use diesel::{Connection, PgConnection};
use orion_postgres::PrivatePostgres;
use orion_tests::{DataDir, TestApp, TestOptions, orion};
use serde_json::json;

use super::{Served, cluster, free_port, program};

/// Starts PgBouncer with fewer connections to PostgreSQL than the server opens to it, so that transactions do change connections.
async fn pgbouncer(folder: &Path, postgres: &PrivatePostgres) -> (Served, String) {
    let port = free_port();
    let (socket_dir, pg_port) = socket(postgres.url());
    let settings = format!(
        "[databases]\norion = host={socket_dir} port={pg_port} dbname=orion user=orion\n\
         [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n\
         pool_mode = transaction\ndefault_pool_size = 3\nmax_client_conn = 100\nserver_round_robin = 1\n\
         logfile = {folder}/pgbouncer.log\npidfile = {folder}/pgbouncer.pid\n",
        folder = folder.display()
    );
    let file = folder.join("pgbouncer.ini");
    std::fs::write(&file, settings).expect("the settings");
    let url = format!("postgres://orion@127.0.0.1:{port}/orion");
    let served = Served::start(&program("pgbouncer"), &[&file.display().to_string()], true);
    let served = served.until(async || PgConnection::establish(&url).is_ok()).await;
    (served, url)
}

/// Folder and port of a socket's address.
fn socket(url: &str) -> (String, String) {
    let part = |key: &str| {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let value = query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        value.map(|value| value.replace("%2F", "/"))
    };
    (part("host").expect("a folder"), part("port").unwrap_or_else(|| "5432".to_owned()))
}

#[tokio::test]
async fn a_shop_sells_behind_a_pooler_of_transactions() {
    let folder = DataDir::create();
    let postgres = cluster(&folder, None);
    orion::server::migrate_database(postgres.url()).expect("the migrations run");
    let (_pgbouncer, url) = pgbouncer(folder.path(), &postgres).await;
    let app = TestApp::start_with(TestOptions {
        url: Some(url),
        variables: vec![
            ("ORION_DATABASE_POOLER", "transaction".to_owned()),
            ("ORION_DATABASE_DIRECT_URL", postgres.url().to_owned()),
            ("ORION_HTTP_CACHE_BYTES", "0".to_owned()),
        ],
        ..TestOptions::default()
    })
    .await;
    app.host("localhost").get("/health/ready").await.is(200);
    let mug = app.sell_one("acme", "Mug", 1200, 30).await;
    let kettle = app.sell_one("globex", "Kettle", 4500, 30).await;
    // Side by side, so that two shops share the three connections in turns.
    let orders = (0..20).map(|turn| {
        let (store, item) = if turn % 2 == 0 { ("acme", mug) } else { ("globex", kettle) };
        let app = &app;
        async move {
            let buyer = app.buyer(store, &[(item, 1)]).await;
            let total = buyer.total().await;
            let key = format!("order-{turn}");
            buyer.place(&key, total, &json!({ "provider": "manual" })).await.is(201);
        }
    });
    futures_util::future::join_all(orders).await;
    app.run_jobs().await;
    assert_eq!(
        app.text("SELECT string_agg(n::text, ' ') FROM (SELECT count(*) AS n FROM orders GROUP BY store_id) AS per_store"),
        "10 10"
    );
    assert_eq!(app.count("SELECT sum(reserved) FROM inventory_levels"), 20);
    drop(app);
}

#[tokio::test]
async fn a_pooler_that_nobody_told_of_is_refused_in_a_sentence() {
    let folder = DataDir::create();
    let postgres = cluster(&folder, None);
    let migrated = orion(postgres.url(), &["migrate"], "");
    assert!(migrated.ok, "{migrated:?}");
    let (_pgbouncer, url) = pgbouncer(folder.path(), &postgres).await;
    let refused = orion(&url, &["serve", "--no-migrate"], "");
    assert!(
        !refused.ok && refused.err.contains("ORION_DATABASE_POOLER=transaction"),
        "{refused:?}"
    );
    let half = orion_tests::orion_with(&url, &["serve"], "", &[("ORION_DATABASE_POOLER", "transaction")]);
    assert!(!half.ok && half.err.contains("ORION_DATABASE_DIRECT_URL"), "{half:?}");
}
