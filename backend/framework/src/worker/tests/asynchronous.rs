use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;

static CALLS: Mutex<Vec<(String, i32, bool)>> = Mutex::new(Vec::new());
static REFUSED: AtomicBool = AtomicBool::new(false);

static CALLER: Module = Module {
    id: "caller",
    jobs: &[JobHandler {
        kind: Call::KIND,
        run: JobRun::Async(|context, _| {
            Box::pin(async move {
                let code = context
                    .tx(|tx| {
                        write(tx, "called")?;
                        Ok::<_, JobError>(tx.store().code.clone())
                    })
                    .await?;
                CALLS.lock().unwrap().push((code, context.attempt(), context.last_attempt()));
                context.heartbeat().await?;
                if REFUSED.swap(false, Ordering::SeqCst) {
                    Err(JobError::Retry("503".to_owned()))
                } else {
                    Ok(())
                }
            })
        }),
    }],
    ..Module::EMPTY
};

#[tokio::test]
async fn an_asynchronous_job_keeps_what_it_committed_and_may_run_again() {
    let bed = Testbed::new(&[&CALLER]);
    REFUSED.store(true, Ordering::SeqCst);
    let queued = |tx: &mut StoreTx| {
        tx.enqueue(&Call);
        Ok::<_, DbError>(())
    };
    bed.tx(GLOBEX, queued).await.unwrap();
    bed.owner("UPDATE jobs SET max_attempts = 2");
    assert_eq!(bed.run_jobs().await.failed, [(Call::KIND.to_owned(), "503".to_owned())]);
    bed.owner("DELETE FROM store_settings");
    bed.wait(5);
    assert_eq!(bed.run_jobs().await.succeeded, 1);
    assert_eq!(
        *CALLS.lock().unwrap(),
        [("globex".to_owned(), 1, false), ("globex".to_owned(), 2, true)]
    );
}

static LASTING: Module = Module {
    id: "lasting",
    jobs: &[JobHandler {
        kind: Note::KIND,
        run: JobRun::Async(|context, payload| Box::pin(async move { context.last_tx(move |tx| note(tx, &payload)).await })),
    }],
    ..Module::EMPTY
};

#[tokio::test]
async fn what_a_job_does_last_and_that_it_is_done_are_one_commit() {
    let bed = Testbed::new(&[&LASTING]);
    enqueue(&bed, ACME, "kept", JobOptions::default()).await;
    assert_eq!(bed.run_jobs().await.succeeded, 1);
    assert_eq!((status(&bed, "done"), bed.count(ROWS)), (1, 1));
    enqueue(&bed, ACME, "steal", JobOptions::default()).await;
    assert_eq!(
        bed.run_jobs().await.failed,
        [(Note::KIND.to_owned(), "another worker has taken the job over".to_owned())]
    );
    assert_eq!((status(&bed, "done"), bed.count(ROWS)), (1, 1));
}

static STARTED: tokio::sync::Notify = tokio::sync::Notify::const_new();
static RUNS: AtomicUsize = AtomicUsize::new(0);

static ENDLESS: Module = Module {
    id: "endless",
    jobs: &[JobHandler {
        kind: Call::KIND,
        run: JobRun::Async(|_, _| {
            Box::pin(async {
                RUNS.fetch_add(1, Ordering::SeqCst);
                STARTED.notify_one();
                std::future::pending().await
            })
        }),
    }],
    ..Module::EMPTY
};

#[tokio::test]
async fn a_worker_that_stops_gives_back_what_it_cannot_finish() {
    let bed = Testbed::new(&[&ENDLESS]);
    let options = WorkerOptions {
        drain: Duration::ZERO,
        poll: Duration::from_secs(3600),
        ..WorkerOptions::default()
    };
    let handle = Worker::new(bed.backend.clone(), &[], options).unwrap().spawn();
    let queued = |tx: &mut StoreTx| {
        tx.enqueue(&Call);
        Ok::<_, DbError>(())
    };
    // The commit wakes the worker, whose next look of its own is an hour away.
    bed.tx(ACME, queued).await.unwrap();
    STARTED.notified().await;
    handle.stop().await;
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
    assert_eq!(
        bed.text("SELECT status || ' ' || attempts || ' ' || coalesce(leased_by, 'nobody') FROM jobs WHERE kind = 'test.call'"),
        "queued 0 nobody"
    );
}

