//! Domains as time passes, between stores, and on several servers.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use orion_tests::Client;
use orion_types::domain::Domain;
use orion_types::status::{DomainProof, DomainStatus};
use serde_json::json;

use super::domains::{NAME, World, add, of, proof_of};

#[tokio::test]
async fn a_proof_is_looked_for_by_itself() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let domain = world.proved(&owner, "shop.acme.test").await;
    let host = world.app.host("shop.acme.test");
    world.pass(TimeDelta::minutes(4)).await;
    host.get(NAME).await.is(404);
    world.pass(TimeDelta::minutes(1)).await;
    host.get(NAME).await.is(200);
    assert_eq!(world.mails(), "owner@acme.test Acme: shop.acme.test is yours");
    let read: Domain = owner.get(&of(&domain)).await.is(200).json();
    assert!(read.primary && read.next_check_at.is_some(), "{read:?}");
    let audit = world
        .app
        .text("SELECT string_agg(action || ' ' || actor_label, ', ' ORDER BY id) FROM audit_log WHERE action LIKE 'domain.%'");
    assert_eq!(audit, "domain.added owner@acme.test, domain.verified job tenancy.check_domain");
}

#[tokio::test]
async fn a_domain_without_its_proof_goes_on_for_a_week_and_is_then_switched_off() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let domain = world.proved(&owner, "shop.acme.test").await;
    world.check(&owner, &domain).await;
    let (host, at) = (world.app.host("shop.acme.test"), domain.records[0].name.clone());
    world.names.fail(&at);
    world.pass(TimeDelta::days(1)).await;
    assert_eq!(world.mails(), "", "a server that fails says nothing");
    world.names.forget(&at);
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(world.mails(), "owner@acme.test Acme: the proof for shop.acme.test is gone");
    host.get(NAME).await.is(200);
    let owner = world.app.owner("acme").await;
    let lost: Domain = owner.get(&of(&domain)).await.is(200).json();
    assert!(lost.lost_since.is_some() && lost.off_at.is_some(), "{lost:?}");

    world.pass(TimeDelta::days(7) - TimeDelta::seconds(1)).await;
    host.get(NAME).await.is(200);
    world.pass(TimeDelta::hours(6)).await;
    host.get(NAME).await.is(404);
    let owner = world.app.owner("acme").await;
    let off: Domain = owner.get(&of(&domain)).await.is(200).json();
    assert_eq!((off.status, off.primary), (DomainStatus::Failed, false));
    assert!(
        world.mails().ends_with("; owner@acme.test Acme: shop.acme.test is switched off"),
        "{}",
        world.mails()
    );

    world.names.text(&at, &domain.records[0].value);
    world.pass(TimeDelta::minutes(5)).await;
    host.get(NAME).await.is(200);
}

#[tokio::test]
async fn a_claim_reserves_nothing_and_who_proves_a_host_first_has_it() {
    let world = World::start().await;
    let (acme, globex) = (world.app.owner("acme").await, world.app.owner("globex").await);
    let first = add(&acme, "shop.test").await;
    let second = world.proved(&globex, "shop.test").await;
    assert_eq!(world.check(&acme, &first).await.status, DomainStatus::Pending);
    assert_eq!(world.check(&globex, &second).await.status, DomainStatus::Active);
    let shop = world.app.host("shop.test");
    assert_eq!(shop.get(NAME).await.is(200).json["name"], "Globex");
    // Whoever asks now is told so, unless they say that it is theirs.
    let tokyo = world.app.owner("tokyo").await;
    let refused = tokyo.post("/domains", json!({ "host": "shop.test" })).await;
    refused.refused(409, "tenancy.domain_taken").at("/host");
    tokyo
        .post("/domains", json!({ "host": "shop.test", "take_over": true }))
        .await
        .is(201);

    // Both proofs are there: it stays where it is.
    let texts = [&[first.records[0].value.as_str()][..], &[second.records[0].value.as_str()]];
    world.names.texts(&first.records[0].name, &texts);
    let held = world.check(&acme, &first).await;
    assert_eq!((proof_of(&held), held.status), (DomainProof::Held, DomainStatus::Pending));
    world.app.run_jobs().await;
    assert_eq!(shop.get(NAME).await.is(200).json["name"], "Globex");

    // The one before is gone: it moves over, and both hear of it.
    world.names.text(&first.records[0].name, &first.records[0].value);
    world.check(&acme, &first).await;
    world.app.run_jobs().await;
    assert_eq!(shop.get(NAME).await.is(200).json["name"], "Acme");
    let (won, gone): (Domain, Domain) = (
        acme.get(&of(&first)).await.is(200).json(),
        globex.get(&of(&second)).await.is(200).json(),
    );
    assert_eq!(
        (won.status, gone.status, gone.primary),
        (DomainStatus::Active, DomainStatus::Failed, false)
    );
    assert_eq!(
        world.mails(),
        "owner@acme.test Acme: shop.test is yours; owner@globex.test Globex: shop.test belongs to another shop now"
    );
    let audit = "SELECT string_agg(action || ' ' || s.code, ', ' ORDER BY action) FROM audit_log a JOIN stores s ON s.id = a.store_id WHERE action LIKE 'domain.moved%'";
    assert_eq!(world.app.text(audit), "domain.moved_away globex, domain.moved_here acme");
}

