//! What the server does by itself, again and again, and what it removes.

use std::fmt::Write;
use std::fs;

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use orion_framework::clock::Clock;
use orion_framework::retention::{Removed, in_words};
use orion_framework::worker;
use orion_tests::{TestApp, TestOptions, product};

use crate::api::impersonation::visitor;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operations.md");
const BEGIN: &str = "<!-- by-itself:begin -->\n";
const END: &str = "<!-- by-itself:end -->";

/// What is declared, as the page tells it.
fn declared(app: &TestApp) -> String {
    let mut page = "| Table | Rows | Kept | Removed by |\n|---|---|---|---|\n".to_owned();
    for (_, retention) in worker::retention(&app.services) {
        let by = match retention.removed {
            Removed::Rows { .. } => "housekeeping".to_owned(),
            Removed::Job(kind) => format!("`{kind}`"),
        };
        writeln!(
            page,
            "| `{}` | {} | {} | {by} |",
            retention.table,
            retention.rows,
            in_words(retention.kept)
        )
        .expect("a text takes everything");
    }
    page.push_str("\n| Name | When (UTC) | What |\n|---|---|---|\n");
    for periodic in worker::all_periodic(&app.services.modules) {
        writeln!(page, "| `{}` | `{}` | {} |", periodic.name, periodic.cron, periodic.summary).expect("a text takes everything");
    }
    page
}

#[tokio::test]
async fn the_page_tells_what_is_kept_for_how_long_and_what_is_done_when() {
    let app = TestApp::start().await;
    let page = fs::read_to_string(PAGE).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("where the lists begin");
    let (_, after) = rest.split_once(END).expect("where the lists end");
    let wanted = format!("{before}{BEGIN}{}{END}{after}", declared(&app));
    if std::env::var("INSTA_UPDATE").is_ok_and(|told| told == "always") {
        fs::write(PAGE, &wanted).expect("the page is written");
    }
    assert_eq!(
        fs::read_to_string(PAGE).expect("the page"),
        wanted,
        "write it anew: INSTA_UPDATE=always and this test"
    );
}

#[tokio::test]
async fn what_has_served_is_removed_when_its_time_is_over_and_not_before() {
    let clock = Clock::fixed(Clock::default().now());
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let mug = app.sell_one("acme", "Mug", 1_200, 5).await;
    app.customer("acme", "ada@example.test").await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    app.run_jobs().await;
    // What a person has to decide about, and what has still to be sent.
    let left = "INSERT INTO jobs (store_id, id, kind, payload, status, run_at, created_at, finished_at) \
            SELECT id, gen_random_uuid(), 'test.dead', '{}', 'dead', '2020-01-01', '2020-01-01', '2020-01-01' FROM stores WHERE code = 'acme'; \
        INSERT INTO mail_messages (store_id, id, message_key, sender, recipient, subject, text_body, html_body, status, created_at) \
            SELECT id, gen_random_uuid(), 'test', '', '', '', '', '', 'queued', '2020-01-01' FROM stores WHERE code = 'acme'";
    app.owner_of_database().batch_execute(left).expect("the rows");
    let began = clock.now();
    // The rows of each table that were there before, and those that must stay.
    let old = || {
        let older = |table: &str| {
            app.count(&format!(
                "SELECT count(*) FROM {table} WHERE created_at <= '{}'",
                began.to_rfc3339()
            ))
        };
        [
            "jobs",
            "outbox_events",
            "idempotency_keys",
            "mail_messages",
            "user_sessions",
            "customer_sessions",
        ]
        .map(older)
    };
    let before = old();
    assert!(before.iter().all(|rows| *rows > 0), "{before:?}");
    let pass = async |time: TimeDelta| {
        clock.advance(time);
        app.tidy().await;
        app.run_jobs().await;
        old()
    };
    let [jobs, events, _, mails, staff, customers] = before;
    let soon = TimeDelta::minutes(1);
    assert_eq!(pass(TimeDelta::hours(24) - soon).await, before);
    assert_eq!(pass(soon * 2).await, [jobs, events, 0, mails, staff, customers]);
    assert_eq!(
        pass(TimeDelta::days(6) - soon * 2).await,
        [jobs, events, 0, mails, staff, customers]
    );
    assert_eq!(
        pass(soon * 2).await,
        [1, 0, 0, mails, staff, customers],
        "a dead job waits for a person"
    );
    assert_eq!(pass(TimeDelta::days(83) - soon * 2).await[3], mails);
    assert_eq!(pass(soon * 2).await, [1, 0, 0, 1, 0, 0], "a mail that has not left stays");
    app.leave_jobs("one is dead on purpose");
}

#[tokio::test]
async fn impersonations_are_shown_for_a_year_and_what_the_log_says_of_them_stays() {
    let app = TestApp::start().await;
    let past = visitor(&app, true).await;
    past.post("/products", product("Mug", 1200, 5)).await.is(201);
    visitor(&app, true).await;
    app.run_jobs().await;
    let [old, recent] = [0, 1].map(|number| app.text(&format!("SELECT id FROM impersonations ORDER BY id OFFSET {number} LIMIT 1")));
    let owner = || app.owner_of_database();
    for (id, days) in [(&old, 366), (&recent, 364)] {
        let moved = format!(
            "UPDATE impersonations SET created_at = created_at - interval '{days} days', ends_at = ends_at - interval '{days} days' WHERE id = '{id}'"
        );
        owner().batch_execute(&moved).expect("time goes by");
    }
    let entries = || {
        app.text(&format!(
            "SELECT string_agg(action, ' ' ORDER BY action) FROM audit_log WHERE impersonation_id = '{old}' OR entity_id = '{old}'"
        ))
    };
    let before = entries();
    for action in ["impersonation.began", "impersonation.created", "product.created"] {
        assert!(before.contains(action), "{before}");
    }
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.text("SELECT string_agg(id::text, ' ') FROM impersonations"), recent);
    assert_eq!(entries(), before);
    let shown = app.owner("acme").await.get("/audit?action=product.created").await.is(200).json;
    assert_eq!(shown["data"][0]["impersonation"]["id"], old);
    // Whoever keeps house cannot take away what the merchant is still to see.
    let younger = "UPDATE impersonations SET ends_at = now() - interval '1 day', created_at = now() - interval '1 day 1 hour'";
    owner().batch_execute(younger).expect("a younger one");
    assert!(
        owner()
            .batch_execute("SET ROLE orion_platform; DELETE FROM impersonations")
            .is_err()
    );
    assert_eq!(app.count("SELECT count(*) FROM impersonations"), 1);
}