#[derive(Serialize, Deserialize)]
struct Mail;

impl Job for Mail {
    const KIND: &'static str = "test.mail";
}

static IMPORTING: tokio::sync::Notify = tokio::sync::Notify::const_new();
static SENT: tokio::sync::Notify = tokio::sync::Notify::const_new();
static IMPORTS: AtomicUsize = AtomicUsize::new(0);

static IMPORTER: Module = Module {
    id: "importer",
    jobs: &[
        JobHandler {
            kind: Call::KIND,
            run: JobRun::Bulk(|_, _| {
                Box::pin(async {
                    IMPORTS.fetch_add(1, Ordering::SeqCst);
                    IMPORTING.notify_one();
                    std::future::pending().await
                })
            }),
        },
        JobHandler {
            kind: Mail::KIND,
            run: JobRun::Async(|_, _| {
                Box::pin(async {
                    SENT.notify_one();
                    Ok(())
                })
            }),
        },
    ],
    ..Module::EMPTY
};

#[tokio::test]
async fn a_mail_does_not_wait_for_the_imports_of_its_store() {
    let bed = Testbed::new(&[&IMPORTER]);
    let options = WorkerOptions {
        drain: Duration::ZERO,
        concurrency: 1,
        ..WorkerOptions::default()
    };
    let handle = Worker::new(bed.backend.clone(), &[], options).unwrap().spawn();
    let imports = |tx: &mut StoreTx| {
        (0..4).for_each(|_| tx.enqueue(&Call));
        Ok::<_, DbError>(())
    };
    bed.tx(ACME, imports).await.unwrap();
    IMPORTING.notified().await;
    let mail = |tx: &mut StoreTx| {
        tx.enqueue(&Mail);
        Ok::<_, DbError>(())
    };
    bed.tx(ACME, mail).await.unwrap();
    SENT.notified().await;
    handle.stop().await;
    assert_eq!(IMPORTS.load(Ordering::SeqCst), 1, "one store has one place for imports");
}

#[derive(Serialize, Deserialize)]
struct Polish;

impl Job for Polish {
    const KIND: &'static str = "test.polish";
}

static POLISHING: tokio::sync::Notify = tokio::sync::Notify::const_new();
static POLISHED: AtomicUsize = AtomicUsize::new(0);
static FETCHED: tokio::sync::Notify = tokio::sync::Notify::const_new();

static POLISHER: Module = Module {
    id: "polisher",
    jobs: &[
        JobHandler {
            kind: Polish::KIND,
            run: JobRun::Idle(|_, _| {
                Box::pin(async {
                    POLISHED.fetch_add(1, Ordering::SeqCst);
                    POLISHING.notify_one();
                    std::future::pending().await
                })
            }),
        },
        JobHandler {
            kind: Call::KIND,
            run: JobRun::Bulk(|_, _| {
                Box::pin(async {
                    FETCHED.notify_one();
                    Ok(())
                })
            }),
        },
    ],
    ..Module::EMPTY
};

#[tokio::test]
async fn what_nobody_waits_for_is_done_once_at_a_time_and_holds_up_no_import() {
    let bed = Testbed::new(&[&POLISHER]);
    let options = WorkerOptions {
        drain: Duration::ZERO,
        ..WorkerOptions::default()
    };
    let handle = Worker::new(bed.backend.clone(), &[], options).unwrap().spawn();
    let polish = |tx: &mut StoreTx| {
        (0..4).for_each(|_| tx.enqueue(&Polish));
        Ok::<_, DbError>(())
    };
    bed.tx(ACME, polish).await.unwrap();
    bed.tx(GLOBEX, polish).await.unwrap();
    POLISHING.notified().await;
    let import = |tx: &mut StoreTx| {
        tx.enqueue(&Call);
        Ok::<_, DbError>(())
    };
    bed.tx(ACME, import).await.unwrap();
    FETCHED.notified().await;
    handle.stop().await;
    assert_eq!(POLISHED.load(Ordering::SeqCst), 1, "one place for all stores");
}
