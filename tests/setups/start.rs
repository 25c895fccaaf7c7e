//! Machines start everything at once, in no order.

use orion_tests::{Client, DataDir, ServerProcess};

use super::cluster;

#[tokio::test]
async fn a_server_waits_for_its_database_alive_and_not_ready() {
    let folder = DataDir::create();
    let postgres = cluster(&folder, None);
    let url = postgres.url().to_owned();
    postgres.stop().expect("PostgreSQL stops");
    let mut server = ServerProcess::start_alive(&url, &[], &[]).await;
    let probe = Client::new(server.address(), "localhost", "");
    probe.get("/health/live").await.is(200);
    probe.get("/health/ready").await.is(503);
    let postgres = cluster(&folder, None);
    server.until_ready().await;
    probe.get("/health").await.is(200);
    drop(server);
    postgres.stop().expect("PostgreSQL stops");
}
