//! Certificates by pebble, with which the makers of the protocol test, and names by the server that comes with it.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::RunQueryDsl;
use orion_tests::{Client, DataDir, TestApp, TestOptions, orion_with};
use orion_types::certificates::Certificate;
use orion_types::domain::Domain;
use orion_types::status::{CertificateStatus, DomainStatus};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{Served, free_port, program};

const NAME: &str = "/api/v1/storefront/store";
const SHOP: &str = "shop.acme.test";
/// An account that pebble knows already: it is told to want one.
const ACCOUNT: (&str, &str) = ("kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");

/// An authority, and the names that it and the server ask for; everybody lives on 127.0.0.1 unless told otherwise.
struct World {
    folder: DataDir,
    http: reqwest::Client,
    names: SocketAddr,
    names_management: SocketAddr,
    door: SocketAddr,
    management: SocketAddr,
    _names: Served,
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

impl World {
    async fn start() -> Self {
        let folder = DataDir::create();
        let root = make_certificates(&folder);
        let http = reqwest::Client::builder().add_root_certificate(root).build().expect("a client");
        let [names, names_management, door, management] = [(); 4].map(|()| loopback(free_port()));
        let mut command = Command::new(program("pebble-challtestsrv"));
        command.args(["-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""]);
        command.args(["-dns01", &names.to_string(), "-management", &names_management.to_string()]);
        let ask = http.clone();
        let started = Served::run(command)
            .until(async || ask.get(format!("http://{names_management}/")).send().await.is_ok())
            .await;
        Self {
            folder,
            http,
            names,
            names_management,
            door,
            management,
            _names: started,
        }
    }

    /// The settings of servers that ask it for certificates.
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("ORION_DOMAINS_RESOLVER", self.names.to_string()),
            ("ORION_DOMAINS_ADDRESSES", "127.0.0.1".to_owned()),
            ("ORION_TLS_LISTEN", "127.0.0.1:0".to_owned()),
            ("ORION_PUBLIC_SCHEME", "https".to_owned()),
            ("ORION_PUBLIC_PORT", "443".to_owned()),
            ("ORION_ACME_ENABLED", "true".to_owned()),
            ("ORION_ACME_TERMS_AGREED", "true".to_owned()),
            ("ORION_ACME_CONTACT", "certificates@orion.test".to_owned()),
            ("ORION_ACME_DIRECTORY", format!("https://{}/dir", self.door)),
            ("ORION_ACME_EAB_KEY_ID", ACCOUNT.0.to_owned()),
            ("ORION_ACME_EAB_HMAC_KEY", ACCOUNT.1.to_owned()),
            ("ORION_ACME_ROOT_CA", self.folder.path().join("ca.pem").display().to_string()),
            ("ORION_ACME_HOSTS", "orion.test".to_owned()),
        ]
    }

    /// The authority, which looks for the answers to its challenges at a port.
    async fn authority(&self, port: u16) -> Served {
        let here = self.folder.path().display();
        let settings = json!({ "pebble": {
            "listenAddress": self.door, "managementListenAddress": self.management,
            "certificate": format!("{here}/door.pem"), "privateKey": format!("{here}/door.key"),
            "httpPort": port, "tlsPort": free_port(), "ocspResponderURL": "",
            "externalAccountBindingRequired": true, "externalAccountMACKeys": { ACCOUNT.0: ACCOUNT.1 },
        } });
        let file = self.folder.path().join("pebble.json");
        std::fs::write(&file, settings.to_string()).expect("the settings");
        let mut command = Command::new(program("pebble"));
        command.args(["-config", &file.display().to_string(), "-dnsserver", &self.names.to_string()]);
        command.envs([
            ("PEBBLE_VA_NOSLEEP", "1"),
            ("PEBBLE_AUTHZREUSE", "0"),
            ("PEBBLE_WFE_NONCEREJECT", "0"),
        ]);
        let (ask, directory) = (self.http.clone(), format!("https://{}/dir", self.door));
        Served::run(command).until(async || ask.get(&directory).send().await.is_ok()).await
    }

    /// What it vouches with; another one with every start.
    async fn root(&self) -> CertificateDer<'static> {
        let asked = self.http.get(format!("https://{}/roots/0", self.management)).send().await;
        let pem = asked.expect("it answers").bytes().await.expect("a root");
        CertificateDer::from_pem_slice(&pem).expect("a certificate")
    }

