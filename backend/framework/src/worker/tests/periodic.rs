//! What is done again and again, by one server or by several.

use diesel::connection::SimpleConnection;
use orion_types::StoreId;

use super::*;
use crate::periodic::Periodic;

/// Counts its strokes by jobs, unless a row forbids it.
static CLOCK_TOWER: Module = Module {
    id: "tower",
    periodic: &[Periodic {
        name: "tower.strike",
        summary: "Strikes the hour.",
        cron: "0 * * * *",
        run: strike,
    }],
    ..Module::EMPTY
};

fn strike(tx: &mut PlatformTx, _: &Config) -> Result<(), DbError> {
    tx.enqueue_with(StoreId(ACME), &Note::new("stroke"), JobOptions::default());
    let stuck = store_settings::table.filter(store_settings::key.eq("test.stuck"));
    if diesel::select(diesel::dsl::exists(stuck)).get_result(tx.conn())? {
        return Err(DbError::NotFound);
    }
    Ok(())
}

const STROKES: &str = "SELECT count(*) FROM jobs WHERE kind = 'test.note'";

/// Two servers look at the same time; how often it has struck by then.
async fn look(bed: &Testbed, other: &Worker) -> i64 {
    let worker = bed.worker();
    let (one, two) = tokio::join!(worker.run_due(), other.run_due());
    one.unwrap();
    two.unwrap();
    bed.count(STROKES)
}

#[tokio::test]
async fn what_is_due_is_done_once_by_all_servers_together() {
    let bed = Testbed::new(&[&CLOCK_TOWER]);
    let other = bed.worker_beside(&[&CLOCK_TOWER], bed.clock.clone());
    assert_eq!(look(&bed, &other).await, 1, "what has never been done is due");
    assert_eq!(look(&bed, &other).await, 1);
    // 08:00 by the test's clock; the next hour is not over yet.
    bed.wait(3599);
    assert_eq!(look(&bed, &other).await, 1);
    bed.wait(1);
    assert_eq!(look(&bed, &other).await, 2);
    assert_eq!(look(&bed, &other).await, 2);
}

#[tokio::test]
async fn what_was_missed_is_done_once() {
    let bed = Testbed::new(&[&CLOCK_TOWER]);
    let worker = bed.worker();
    worker.run_due().await.unwrap();
    bed.wait(3 * 24 * 3600 + 1800);
    assert!(worker.run_due().await.unwrap().contains(&"tower.strike"));
    assert!(worker.run_due().await.unwrap().is_empty());
    assert_eq!(bed.count(STROKES), 2);
    // Then it goes on at its own times, and not an hour after it was caught up.
    bed.wait(1800);
    assert!(worker.run_due().await.unwrap().contains(&"tower.strike"));
}

#[tokio::test]
async fn what_another_server_has_in_hand_is_left_to_it() {
    let bed = Testbed::new(&[&CLOCK_TOWER]);
    bed.worker().run_due().await.unwrap();
    bed.wait(3600);
    let mut another = bed.connect();
    another
        .batch_execute("BEGIN; SELECT FROM periodic_runs WHERE name = 'tower.strike' FOR UPDATE")
        .unwrap();
    assert!(!bed.worker().run_due().await.unwrap().contains(&"tower.strike"));
    assert_eq!(bed.count(STROKES), 1);
    // It died in the middle.
    another.batch_execute("ROLLBACK").unwrap();
    assert_eq!(bed.worker().run_due().await.unwrap(), ["tower.strike"]);
    assert_eq!(bed.count(STROKES), 2);
}

#[tokio::test]
async fn what_fails_leaves_nothing_and_is_tried_again() {
    let bed = Testbed::new(&[&CLOCK_TOWER]);
    bed.tx(ACME, |tx| write(tx, "stuck")).await.unwrap();
    assert_eq!(
        bed.worker().run_due().await.unwrap(),
        ["framework.housekeeping", "framework.chain_audit"],
        "others are done all the same"
    );
    assert_eq!(bed.count(STROKES), 0);
    bed.owner("DELETE FROM store_settings");
    assert_eq!(bed.worker().run_due().await.unwrap(), ["tower.strike"]);
    assert_eq!(bed.count(STROKES), 1);
}
