//! The proxy as the documentation prints it.

use std::net::SocketAddr;

use orion_tests::{Client, DataDir, TestApp, TestOptions};

use super::{Served, free_port, program};

const OPERATIONS: &str = include_str!("../../docs/operations.md");
const TOKEN: &str = "a token for whoever watches the shops";
const STORE: &str = "/api/v1/storefront/store";

/// The block of nginx' settings in the documentation, changed where a test has no certificate, no well-known ports and a server elsewhere.
fn printed(orion: SocketAddr, port: u16) -> String {
    let (_, after) = OPERATIONS.split_once("```nginx\n").expect("the settings of nginx are printed");
    let (block, _) = after.split_once("```").expect("the block ends");
    let lines = block.lines().filter(|line| !line.contains("ssl_certificate"));
    let block = lines.collect::<Vec<_>>().join("\n");
    assert!(
        block.contains("listen 443 ssl;") && block.contains("http://127.0.0.1:8080"),
        "{block}"
    );
    block
        .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};"))
        .replace("http://127.0.0.1:8080", &format!("http://{orion}"))
        .replace(
            "server_name orion.example *.orion.example;",
            "server_name orion.localhost *.orion.localhost;",
        )
}

#[tokio::test]
async fn behind_the_printed_proxy_nobody_chooses_a_tenant_by_a_header() {
    let app = TestApp::start_with(TestOptions {
        // As the unit for systemd prints it.
        variables: vec![
            ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
            ("ORION_METRICS_TOKEN", TOKEN.to_owned()),
        ],
        ..TestOptions::default()
    })
    .await;
    assert!(OPERATIONS.contains("ORION_TENANCY_TRUSTED_PROXIES=127.0.0.1"));
    let folder = DataDir::create();
    let port = free_port();
    let here = folder.path().display();
    let settings = format!(
        "daemon off; pid {here}/nginx.pid; error_log {here}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n\
         client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;\n{}\n}}\n",
        printed(app.address(), port)
    );
    let file = folder.path().join("nginx.conf");
    std::fs::write(&file, settings).expect("the settings");
    let door = SocketAddr::from(([127, 0, 0, 1], port));
    let visitor = |host: &str| Client::new(door, host, "");
    let _nginx = Served::start(&program("nginx"), &["-c", &file.display().to_string()], false)
        .until(async || {
            visitor("acme.orion.localhost")
                .try_send(reqwest::Method::GET, STORE, None)
                .await
                .is_ok()
        })
        .await;

    let honest = visitor("acme.orion.localhost").get(STORE).await.is(200);
    assert_eq!(honest.json["name"], "Acme");
    for chosen in ["globex.orion.localhost", "admin.orion.localhost", "localhost"] {
        let visitor = visitor("acme.orion.localhost").with("x-forwarded-host", chosen);
        assert_eq!(visitor.get(STORE).await.is(200).json["name"], "Acme", "{chosen}");
        visitor.get("/api/v1/admin/stores").await.is(404);
    }
    // What the proxy does say still counts: the visitor's address is the one nginx has seen, whatever else was claimed.
    let spoofed = visitor("acme.orion.localhost").with("x-forwarded-for", "203.0.113.9");
    spoofed.get("/metrics").await.is(404);
    // Who shows the token sees them, through the proxy and by its name.
    let watcher = visitor("orion.localhost").bearer(TOKEN).get("/metrics").await.is(200);
    assert!(watcher.text().contains("process_resident_memory_bytes"), "{}", watcher.text());
}