    async fn tell(&self, what: &str, body: Value) {
        let url = format!("http://{}/{what}", self.names_management);
        let told = self.http.post(url).body(body.to_string()).send().await.expect("it answers");
        assert!(told.status().is_success(), "{what}: {}", told.status());
    }

    /// A domain of the shop, with its proof in its zone.
    async fn proved(&self, owner: &Client, host: &str) -> Domain {
        let domain: Domain = owner.post("/domains", json!({ "host": host })).await.is(201).json();
        let (name, value) = (&domain.records[0].name, &domain.records[0].value);
        self.tell("set-txt", json!({ "host": format!("{name}."), "value": value })).await;
        let proved: Domain = owner.post(&format!("/domains/{}/check", domain.id), json!({})).await.is(200).json();
        assert_eq!(proved.status, DomainStatus::Active, "{:?}", proved.last_check);
        proved
    }
}

/// A private authority that vouches for the door of pebble alone.
fn make_certificates(folder: &DataDir) -> reqwest::Certificate {
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    let (ca_key, key) = (KeyPair::generate().expect("a key"), KeyPair::generate().expect("a key"));
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = ca.self_signed(&ca_key).expect("a certificate").pem();
    let door = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
    let door = door.signed_by(&key, &Issuer::new(ca, ca_key)).expect("a certificate");
    write("ca.pem", &root);
    write("door.pem", &door.pem());
    write("door.key", &key.serialize_pem());
    reqwest::Certificate::from_pem(root.as_bytes()).expect("a certificate")
}

/// A browser that trusts the authority's root and nothing else.
struct Browser(Arc<ClientConfig>);

impl Browser {
    fn trusting(root: CertificateDer<'static>) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(root).expect("a root");
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions");
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self(Arc::new(config))
    }

    async fn connect(&self, door: SocketAddr, host: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let name = ServerName::try_from(host.to_owned()).expect("a name");
        TlsConnector::from(self.0.clone())
            .connect(name, TcpStream::connect(door).await?)
            .await
    }

    /// The certificate that is shown for a host; `None` where the handshake fails.
    async fn shown(&self, door: SocketAddr, host: &str) -> Option<Vec<u8>> {
        let stream = self.connect(door, host).await.ok()?;
        let shown = stream.get_ref().1.peer_certificates().expect("a chain");
        Some(shown[0].to_vec())
    }

    /// Waits until what is shown for a host is as expected.
    async fn until(&self, door: SocketAddr, host: &str, expected: impl Fn(Option<&[u8]>) -> bool) -> Option<Vec<u8>> {
        let started = Instant::now();
        loop {
            let shown = self.shown(door, host).await;
            if expected(shown.as_deref()) {
                return shown;
            }
            assert!(started.elapsed() < Duration::from_secs(10), "{host} is shown with {shown:?}");
            tokio::task::yield_now().await;
        }
    }

