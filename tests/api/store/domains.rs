//! `/api/v1/store/domains`: domains, their proofs, and where they lead.

use std::net::Ipv4Addr;

use chrono::{DateTime, TimeDelta};
use diesel::RunQueryDsl;
use orion_framework::clock::Clock;
use orion_tests::{Client, NameServer, TestApp, TestOptions};
use orion_types::domain::{Domain, MAX_DOMAINS};
use orion_types::status::{DomainProof, DomainStatus};
use serde_json::json;

pub(super) const NAME: &str = "/api/v1/storefront/store";

/// A server whose time stands still, and the name server that it asks.
pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) clock: Clock,
    pub(super) names: NameServer,
}

impl World {
    pub(super) async fn start() -> Self {
        let names = NameServer::start();
        let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
        let variables = vec![
            ("ORION_DOMAINS_RESOLVER", names.address().to_string()),
            ("ORION_DOMAINS_ADDRESSES", "203.0.113.7,2001:db8::7".to_owned()),
        ];
        let options = TestOptions {
            clock: clock.clone(),
            variables,
            ..TestOptions::default()
        };
        let app = TestApp::start_with(options).await;
        Self { app, clock, names }
    }

    /// A domain that leads here, with its proof in its zone.
    pub(super) async fn proved(&self, owner: &Client, host: &str) -> Domain {
        let domain = add(owner, host).await;
        self.names.text(&domain.records[0].name, &domain.records[0].value);
        self.names.alias(host, "acme.orion.localhost");
        domain
    }

    /// Asks for the proof, a little later than whoever asked before.
    pub(super) async fn check(&self, owner: &Client, domain: &Domain) -> Domain {
        self.clock.advance(TimeDelta::seconds(3));
        owner.post(&format!("{}/check", of(domain)), json!({})).await.is(200).json()
    }

    /// Time passes, and what is done by itself is done.
    pub(super) async fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.app.tidy().await;
        self.app.run_jobs().await;
    }

    pub(super) fn mails(&self) -> String {
        self.app
            .text("SELECT string_agg(recipient || ' ' || subject, '; ' ORDER BY created_at, subject) FROM mail_messages WHERE message_key LIKE 'domain:%'")
    }
}

pub(super) async fn add(owner: &Client, host: &str) -> Domain {
    owner.post("/domains", json!({ "host": host })).await.is(201).json()
}

pub(super) fn of(domain: &Domain) -> String {
    format!("/domains/{}", domain.id)
}

pub(super) fn proof_of(domain: &Domain) -> DomainProof {
    domain.last_check.as_ref().expect("a look").proof
}

#[tokio::test]
async fn a_domain_is_added_with_what_has_to_stand_in_its_zone() {
    let World { app, .. } = World::start().await;
    let owner = app.owner("acme").await;
    let once = owner.with("idempotency-key", "one");
    let answer = once.post("/domains", json!({ "host": " Shop.BÜCHER.test. " })).await.is(201);
    let domain: Domain = answer.json();
    assert_eq!(
        (domain.host.as_str(), domain.name.as_str()),
        ("shop.xn--bcher-kva.test", "shop.bücher.test")
    );
    assert_eq!((domain.status, domain.primary), (DomainStatus::Pending, false));
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/store/domains/{}", domain.id).as_str())
    );
    let [proof, leading] = &domain.records[..] else {
        panic!("{:?}", domain.records);
    };
    assert_eq!(
        (proof.kind.as_str(), proof.name.as_str()),
        ("TXT", "_orion-challenge.shop.xn--bcher-kva.test")
    );
    assert!(proof.proof && proof.value.starts_with("orion-verification="), "{}", proof.value);
    assert_eq!((leading.kind.as_str(), leading.value.as_str()), ("CNAME", "acme.orion.localhost"));

    // Where no alias can stand there are addresses.
    let apex = add(&owner, "acme-shop.test").await;
    let leading: Vec<_> = apex.records[1..]
        .iter()
        .map(|record| (record.kind.as_str(), record.value.as_str()))
        .collect();
    assert_eq!(leading, [("A", "203.0.113.7"), ("AAAA", "2001:db8::7")]);

    let again: Domain = once.post("/domains", json!({ "host": " Shop.BÜCHER.test. " })).await.is(201).json();
    assert_eq!(again, domain, "a repeat gets the same answer");
    let twice = owner.post("/domains", json!({ "host": "shop.bücher.test" })).await;
    twice.refused(409, "tenancy.domain_listed").at("/host");
    assert_eq!(owner.get("/domains").await.is(200).rows::<Domain>(), [apex, domain.clone()]);
    assert_eq!(owner.get(&of(&domain)).await.is(200).json::<Domain>(), domain);
    // Nobody has proved it, so nobody is served there, and no proxy gets a certificate.
    app.host("shop.xn--bcher-kva.test")
        .get(NAME)
        .await
        .refused(404, "framework.not_found");
    app.host("localhost")
        .get("/internal/tls-ask?domain=shop.xn--bcher-kva.test")
        .await
        .is(404);
}

