use std::sync::Mutex;

use super::*;
use crate::Services;

/// A job of which many are done in one transaction.
#[derive(Serialize, Deserialize)]
struct Letter {
    name: String,
}

impl Job for Letter {
    const KIND: &'static str = "test.letter";
}

fn post(_: &Services, tx: &mut StoreTx, payloads: &[Value]) -> Result<(), JobError> {
    for payload in payloads {
        note(tx, payload)?;
    }
    // What was written in one transaction bears its number.
    diesel::sql_query("UPDATE store_settings SET value = to_jsonb(pg_current_xact_id()::text) WHERE value = '1'").execute(tx.conn())?;
    Ok(())
}

static POST: Module = Module {
    id: "post",
    jobs: &[
        JobHandler {
            kind: Letter::KIND,
            run: JobRun::Together(post),
        },
        JobHandler {
            kind: Note::KIND,
            run: JobRun::Store(note),
        },
    ],
    ..Module::EMPTY
};

async fn write_letters(bed: &Testbed, store: Uuid, names: &'static [&'static str]) {
    let queued = move |tx: &mut StoreTx| {
        for name in names {
            tx.enqueue(&Letter { name: (*name).to_owned() });
        }
        Ok::<_, DbError>(())
    };
    bed.tx(store, queued).await.unwrap();
}

#[tokio::test]
async fn short_jobs_of_a_store_share_a_transaction_and_not_that_of_another_store() {
    let bed = Testbed::new(&[&POST]);
    write_letters(&bed, ACME, &["a", "b", "c"]).await;
    write_letters(&bed, GLOBEX, &["d", "e"]).await;
    enqueue(&bed, ACME, "note", JobOptions::default()).await;
    assert_eq!(bed.run_jobs().await.succeeded, 6);
    assert_eq!(status(&bed, "done"), 6);
    assert_eq!(
        bed.text("SELECT string_agg(keys, ' ' ORDER BY keys) FROM (SELECT string_agg(right(key, 1), '' ORDER BY key) AS keys FROM store_settings WHERE value <> '1' GROUP BY value)"),
        "abc de"
    );
}

#[tokio::test]
async fn one_of_them_that_fails_is_alone_with_its_failure() {
    let bed = Testbed::new(&[&POST]);
    for wrong in ["retry", "panic"] {
        bed.owner("DELETE FROM store_settings; DELETE FROM jobs");
        let names: &'static [&'static str] = if wrong == "retry" {
            &["a", "retry", "b"]
        } else {
            &["a", "panic", "b"]
        };
        write_letters(&bed, ACME, names).await;
        let drained = bed.run_jobs().await;
        assert_eq!((drained.succeeded, drained.failed.len()), (2, 1), "{wrong}");
        assert_eq!(
            (status(&bed, "done"), status(&bed, "queued"), bed.count(ROWS)),
            (2, 1, 2),
            "{wrong}"
        );
        assert_eq!(
            bed.text("SELECT string_agg(DISTINCT attempts::text, ' ') FROM jobs"),
            "1",
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_worker_that_has_lost_one_of_them_undoes_all_and_does_the_others_anew() {
    let bed = Testbed::new(&[&POST]);
    write_letters(&bed, ACME, &["a", "b"]).await;
    let worker = bed.worker();
    let take = Claim {
        limit: 1,
        ..Claim::default()
    };
    let taken = worker.claim(take).await.unwrap();
    assert_eq!(taken.len(), 2);
    bed.owner("UPDATE jobs SET leased_by = 'somebody else' WHERE payload->>'name' = 'b'");
    let ended = worker.attempt_all(taken, Jitter::None).await;
    let of = |ended: &[(String, Outcome)], wanted: fn(&Outcome) -> bool| ended.iter().filter(|(_, outcome)| wanted(outcome)).count();
    assert_eq!(of(&ended, |outcome| matches!(outcome, Outcome::Done)), 1);
    assert_eq!(of(&ended, |outcome| matches!(outcome, Outcome::Lost)), 1);
    assert_eq!((status(&bed, "done"), status(&bed, "running"), bed.count(ROWS)), (1, 1, 1));
}

#[tokio::test]
async fn a_turn_of_a_store_takes_no_more_than_its_share_and_nothing_of_another_kind() {
    let bed = Testbed::new(&[&POST]);
    let many = |tx: &mut StoreTx| {
        for number in 0..80 {
            tx.enqueue(&Letter {
                name: format!("letter_{number}"),
            });
        }
        Ok::<_, DbError>(())
    };
    bed.tx(ACME, many).await.unwrap();
    enqueue(&bed, ACME, "note", JobOptions::default()).await;
    enqueue(&bed, GLOBEX, "note", JobOptions::default()).await;
    let worker = bed.worker();
    let sizes = async || {
        let claim = Claim {
            limit: 8,
            ..Claim::default()
        };
        let groups = claim::groups(worker.claim(claim).await.unwrap());
        assert!(groups.iter().all(|group| group.iter().all(|job| job.kind == group[0].kind)));
        groups.iter().map(Vec::len).collect::<Vec<_>>()
    };
    assert_eq!(sizes().await, [64, 1]);
    assert_eq!(sizes().await, [16]);
    assert_eq!(sizes().await, [1]);
    assert_eq!(sizes().await, [] as [usize; 0]);
}

static WRITTEN: Mutex<Vec<(String, usize)>> = Mutex::new(Vec::new());
static HEARD: tokio::sync::Notify = tokio::sync::Notify::const_new();

static OFFICE: Module = Module {
    id: "office",
    jobs: &[JobHandler {
        kind: Letter::KIND,
        run: JobRun::Together(|_, tx, payloads| {
            WRITTEN.lock().unwrap().push((tx.store().code.clone(), payloads.len()));
            HEARD.notify_one();
            Ok(())
        }),
    }],
    ..Module::EMPTY
};

#[tokio::test]
async fn a_store_whose_letters_were_taken_rests_and_another_does_not_wait_for_it() {
    let bed = Testbed::new(&[&OFFICE]);
    let options = WorkerOptions {
        gather: Duration::ZERO,
        rest: Duration::from_secs(3600),
        ..WorkerOptions::default()
    };
    let handle = Worker::new(bed.backend.clone(), &[], options).unwrap().spawn();
    write_letters(&bed, ACME, &["a"]).await;
    HEARD.notified().await;
    write_letters(&bed, ACME, &["b", "c"]).await;
    write_letters(&bed, GLOBEX, &["d"]).await;
    HEARD.notified().await;
    handle.stop().await;
    assert_eq!(*WRITTEN.lock().unwrap(), [("acme".to_owned(), 1), ("globex".to_owned(), 1)]);
    assert_eq!(bed.run_jobs().await.succeeded, 2);
    assert_eq!(WRITTEN.lock().unwrap()[2..], [("acme".to_owned(), 2)]);
}
