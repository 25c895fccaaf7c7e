//! People who send slowly, too much at once, or never finish: everybody else is served meanwhile.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use orion_tests::{PASSWORD, ServerProcess, TestApp, TestDatabase, TestOptions};
use serde_json::json;

async fn app(variables: &[(&'static str, &str)]) -> TestApp {
    TestApp::start_with(TestOptions {
        variables: variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
        ..TestOptions::default()
    })
    .await
}

/// A request whose body is longer than what is sent of it.
fn begin(address: SocketAddr, length: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
    write!(
        stream,
        "POST /api/v1/store/auth/login HTTP/1.1\r\nHost: acme.orion.localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )
    .expect("the head leaves");
    // What the server has refused by then, it may not take.
    let _refused = stream.write_all(&vec![b' '; sent]);
    stream
}

/// The answer, until the server closes the connection.
fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0_u8; 4096];
    while let Ok(count @ 1..) = stream.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..count]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let app = app(&[("ORION_HTTP_BODY_TIMEOUT_S", "1")]).await;
    let address = app.address();
    for sent in [0, 10] {
        let answer = tokio::task::spawn_blocking(move || rest(begin(address, 1000, sent)))
            .await
            .expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer:?}");
        assert!(answer.contains("framework.timeout"), "{answer}");
    }
}

#[tokio::test]
async fn bodies_that_stop_in_the_middle_take_no_more_than_their_share() {
    let app = app(&[
        ("ORION_HTTP_BODIES_BYTES", "4194304"),
        ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let address = app.address();
    let stalled: Vec<TcpStream> = (0..20).map(|_| begin(address, 1_000_000, 950_000)).collect();
    // One of them has the share of its address; the others hear that there is no more.
    let waiting = tokio::task::spawn_blocking(move || {
        let waits = stalled.iter().filter(|stream| {
            stream.set_read_timeout(Some(Duration::from_secs(2))).expect("a time limit");
            stream.peek(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
        });
        (waits.count(), stalled)
    });
    let (waiting, _stalled) = waiting.await.expect("the answers");
    assert_eq!(waiting, 1, "bodies that the server goes on to wait for");
    app.host("acme.orion.localhost").get("/health/live").await.is(200);
    app.dashboard("acme")
        .with("x-forwarded-for", "198.51.100.7")
        .post("/auth/login", json!({ "email": "owner@acme.test", "password": PASSWORD }))
        .await
        .is(200);
}

#[tokio::test]
async fn a_storm_of_wrong_passwords_does_not_keep_the_owner_out() {
    let app = app(&[("ORION_AUTH_BCRYPT_COST", "10"), ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let storm: Vec<_> = (0..40)
        .map(|number| {
            let door = app.dashboard("acme").with("x-forwarded-for", "198.51.100.1");
            let guess = json!({ "email": format!("a{number}@acme.test"), "password": "wrong" });
            tokio::spawn(async move { door.post("/auth/login", guess).await.status })
        })
        .collect();
    let owner = app.dashboard("acme").with("x-forwarded-for", "203.0.113.5");
    let right = json!({ "email": "owner@acme.test", "password": PASSWORD });
    owner.post("/auth/login", right).await.is(200);
    let mut told = Vec::new();
    for guess in storm {
        told.push(guess.await.expect("an answer"));
    }
    assert!(told.iter().all(|status| matches!(status, 401 | 429)), "{told:?}");
    assert!(told.contains(&429), "{told:?}");
}

#[tokio::test]
async fn an_address_begins_so_many_carts_a_minute_and_no_more() {
    let app = app(&[("ORION_HTTP_CARTS_PER_MINUTE", "3"), ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    let add = json!({ "variant_id": mug, "quantity": 1 });
    let mut with_cart = app.shop("acme");
    for _ in 0..3 {
        let begun = app.shop("acme").post("/cart/items", &add).await.is(200);
        with_cart = app.shop("acme").with("orion-cart", begun.header("orion-cart").expect("a secret"));
    }
    let refused = app
        .shop("acme")
        .post("/cart/items", &add)
        .await
        .refused(429, "framework.rate_limited");
    assert!(refused.header("retry-after").is_some());
    with_cart.post("/cart/items", &add).await.is(200);
    let elsewhere = app.shop("acme").with("x-forwarded-for", "198.51.100.7");
    elsewhere.post("/cart/items", &add).await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM carts"), 4);
    app.run_jobs().await;
}

#[tokio::test]
async fn more_connections_than_a_shell_allows_leave_the_probes_their_answer() {
    let database = TestDatabase::create();
    let server = ServerProcess::start_after("ulimit -Sn 200", database.url()).await;
    let idle: Vec<TcpStream> = (0..400)
        .map(|_| TcpStream::connect(server.address()).expect("the server listens"))
        .collect();
    server.client("localhost").get("/health/live").await.is(200);
    drop(idle);
}