#[tokio::test]
async fn what_no_store_can_have_is_refused() {
    let World { app, .. } = World::start().await;
    let platform = "INSERT INTO platforms (id, code, name, domain, active, created_at, updated_at) \
                    VALUES (gen_random_uuid(), 'off', 'Off', 'shops.test', false, now(), now())";
    diesel::sql_query(platform)
        .execute(&mut app.owner_of_database())
        .expect("a platform");
    let owner = app.owner("acme").await;
    for host in [
        "acme",
        "http://acme.test",
        "a_b.test",
        "10.0.0.1",
        "[::1]",
        "acme.test:80",
        "x.localhost",
        "orion.localhost",
        "co.uk",
        "shops.test",
        "a.b.shops.test",
        "",
    ] {
        owner
            .post("/domains", json!({ "host": host }))
            .await
            .refused(422, "framework.invalid")
            .at("/host");
    }
    for number in 0..MAX_DOMAINS {
        add(&owner, &format!("shop-{number}.acme.test")).await;
    }
    let more = owner.post("/domains", json!({ "host": "one-more.acme.test" })).await;
    more.refused(409, "tenancy.too_many_domains");
}

#[tokio::test]
async fn a_proof_is_looked_for_and_what_was_found_is_told() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let foreign = add(&world.app.owner("globex").await, "one.test").await;
    let domain = add(&owner, "one.test").await;
    let (at, right) = (domain.records[0].name.clone(), domain.records[0].value.clone());
    let (start, end) = right.split_at(20);
    let names = &world.names;
    let long = "x".repeat(250);
    type Tell<'a> = Box<dyn Fn() + 'a>;
    let not_there: Vec<(&str, DomainProof, Tell<'_>)> = vec![
        ("no such name", DomainProof::Missing, Box::new(|| names.forget(&at))),
        (
            "a name without texts",
            DomainProof::Missing,
            Box::new(|| names.host(&at, Ipv4Addr::LOCALHOST)),
        ),
        ("another text", DomainProof::Wrong, Box::new(|| names.text(&at, "v=spf1 -all"))),
        (
            "the token of another store",
            DomainProof::Wrong,
            Box::new(|| names.text(&at, &foreign.records[0].value)),
        ),
        (
            "another case",
            DomainProof::Wrong,
            Box::new(|| names.text(&at, &right.to_uppercase())),
        ),
        ("half of it", DomainProof::Wrong, Box::new(|| names.text(&at, start))),
        (
            "an alias to nothing",
            DomainProof::Missing,
            Box::new(|| names.alias(&at, "gone.test")),
        ),
        ("an alias to itself", DomainProof::Unanswered, Box::new(|| names.alias(&at, &at))),
        ("a failure", DomainProof::Unanswered, Box::new(|| names.fail(&at))),
        ("silence", DomainProof::Unanswered, Box::new(|| names.fall_silent(&at))),
    ];
    for (what, proof, tell) in &not_there {
        tell();
        let told = world.check(&owner, &domain).await;
        // Going round in circles ends in one of two ways, and neither is a proof.
        let round = *what == "an alias to itself" && proof_of(&told) == DomainProof::Missing;
        assert!(proof_of(&told) == *proof || round, "{what}: {:?}", told.last_check);
        assert_eq!(told.status, DomainStatus::Pending, "{what}");
    }
    names.text(&at, "v=spf1 -all");
    let told = world.check(&owner, &domain).await.last_check.expect("a look");
    assert_eq!(
        (told.found, told.leads_to, told.leads_here),
        (vec!["v=spf1 -all".to_owned()], vec![], false)
    );

    let there: Vec<(&str, Tell<'_>)> = vec![
        (
            "among others",
            Box::new(|| names.texts(&at, &[&["v=spf1 -all"], &[&right], &["other"]])),
        ),
        ("in several strings", Box::new(|| names.texts(&at, &[&[start, end]]))),
        (
            "in an answer that is too long for a datagram",
            Box::new(|| names.texts(&at, &[&[&long], &[&long], &[&long], &[&long], &[&long], &[&right]])),
        ),
        (
            "behind aliases",
            Box::new(|| {
                names.alias(&at, "proofs.test");
                names.alias("proofs.test", "more.proofs.test");
                names.text("more.proofs.test", &right);
            }),
        ),
    ];
    for (what, tell) in &there {
        let (sql, mut database) = (
            "UPDATE store_domains SET status = 'pending', is_primary = false",
            world.app.owner_of_database(),
        );
        diesel::sql_query(sql).execute(&mut database).expect("as before");
        tell();
        let told = world.check(&owner, &domain).await;
        assert_eq!((proof_of(&told), told.status), (DomainProof::Found, DomainStatus::Active), "{what}");
    }
}