#[tokio::test]
async fn of_two_stores_that_prove_a_host_at_once_one_has_it() {
    let world = World::start().await;
    let (acme, globex) = (world.app.owner("acme").await, world.app.owner("globex").await);
    for number in 0..5 {
        let host = format!("shop-{number}.test");
        let (one, other) = (add(&acme, &host).await, add(&globex, &host).await);
        let texts = [&[one.records[0].value.as_str()][..], &[other.records[0].value.as_str()]];
        world.names.texts(&one.records[0].name, &texts);
        world.clock.advance(TimeDelta::seconds(3));
        let path = |domain: &Domain| format!("{}/check", of(domain));
        let (paths, none) = ((path(&one), path(&other)), json!({}));
        let (a, b) = tokio::join!(acme.post(&paths.0, &none), globex.post(&paths.1, &none));
        let (a, b): (Domain, Domain) = (a.is(200).json(), b.is(200).json());
        let mut proofs = [proof_of(&a).as_str(), proof_of(&b).as_str()];
        proofs.sort_unstable();
        assert_eq!(proofs, ["found", "held"], "{host}");
        world.app.run_jobs().await;
        assert_eq!(
            world.app.count(&format!(
                "SELECT count(*) FROM store_domains WHERE host = '{host}' AND status = 'active'"
            )),
            1
        );
    }
}

#[tokio::test]
async fn a_domain_that_is_taken_away_leads_nowhere_on_every_server() {
    let world = World::start().await;
    let owner = world.app.owner("acme").await;
    let second = world.app.second_server().await;
    let domain = world.proved(&owner, "shop.acme.test").await;
    world.check(&owner, &domain).await;
    let at = |address| Client::new(address, "shop.acme.test", "");
    let began = Instant::now();
    while at(second.address).get(NAME).await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(10), "the other server never hears of it");
        tokio::task::yield_now().await;
    }
    owner.delete(&of(&domain)).await.is(204);
    at(world.app.address()).get(NAME).await.refused(404, "framework.not_found");
    let began = Instant::now();
    while at(second.address).get(NAME).await.status != 404 {
        assert!(began.elapsed() < Duration::from_secs(10), "the other server never hears of it");
        tokio::task::yield_now().await;
    }
    owner.get(&of(&domain)).await.refused(404, "framework.not_found");
    // Whoever had it may have it again, with another proof.
    let again = add(&owner, "shop.acme.test").await;
    assert_ne!(again.records[0].value, domain.records[0].value);
    assert_eq!(proof_of(&world.check(&owner, &again).await), DomainProof::Wrong);
}

#[tokio::test]
async fn among_ten_thousand_domains_each_is_found_and_a_stranger_costs_no_question() {
    let world = World::start().await;
    let app = &world.app;
    let many = "INSERT INTO store_domains (store_id, id, host, status, is_primary, token, created_at, updated_at) \
                SELECT s.id, gen_random_uuid(), 'shop-' || n || '.test', 'active', n = 1, 'token', now(), now() \
                FROM generate_series(1, 10000) AS n, stores s WHERE s.code = 'acme'";
    let mut database = app.owner_of_database();
    diesel::sql_query(many).execute(&mut database).expect("the domains");
    app.services.directory.forget();
    for number in [1, 17, 5_000, 10_000] {
        app.host(&format!("shop-{number}.test")).get(NAME).await.is(200);
    }
    let hold = "BEGIN; LOCK TABLE store_domains, store_subdomains IN ACCESS EXCLUSIVE MODE";
    database.batch_execute(hold).expect("the tables are held");
    // What was found is remembered, and what nobody has is known as such: neither asks the database, which would not answer.
    for number in [1, 17, 5_000, 10_000] {
        let host = app.host(&format!("shop-{number}.test"));
        let answer = tokio::time::timeout(Duration::from_secs(5), host.get(NAME))
            .await
            .expect("an answer");
        answer.is(200);
    }
    for number in 0..50 {
        let host = app.host(&format!("stranger-{number}.test"));
        let answer = tokio::time::timeout(Duration::from_secs(5), host.get(NAME))
            .await
            .expect("an answer");
        answer.refused(404, "framework.not_found");
    }
    app.leave_jobs("the tables are held");
}
