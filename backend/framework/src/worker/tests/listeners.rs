//! Who hears what, and in which order.

use diesel::connection::SimpleConnection;

use super::*;
use crate::db::{Actor, RequestMeta};

/// Publishes the event that [`SHOP`] reacts to.
static TEST: Module = Module {
    id: "test",
    emits: &[OrderPlaced::NAME],
    ..Module::EMPTY
};
static LISTENER: Module = Module {
    id: "listener",
    events: &[
        EventHandler {
            hears: Hears::Module("test"),
            name: "listener.module",
            handle: Handle::Each(|tx, _| write(tx, "heard_by_module")),
        },
        EventHandler {
            hears: Hears::Module("shop"),
            name: "listener.another",
            handle: Handle::Each(|_, _| Err(JobError::Fail("it is of another module".to_owned()))),
        },
        EventHandler {
            hears: Hears::AllAsked,
            name: "listener.all",
            handle: Handle::Batch(gather),
        },
    ],
    ..Module::EMPTY
};

/// Hears everything that is asked for, and nobody else does.
static GATHERER: Module = Module {
    id: "gatherer",
    events: &[EventHandler {
        hears: Hears::AllAsked,
        name: "gatherer.all",
        handle: Handle::Batch(gather),
    }],
    ..Module::EMPTY
};

/// Adds what it was told to a list; fails at once when a row says so.
fn gather(tx: &mut StoreTx, told: &[Told]) -> Result<(), JobError> {
    tx.no_audit("a test");
    let items: Vec<String> = told
        .iter()
        .map(|told| Ok(told.typed::<OrderPlaced>()?.item))
        .collect::<Result<_, JobError>>()?;
    let settings = store_settings::table.filter(store_settings::store_id.eq(tx.store_id()));
    let rows: Vec<(String, Value)> = settings.select((store_settings::key, store_settings::value)).load(tx.conn())?;
    if rows.iter().any(|(key, _)| key == "test.closed") {
        return Err(JobError::Retry("closed".to_owned()));
    }
    let list = rows.iter().find(|(key, _)| key == "test.list");
    let list: String = list.and_then(|(_, list)| list.as_str()).unwrap_or_default().to_owned() + "[" + &items.join(" ") + "]";
    diesel::insert_into(store_settings::table)
        .values((
            store_settings::store_id.eq(tx.store_id()),
            store_settings::key.eq("test.list"),
            store_settings::value.eq(json!(list)),
            store_settings::updated_at.eq(tx.now()),
        ))
        .on_conflict((store_settings::store_id, store_settings::key))
        .do_update()
        .set(store_settings::value.eq(json!(list)))
        .execute(tx.conn())?;
    Ok(())
}

/// All stores want a listener to be told.
fn ask(bed: &Testbed, listener: &str) {
    bed.owner(&format!("INSERT INTO event_listeners SELECT id, '{listener}' FROM stores"));
}

const LIST: &str = "SELECT value #>> '{}' FROM store_settings WHERE key = 'test.list'";
const PENDING: &str = "SELECT count(*) FROM outbox_events WHERE dispatched_at IS NULL";

#[tokio::test]
async fn a_listener_hears_a_module_or_everything() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    ask(&bed, "listener.all");
    emit(&bed, "mug").await;
    let drained = bed.run_jobs().await;
    assert_eq!((drained.events, drained.succeeded, drained.failed), (1, 2, vec![]));
    assert_eq!(bed.text(LIST), "[mug]");
    assert_eq!(
        bed.count("SELECT count(*) FROM store_settings WHERE key = 'test.heard_by_module'"),
        1
    );
}

#[tokio::test]
async fn what_is_told_says_which_event_it_is_and_when_it_happened() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    emit(&bed, "mug").await;
    bed.wait(60);
    bed.run_jobs().await;
    let told = "FROM jobs JOIN outbox_events AS event ON jobs.payload->>'id' = event.id::text";
    assert_eq!(
        bed.text(&format!("SELECT jobs.payload->>'name' || ' ' || (jobs.payload->>'version') {told}")),
        "test.order_placed 3"
    );
    assert_eq!(
        bed.count(&format!(
            "SELECT count(*) {told} WHERE (jobs.payload->>'at')::timestamptz = event.created_at AND jobs.payload->'data' = event.payload"
        )),
        1
    );
}