#[tokio::test]
async fn who_asks_again_at_once_gets_the_same_answer() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let domain = add(&owner, "one.test").await;
    let first = world.check(&owner, &domain).await;
    assert_eq!(proof_of(&first), DomainProof::Missing);
    world.names.text(&domain.records[0].name, &domain.records[0].value);
    let path = format!("{}/check", of(&domain));
    let again: Domain = owner.post(&path, json!({})).await.is(200).json();
    assert_eq!(again, first);
    assert_eq!(world.check(&owner, &domain).await.status, DomainStatus::Active);
}

#[tokio::test]
async fn a_proved_domain_leads_to_the_shop_and_the_others_to_it() {
    let world = World::start().await;
    let app = &world.app;
    let owner = app.owner("acme").await;
    let first = world.proved(&owner, "shop.acme.test").await;
    let first = world.check(&owner, &first).await;
    assert!(
        first.primary && first.proven_at.is_some(),
        "the first that leads here is the primary one"
    );
    assert_eq!(app.host("SHOP.acme.test").get(NAME).await.is(200).json["name"], "Acme");
    app.host("localhost").get("/internal/tls-ask?domain=shop.acme.test").await.is(200);

    let second = world.proved(&owner, "acme-shop.test").await;
    let second = world.check(&owner, &second).await;
    assert!(!second.primary);
    let to = |answer: &orion_tests::Answer| answer.header("location").map(str::to_owned);
    for host in ["acme-shop.test", "www.shop.acme.test", "www.acme-shop.test"] {
        let answer = app.host(host).get("/products/mug?x=1&y=%20").await.is(308);
        assert_eq!(
            to(&answer).as_deref(),
            Some("http://shop.acme.test/products/mug?x=1&y=%20"),
            "{host}"
        );
    }
    // Programs are answered where they ask.
    assert_eq!(app.host("acme-shop.test").get(NAME).await.is(200).json["name"], "Acme");
    app.host("acme-shop.test")
        .get("/api/v1/store/products")
        .await
        .refused(401, "framework.unauthenticated");

    let changing = owner.with("if-match", &format!("\"{}\"", second.version));
    let second: Domain = changing.patch(&of(&second), json!({ "primary": true })).await.is(200).json();
    assert!(second.primary);
    let rows: Vec<Domain> = owner.get("/domains").await.is(200).rows();
    assert_eq!(rows.iter().map(|row| row.primary).collect::<Vec<_>>(), [true, false], "{rows:?}");
    assert_eq!(
        to(&app.host("shop.acme.test").get("/").await.is(308)).as_deref(),
        Some("http://acme-shop.test/")
    );
    app.sell_one("acme", "Mug", 1_200, 5).await;
    // Templates write a slash as a character reference.
    let page = app
        .host("acme.orion.localhost")
        .get("/products")
        .await
        .is(200)
        .text()
        .replace("&#x2f;", "/");
    assert!(
        page.contains("<link rel=\"canonical\" href=\"http://acme-shop.test/products\">"),
        "{page}"
    );
    let map = app.host("acme-shop.test").get("/sitemap.xml").await.is(200);
    assert!(
        map.text().contains("<loc>http://acme-shop.test/") && !map.text().contains("//shop.acme.test"),
        "{}",
        map.text()
    );
    changing
        .patch(&of(&second), json!({ "primary": false }))
        .await
        .refused(412, "framework.stale");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_label_redirects_where_the_merchant_wants_it_and_the_dashboard_stays() {
    let world = World::start().await;
    let app = &world.app;
    let owner = app.owner("acme").await;
    assert_eq!(
        owner.get("/label").await.is(200).json,
        json!({ "host": "acme.orion.localhost", "redirects": false })
    );
    owner.put("/label", json!({ "redirects": true })).await.is(200);
    let label = app.host("acme.orion.localhost");
    label.get("/").await.is(200);
    let domain = world.proved(&owner, "shop.acme.test").await;
    world.check(&owner, &domain).await;
    let answer = label.get("/products?x=1").await.is(308);
    assert_eq!(answer.header("location"), Some("http://shop.acme.test/products?x=1"));
    label.get("/store/dashboard").await.is(200);
    // The dashboard shows pictures of its own host and of no other.
    label.get("/media/00000000-0000-0000-0000-000000000000/320.jpg").await.is(404);
    label.get(NAME).await.is(200);
    owner.get("/products").await.is(200);
    owner.put("/label", json!({ "redirects": false })).await.is(200);
    label.get("/products").await.is(200);
}

#[tokio::test]
async fn only_a_proved_domain_becomes_the_primary_one() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let domain = add(&owner, "one.test").await;
    let changing = owner.with("if-match", "\"1\"");
    let refused = changing.patch(&of(&domain), json!({ "primary": true })).await;
    refused.refused(409, "tenancy.domain_not_active").at("/primary");
    // One that is proved and leads elsewhere is nothing that customers are sent to unasked.
    world.names.text(&domain.records[0].name, &domain.records[0].value);
    let domain = world.check(&owner, &domain).await;
    assert_eq!((domain.status, domain.primary), (DomainStatus::Active, false));
    // As soon as it leads here it is, unless the merchant has taken that back.
    world.names.host("one.test", Ipv4Addr::new(203, 0, 113, 7));
    let domain = world.check(&owner, &domain).await;
    assert!(domain.primary);
    let changing = owner.with("if-match", &format!("\"{}\"", domain.version));
    let domain: Domain = changing.patch(&of(&domain), json!({ "primary": false })).await.is(200).json();
    assert!(!world.check(&owner, &domain).await.primary);
    // A name server that was away for a while has not let it arrive a second time.
    world.names.fail("one.test");
    assert!(!world.check(&owner, &domain).await.primary);
    world.names.host("one.test", Ipv4Addr::new(203, 0, 113, 7));
    assert!(!world.check(&owner, &domain).await.primary);
}

#[tokio::test]
async fn domains_are_for_those_who_hold_the_right() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let domain = add(&owner, "one.test").await;
    let manager = world.app.staff("acme", "manager@acme.test").await;
    manager.get("/domains").await.is(200);
    manager
        .post("/domains", json!({ "host": "two.test" }))
        .await
        .refused(403, "framework.forbidden");
    manager.delete(&of(&domain)).await.refused(403, "framework.forbidden");
    let viewer = world.app.staff("acme", "viewer@acme.test").await;
    viewer.get("/domains").await.refused(403, "framework.forbidden");
    let stranger = world.app.owner("globex").await;
    stranger.get(&of(&domain)).await.refused(404, "framework.not_found");
}
