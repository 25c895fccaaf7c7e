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
            hears: Hears::All,
            name: "listener.all",
            handle: Handle::Batch(gather),
        },
    ],
    ..Module::EMPTY
};

/// Hears everything, and nobody else does.
static GATHERER: Module = Module {
    id: "gatherer",
    events: &[EventHandler {
        hears: Hears::All,
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

const LIST: &str = "SELECT value #>> '{}' FROM store_settings WHERE key = 'test.list'";
const PENDING: &str = "SELECT count(*) FROM outbox_events WHERE dispatched_at IS NULL";

#[tokio::test]
async fn a_listener_hears_a_module_or_everything() {
    let bed = Testbed::new(&[&TEST, &LISTENER]);
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