    /// Asks by HTTP/2.
    async fn ask(&self, door: SocketAddr, host: &str, request: http::Request<()>) -> http::Response<h2::RecvStream> {
        let stream = self.connect(door, host).await.expect("a handshake");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let (mut sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        let connection = tokio::spawn(connection);
        let (answer, _) = sender.send_request(request, true).expect("a request");
        let answer = answer.await.expect("an answer");
        drop(sender);
        drop(connection);
        answer
    }
}

async fn certificates(owner: &Client) -> Vec<Certificate> {
    let listed = owner.get("/certificates").await.is(200);
    serde_json::from_value(listed.json["data"].clone()).expect("certificates")
}

async fn certificate(owner: &Client, host: &str) -> Certificate {
    let all = certificates(owner).await;
    all.into_iter().find(|certificate| certificate.host == host).expect("its row")
}

fn run(app: &TestApp, sql: &str) {
    diesel::sql_query(sql).execute(&mut app.owner_of_database()).expect(sql);
}

/// What is done by itself.
async fn pass(app: &TestApp) {
    app.tidy().await;
    app.run_jobs().await;
}

#[tokio::test]
async fn a_proved_domain_gets_a_certificate_that_every_server_shows_and_renews() {
    let world = World::start().await;
    let app = TestApp::start_with(TestOptions {
        variables: world.variables(),
        ..TestOptions::default()
    })
    .await;
    let second = app.second_server().await;
    // The authority asks the server that did not order.
    let _authority = world.authority(second.address.port()).await;
    let doors = [app.tls_address(), second.tls_address].map(|door| door.expect("a listener for TLS"));
    let browser = Browser::trusting(world.root().await);
    let owner = app.owner("acme").await;
    world.proved(&owner, SHOP).await;
    assert_eq!(browser.shown(doors[0], SHOP).await, None, "nobody has asked yet");
    pass(&app).await;

    let given = certificate(&owner, SHOP).await;
    assert_eq!(given.status, CertificateStatus::Valid, "{given:?}");
    assert!(given.issuer.is_some_and(|issuer| issuer.contains("Pebble")));
    assert!(
        certificates(&app.owner("globex").await).await.is_empty(),
        "it is told to its own store alone"
    );
    let issued = "SELECT count(*) FROM audit_log WHERE action = 'certificate.issued'";
    assert_eq!(app.count(&format!("{issued} AND store_id = '{}'", app.store_id("acme").await)), 1);
    let mut first = Vec::new();
    for door in doors {
        first = browser.until(door, SHOP, |shown| shown.is_some()).await.expect("a certificate");
        let request = http::Request::get(format!("https://{SHOP}{NAME}")).body(()).expect("a request");
        let mut answer = browser.ask(door, SHOP, request).await;
        assert_eq!(answer.status(), 200);
        let body = answer.body_mut().data().await.expect("a body").expect("a body");
        assert!(String::from_utf8_lossy(&body).contains("Acme"), "{body:?}");
        assert_eq!(browser.shown(door, "globex.orion.localhost").await, None, "it has none");
        // The platform's own host, which was named.
        browser.until(door, "orion.test", |shown| shown.is_some()).await;
    }
    plain_addresses_lead_to_tls(&app).await;
    cookies_are_for_tls_alone(&world, doors[0]).await;
    keys_are_under_lock(&app);

    // An order that cannot be gone on with, since nobody has its key, is no reason to have none.
    run(
        &app,
        &format!("UPDATE certificates SET order_url = 'https://{}/my-order/none'", world.door),
    );
    let variables = world.variables();
    let settings: Vec<(&str, &str)> = variables.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let renewed = orion_with(app.services.db.url(), &["certificates", "renew", SHOP], "", &settings);
    assert!(renewed.ok, "{renewed:?}");
    app.run_jobs().await;
    for door in doors {
        browser.until(door, SHOP, |shown| shown.is_some_and(|shown| shown != first)).await;
    }
    let listed = orion_with(app.services.db.url(), &["certificates", "list"], "", &settings);
    assert!(listed.out.contains(&format!("{SHOP} valid until ")), "{listed:?}");
}

async fn plain_addresses_lead_to_tls(app: &TestApp) {
    let plain = app.host(SHOP);
    let answer = plain.get("/products?x=1").await.is(308);
    assert_eq!(answer.header("location"), Some("https://shop.acme.test/products?x=1"));
    plain.get("/health/live").await.is(200);
    plain.get("/.well-known/acme-challenge/unknown").await.is(404);
    app.host("acme.orion.localhost").get(NAME).await.is(200);
}

/// A session that begins by TLS has a cookie that leaves by TLS alone.
async fn cookies_are_for_tls_alone(world: &World, door: SocketAddr) {
    let root = reqwest::Certificate::from_der(&world.root().await).expect("a root");
    let customer = reqwest::Client::builder().add_root_certificate(root).resolve(SHOP, door);
    let customer = customer.build().expect("a client");
    let url = format!("https://{SHOP}:{}/api/v1/storefront/auth/register", door.port());
    let account = json!({ "email": "ada@shop.test", "name": "Ada Lovelace", "password": orion_tests::PASSWORD });
    let made = customer
        .post(url)
        .header("content-type", "application/json")
        .body(account.to_string());
    let made = made.send().await.expect("an answer");
    assert_eq!(made.status(), 201);
    let cookie = made.headers()["set-cookie"].to_str().expect("a text");
    assert!(cookie.contains("; Secure"), "{cookie}");
}

fn keys_are_under_lock(app: &TestApp) {
    let readable = "SELECT count(*) FROM certificates WHERE position('PRIVATE KEY'::bytea IN sealed_key) > 0";
    assert_eq!(app.count(readable), 0);
    let credentials =
        "SELECT count(*) FROM acme_accounts WHERE sealed_credentials IS NULL OR position('key_pkcs8'::bytea IN sealed_credentials) > 0";
    assert_eq!(app.count(credentials), 0);
    let granted = "SELECT count(*) FROM unnest(ARRAY['chain', 'sealed_key', 'order_url']) AS name \
        WHERE has_column_privilege('orion_app', 'certificates', name, 'SELECT')";
    assert_eq!(app.count(granted), 0, "a store can read what is the server's alone");
}

#[tokio::test]
async fn a_host_that_fails_is_told_and_waits_longer_each_time() {
    let world = World::start().await;
    let app = TestApp::start_with(TestOptions {
        variables: world.variables(),
        ..TestOptions::default()
    })
    .await;
    let _authority = world.authority(app.address().port()).await;
    let owner = app.owner("acme").await;
    let domain = world.proved(&owner, "far.acme.test").await;
    // Nobody listens there.
    world
        .tell("add-a", json!({ "host": "far.acme.test.", "addresses": ["127.0.0.2"] }))
        .await;
    pass(&app).await;
    let failed = certificate(&owner, "far.acme.test").await;
    assert_eq!(failed.status, CertificateStatus::Failed, "{failed:?}");
    assert!(failed.failure.as_ref().is_some_and(|told| told.contains("127.0.0.2")), "{failed:?}");
    let hours = |certificate: &Certificate| {
        let (at, next) = (certificate.failed_at.clone().expect("a time"), certificate.next_try_at.clone());
        let time = |text: String| text.parse::<chrono::DateTime<chrono::Utc>>().expect("a time");
        (time(next.to_string()) - time(at.to_string())).num_hours()
    };
    assert_eq!(hours(&failed), 1);
    pass(&app).await;
    assert_eq!(
        certificate(&owner, "far.acme.test").await,
        failed,
        "it is not asked for before its time"
    );
    run(&app, "UPDATE certificates SET due_at = now() WHERE host = 'far.acme.test'");
    pass(&app).await;
    assert_eq!(hours(&certificate(&owner, "far.acme.test").await), 2);
    assert_eq!(
        app.count("SELECT count(*) FROM acme_challenges"),
        0,
        "what was published is taken back"
    );

    // A host that leads here again gets one; when its domain goes, so does the certificate.
    world.tell("clear-a", json!({ "host": "far.acme.test." })).await;
    run(&app, "UPDATE certificates SET due_at = now() WHERE host = 'far.acme.test'");
    pass(&app).await;
    assert_eq!(certificate(&owner, "far.acme.test").await.status, CertificateStatus::Valid);
    let (browser, door) = (Browser::trusting(world.root().await), app.tls_address().expect("a listener"));
    browser.until(door, "far.acme.test", |shown| shown.is_some()).await;
    health_tells_what_ends_soon(&app).await;
    owner.delete(&format!("/domains/{}", domain.id)).await.is(204);
    pass(&app).await;
    assert!(certificates(&owner).await.is_empty());
    browser.until(door, "far.acme.test", |shown| shown.is_none()).await;
}

async fn health_tells_what_ends_soon(app: &TestApp) {
    let probe = app.host("localhost");
    assert_eq!(probe.get("/health").await.is(200).json["status"], "healthy");
    run(
        app,
        "UPDATE certificates SET valid_until = now() + interval '6 days' WHERE host = 'far.acme.test'",
    );
    let told = probe.get("/health").await.is(200);
    assert_eq!(told.json["status"], "degraded");
    assert!(told.text().contains("far.acme.test"), "{}", told.text());
}

#[tokio::test]
async fn a_challenge_is_answered_at_its_own_host_and_while_it_lasts() {
    let enabled = ["ORION_ACME_ENABLED", "ORION_ACME_TERMS_AGREED"].map(|key| (key, "true".to_owned()));
    let app = TestApp::start_with(TestOptions {
        variables: enabled.to_vec(),
        ..TestOptions::default()
    })
    .await;
    let own = "acme.orion.localhost";
    for (token, until) in [("now", "infinity"), ("over", "-infinity")] {
        run(
            &app,
            &format!("INSERT INTO acme_challenges VALUES ('{token}', '{own}', '{token}.thumb', '{until}')"),
        );
    }
    let answer = app.host(own).get("/.well-known/acme-challenge/now").await.is(200);
    assert_eq!(answer.text(), "200 now.thumb");
    let (globex, nobody) = ("globex.orion.localhost", "nobody.test");
    for (host, token) in [(globex, "now"), (nobody, "now"), (own, "over"), (own, "unknown")] {
        app.host(host).get(&format!("/.well-known/acme-challenge/{token}")).await.is(404);
    }
    // A shop that is closed, or moved, answers all the same: what is asked for is for the host and not for its visitors.
    run(
        &app,
        "UPDATE stores SET status = 'suspended', suspended_reason = 'a test' WHERE code = 'acme'",
    );
    app.services.directory.forget_all();
    app.host(own).get("/.well-known/acme-challenge/now").await.is(200);
}
