//! Domains of stores beside those of platforms, which are made while a proof is looked for.

use chrono::TimeDelta;
use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_tenancy::{TenancyError, add_domain};
use orion_tests::{Answer, Client, TestApp};
use orion_types::admin::Platform;
use orion_types::domain::Domain;
use orion_types::status::{DomainProof, DomainStatus};
use serde_json::json;

use super::domains::{NAME, World, of, proof_of};

async fn make(admin: &Client, code: &str) -> Answer {
    let new = json!({ "code": code, "name": "Lantern shops", "domain": format!("{code}.test") });
    admin.post("/platforms", new).await
}

#[tokio::test]
async fn a_domain_below_a_platform_that_was_made_meanwhile_stays_pending_and_says_why() {
    let world = World::start().await;
    let (owner, admin) = (world.app.owner("acme").await, world.app.admin().await);
    let domain = world.proved(&owner, "shop.lanterns.test").await;
    let apex = world.proved(&owner, "lanterns.test").await;
    let platform: Platform = make(&admin, "lanterns").await.is(201).json();
    for domain in [&domain, &apex] {
        let told = world.check(&owner, domain).await;
        assert_eq!((proof_of(&told), told.status), (DomainProof::Platform, DomainStatus::Pending));
        assert!(told.next_check_at.is_some(), "it is looked at again: {told:?}");
    }
    let shop = world.app.host("shop.lanterns.test");
    shop.get(NAME).await.is(404);
    // Nor does a look that nobody has asked for switch it on, or say that it did.
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!((world.mails(), shop.get(NAME).await.status), (String::new(), 404));

    let (owner, admin) = (world.app.owner("acme").await, world.app.admin().await);
    let kept: Domain = owner.get(&of(&domain)).await.is(200).json();
    assert_eq!((proof_of(&kept), kept.status), (DomainProof::Platform, DomainStatus::Pending));
    let change = json!({ "domain": "lamps.test" });
    let path = format!("/platforms/{}", platform.id);
    admin.with("if-match", "\"1\"").patch(&path, change).await.is(200);
    assert_eq!(world.check(&owner, &domain).await.status, DomainStatus::Active);
    assert_eq!(shop.get(NAME).await.is(200).json["name"], "Acme");
    world.app.run_jobs().await;
}

#[tokio::test]
async fn of_a_platform_and_a_domain_below_it_at_once_one_comes_about() {
    let world = World::start().await;
    let (owner, admin) = (world.app.owner("acme").await, world.app.admin().await);
    for number in 0..4 {
        let code = format!("lanterns-{number}");
        let domain = world.proved(&owner, &format!("shop.{code}.test")).await;
        world.clock.advance(TimeDelta::seconds(3));
        let path = format!("{}/check", of(&domain));
        let (made, looked) = tokio::join!(make(&admin, &code), owner.post(&path, json!({})));
        let told: Domain = looked.is(200).json();
        match (made.status, told.status) {
            (201, DomainStatus::Pending) => assert_eq!(proof_of(&told), DomainProof::Platform),
            (409, DomainStatus::Active) => drop(made.refused(409, "tenancy.platform_taken").at("/domain")),
            (status, state) => panic!("{status} {state}: {}", made.text()),
        }
    }
    world.app.run_jobs().await;
}

#[tokio::test]
async fn a_domain_that_is_given_without_a_proof_lies_below_no_platform_either() {
    let app = TestApp::start().await;
    make(&app.admin().await, "lanterns").await.is(201);
    let acme = app.store_id("acme").await;
    let give = async |host: &'static str| -> Result<(), TenancyError> {
        let work = move |tx: &mut PlatformTx| add_domain(tx, acme, host, false);
        app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), work).await
    };
    for host in ["lanterns.test", "Shop.Lanterns.test", "acme.orion.localhost"] {
        let refused = give(host).await.expect_err("it is the platform's");
        assert!(refused.to_string().contains("a platform's"), "{host}: {refused}");
    }
    let given = format!("SELECT count(*) FROM store_domains WHERE store_id = '{acme}'");
    assert_eq!(app.count(&given), 0);
    give("shop-lanterns.test").await.expect("a domain of its own");
    assert_eq!(app.count(&given), 1);
    app.run_jobs().await;
}