#[tokio::test]
async fn what_one_look_finds_is_one_job_for_each_store() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    ask(&bed, "listener.all");
    for item in ["mug", "jug", "cup"] {
        emit(&bed, item).await;
    }
    let other = |tx: &mut StoreTx| {
        tx.emit(&OrderPlaced { item: "bowl".to_owned() });
        Ok::<_, DbError>(())
    };
    bed.tx(GLOBEX, other).await.unwrap();
    assert_eq!(bed.run_jobs().await.events, 4);
    assert_eq!(bed.count("SELECT count(*) FROM jobs WHERE kind = 'event:listener.all'"), 2);
    assert_eq!(
        bed.text("SELECT string_agg(value #>> '{}', ' ' ORDER BY store_id) FROM store_settings WHERE key = 'test.list'"),
        "[mug jug cup] [bowl]"
    );
}

#[tokio::test]
async fn what_failed_is_told_before_what_happened_later() {
    let bed = Testbed::new(&[&TEST, &GATHERER]);
    ask(&bed, "gatherer.all");
    bed.tx(ACME, |tx| write(tx, "closed")).await.unwrap();
    emit(&bed, "mug").await;
    assert_eq!(bed.run_jobs().await.failed.len(), 1);
    bed.owner("DELETE FROM store_settings WHERE key = 'test.closed'");
    // The first job waits for its next attempt; the second takes it along.
    emit(&bed, "jug").await;
    assert_eq!(bed.run_jobs().await.failed, []);
    assert_eq!(bed.text(LIST), "[mug][jug]");
    bed.wait(60);
    assert_eq!(bed.run_jobs().await, Drained::default());
    assert_eq!((status(&bed, "queued"), status(&bed, "dead")), (0, 0));
}

#[tokio::test]
async fn an_event_that_nobody_hears_whose_module_is_on_costs_no_job() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    ask(&bed, "listener.all");
    bed.switch("listener", false);
    emit(&bed, "mug").await;
    assert_eq!(bed.count(PENDING), 0);
    bed.switch("listener", true);
    emit(&bed, "jug").await;
    assert_eq!(bed.count(PENDING), 1);
    bed.run_jobs().await;
    assert_eq!(bed.text(LIST), "[jug]");
}

/// One that comes in numbers.
#[derive(Serialize, Deserialize)]
struct Glanced {}

impl Event for Glanced {
    const NAME: &'static str = "test.glanced";
    const VERSION: u16 = 1;
    const KEPT: bool = false;
}

#[tokio::test]
async fn what_comes_in_numbers_is_written_for_somebody_or_not_at_all() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    ask(&bed, "listener.all");
    let glance = |tx: &mut StoreTx| {
        tx.emit(&Glanced {});
        Ok::<_, DbError>(())
    };
    bed.switch("listener", false);
    bed.tx(ACME, glance).await.unwrap();
    assert_eq!(bed.count("SELECT count(*) FROM outbox_events"), 0);
    bed.switch("listener", true);
    bed.tx(ACME, glance).await.unwrap();
    assert_eq!(bed.count("SELECT count(*) FROM outbox_events"), 1);
}

#[tokio::test]
async fn what_a_platform_does_to_a_store_is_told_like_what_happens_in_it() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    ask(&bed, "listener.all");
    let placed = |tx: &mut PlatformTx| {
        tx.emit(orion_types::StoreId(ACME), &OrderPlaced { item: "mug".to_owned() });
        Ok::<_, DbError>(())
    };
    bed.switch("listener", false);
    bed.backend
        .platform_tx(Actor::system("test"), RequestMeta::default(), placed)
        .await
        .unwrap();
    assert_eq!(bed.count(PENDING), 0);
    bed.switch("listener", true);
    bed.backend
        .platform_tx(Actor::system("test"), RequestMeta::default(), placed)
        .await
        .unwrap();
    assert_eq!(bed.count(PENDING), 1);
    bed.run_jobs().await;
    assert_eq!(bed.text(LIST), "[mug]");
}

#[tokio::test]
async fn only_one_worker_hands_events_out_at_a_time() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
    ask(&bed, "listener.all");
    emit(&bed, "mug").await;
    let mut another = bed.connect();
    another
        .batch_execute("BEGIN; SELECT pg_advisory_xact_lock(4707206187511407361)")
        .unwrap();
    assert_eq!(bed.run_jobs().await, Drained::default());
    another.batch_execute("ROLLBACK").unwrap();
    assert_eq!(bed.run_jobs().await.events, 1);
    assert_eq!(bed.text(LIST), "[mug]");
}

