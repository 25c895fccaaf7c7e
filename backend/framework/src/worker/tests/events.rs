use super::*;

#[tokio::test]
async fn an_event_reaches_each_handler_once() {
    let bed = Testbed::new(&[&SHOP]);
    emit(&bed, "mug").await;
    assert_eq!(
        bed.run_jobs().await,
        Drained {
            events: 1,
            succeeded: 1,
            failed: vec![]
        }
    );
    assert_eq!(bed.run_jobs().await, Drained::default());
    assert_eq!(bed.text("SELECT key FROM store_settings"), "test.heard_mug");
    assert_eq!(bed.count("SELECT count(*) FROM outbox_events WHERE dispatched_at IS NOT NULL"), 1);
}

#[tokio::test]
async fn an_event_of_a_transaction_that_failed_is_never_told() {
    let bed = Testbed::new(&[&SHOP]);
    let failed = |tx: &mut StoreTx| {
        tx.emit(&OrderPlaced { item: "mug".to_owned() });
        Err::<(), _>(DbError::NotFound)
    };
    assert!(bed.tx(ACME, failed).await.is_err());
    assert_eq!(bed.run_jobs().await, Drained::default());
}

#[tokio::test]
async fn an_event_that_nobody_reacts_to_is_kept_and_not_handed_out() {
    let bed = Testbed::new(&[]);
    emit(&bed, "mug").await;
    assert_eq!(bed.run_jobs().await, Drained::default());
    assert_eq!(bed.count("SELECT count(*) FROM outbox_events WHERE dispatched_at IS NOT NULL"), 1);
}

#[tokio::test]
async fn a_handler_that_fails_is_tried_again_alone() {
    let bed = Testbed::new(&[&SHOP, &FRAGILE]);
    emit(&bed, "mug").await;
    let drained = bed.run_jobs().await;
    assert_eq!((drained.events, drained.succeeded), (1, 1));
    assert_eq!(drained.failed, [("event:fragile.stumble".to_owned(), "not ready".to_owned())]);
    bed.tx(ACME, |tx| write(tx, "ready")).await.unwrap();
    assert_eq!(bed.run_jobs().await, Drained::default(), "the pause is not over");
    bed.wait(5);
    assert_eq!(bed.run_jobs().await.succeeded, 1);
    assert_eq!(bed.count("SELECT count(*) FROM store_settings WHERE key = 'test.heard_mug'"), 1);
}

#[tokio::test]
async fn a_module_that_is_off_hears_nothing_and_its_jobs_wait() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "queued", JobOptions::default()).await;
    bed.switch("shop", false);
    emit(&bed, "mug").await;
    assert_eq!(bed.run_jobs().await, Drained::default());
    assert_eq!(status(&bed, "queued"), 1);
    bed.switch("shop", true);
    assert_eq!(bed.run_jobs().await.succeeded, 1);
    assert_eq!(bed.text("SELECT key FROM store_settings"), "test.queued");
}

#[tokio::test]
async fn what_happened_before_a_platform_rested_is_told_when_it_works_again() {
    let bed = Testbed::new(&[&SHOP]);
    emit(&bed, "mug").await;
    enqueue(&bed, ACME, "queued", JobOptions::default()).await;
    bed.switch_platform(false);
    assert_eq!(bed.run_jobs().await, Drained::default());
    assert_eq!(bed.count("SELECT count(*) FROM outbox_events WHERE dispatched_at IS NULL"), 1);
    assert_eq!(
        (status(&bed, "queued"), bed.count("SELECT max(attempts)::bigint FROM jobs")),
        (1, 0)
    );
    bed.switch_platform(true);
    let drained = bed.run_jobs().await;
    assert_eq!((drained.events, drained.succeeded), (1, 2));
}