#[tokio::test]
async fn who_is_asked_for_hears_what_happens_from_then_on_and_nothing_else() {
    let bed = Testbed::new(&[&TEST, &GATHERER]);
    let glance = |tx: &mut StoreTx| {
        tx.emit(&Glanced {});
        Ok::<_, DbError>(())
    };
    emit(&bed, "mug").await;
    bed.tx(ACME, glance).await.unwrap();
    assert_eq!(
        bed.count("SELECT count(*) FROM outbox_events"),
        1,
        "what comes in numbers is not even written"
    );
    assert_eq!(bed.count(PENDING), 0);
    assert_eq!(bed.run_jobs().await, Drained::default());
    bed.owner(&format!(
        "INSERT INTO event_listeners VALUES ('{ACME}', 'gatherer.all'), ('{GLOBEX}', 'gatherer.another')"
    ));
    emit(&bed, "jug").await;
    let other = |tx: &mut StoreTx| {
        tx.emit(&OrderPlaced { item: "bowl".to_owned() });
        Ok::<_, DbError>(())
    };
    bed.tx(GLOBEX, other).await.unwrap();
    assert_eq!(bed.run_jobs().await.events, 1);
    assert_eq!(bed.text(LIST), "[jug]");
    bed.tx(ACME, glance).await.unwrap();
    assert_eq!(bed.count(PENDING), 1);
    bed.owner("DELETE FROM event_listeners");
    assert_eq!(
        (bed.run_jobs().await.events, bed.text(LIST).as_str()),
        (1, "[jug]"),
        "nobody has asked any more"
    );
}

#[tokio::test]
async fn a_listener_that_nobody_asks_for_is_not_told_what_others_hear() {
    let bed = Testbed::new(&[&SHOP, &GATHERER]);
    emit(&bed, "mug").await;
    let drained = bed.run_jobs().await;
    assert_eq!((drained.events, drained.succeeded), (1, 1));
    assert_eq!(bed.count("SELECT count(*) FROM jobs WHERE kind = 'event:gatherer.all'"), 0);
}

/// Whether a transaction waits for another one to begin or to end listening.
fn somebody_waits(bed: &Testbed) -> bool {
    bed.count(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    ) > 0
}

#[tokio::test]
async fn whatever_commits_after_somebody_has_begun_to_listen_is_told() {
    let bed = std::sync::Arc::new(Testbed::new(&[&TEST, &GATHERER]));
    let mut beginning = bed.connect();
    beginning
        .batch_execute(&format!(
            "BEGIN; CALL orion_change_listeners('{ACME}'); INSERT INTO event_listeners VALUES ('{ACME}', 'gatherer.all')"
        ))
        .unwrap();
    // An event that was on its way before, and would be committed after.
    let writing = tokio::spawn({
        let bed = bed.clone();
        async move { emit(&bed, "mug").await }
    });
    let began = std::time::Instant::now();
    while !somebody_waits(&bed) {
        assert!(began.elapsed().as_secs() < 10, "it does not wait for who is about to listen");
        tokio::task::yield_now().await;
    }
    beginning.batch_execute("COMMIT").unwrap();
    writing.await.unwrap();
    assert_eq!(bed.run_jobs().await.events, 1);
    assert_eq!(bed.text(LIST), "[mug]");
}

#[tokio::test]
async fn who_begins_to_listen_waits_for_events_that_did_not_know_of_it() {
    let bed = Testbed::new(&[&TEST, &GATHERER]);
    let mut writing = bed.connect();
    writing.batch_execute(&format!("BEGIN; SELECT orion_listeners('{ACME}')")).unwrap();
    let mut beginning = bed.connect();
    let refused = beginning.batch_execute(&format!("SET lock_timeout = '1ms'; CALL orion_change_listeners('{ACME}')"));
    assert!(refused.is_err(), "it begins while somebody still writes for nobody");
    beginning
        .batch_execute(&format!("CALL orion_change_listeners('{GLOBEX}')"))
        .unwrap();
    writing.batch_execute("COMMIT").unwrap();
    beginning.batch_execute(&format!("CALL orion_change_listeners('{ACME}')")).unwrap();
}
