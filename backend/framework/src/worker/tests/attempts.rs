use super::*;

#[tokio::test]
async fn a_job_that_fails_leaves_nothing_and_waits_longer_each_time() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "retry", JobOptions::default()).await;
    assert_eq!(bed.count("SELECT max_attempts::bigint FROM jobs"), 8, "as its kind has it");
    bed.owner("UPDATE jobs SET max_attempts = 3");
    for pause in [5, 10] {
        assert_eq!(
            bed.run_jobs().await.failed,
            [(Note::KIND.to_owned(), "the moon is wrong".to_owned())]
        );
        assert_eq!((status(&bed, "queued"), bed.count(ROWS)), (1, 0));
        bed.wait(pause - 1);
        assert_eq!(bed.run_jobs().await, Drained::default());
        bed.wait(1);
    }
    assert_eq!(bed.run_jobs().await.failed.len(), 1);
    assert_eq!(status(&bed, "dead"), 1);
    assert_eq!(bed.text("SELECT last_error FROM jobs"), "the moon is wrong");
}

#[tokio::test]
async fn a_job_that_can_never_work_is_dead_at_once() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "fail", JobOptions::default()).await;
    bed.run_jobs().await;
    assert_eq!((status(&bed, "dead"), bed.count(ROWS)), (1, 0));
}

#[tokio::test]
async fn a_job_that_panics_is_a_failed_job() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "panic", JobOptions::default()).await;
    assert_eq!(
        bed.run_jobs().await.failed,
        [(Note::KIND.to_owned(), "the job panicked: out of cheese".to_owned())]
    );
    assert_eq!((status(&bed, "queued"), bed.count(ROWS)), (1, 0));
    enqueue(&bed, ACME, "fine", JobOptions::default()).await;
    assert_eq!(bed.run_jobs().await.succeeded, 1, "the pool has survived");
}

#[tokio::test]
async fn a_job_without_a_store_works_across_stores() {
    fn census(tx: &mut PlatformTx, _: &Value) -> Result<(), JobError> {
        let stores: i64 = crate::foreign::stores::table.count().get_result(tx.conn())?;
        if stores == 2 {
            Ok(())
        } else {
            Err(JobError::Fail(format!("{stores} stores")))
        }
    }
    let bed = Testbed::new(&[]);
    bed.owner(&format!(
        "INSERT INTO jobs (store_id, id, kind, payload, run_at, created_at) VALUES ('{nil}', '{nil}', 'census', '{{}}', '2020-01-01', '2020-01-01')",
        nil = Uuid::nil()
    ));
    let jobs = [JobHandler {
        kind: "census",
        run: JobRun::Platform(census),
    }];
    let worker = Worker::new(bed.backend.clone(), &jobs, WorkerOptions::default()).unwrap();
    assert_eq!(
        worker.run_jobs_until_idle().await.unwrap(),
        Drained {
            succeeded: 1,
            ..Drained::default()
        }
    );
}

#[tokio::test]
async fn what_has_served_is_removed_and_what_is_dead_stays() {
    let bed = Testbed::new(&[&SHOP]);
    emit(&bed, "mug").await;
    enqueue(&bed, ACME, "fail", JobOptions::default()).await;
    bed.run_jobs().await;
    let worker = Worker::new(bed.backend.clone(), JOBS, WorkerOptions::default()).unwrap();
    let tidy = async |days: i64| {
        bed.wait(days * 86_400);
        worker.run_due().await.unwrap();
        worker.run_jobs_until_idle().await.unwrap();
        let left = |status: &str| {
            bed.count(&format!(
                "SELECT count(*) FROM jobs WHERE kind <> 'framework.housekeeping' AND status = '{status}'"
            ))
        };
        (left("done"), left("dead"), bed.count("SELECT count(*) FROM outbox_events"))
    };
    assert_eq!(tidy(6).await, (1, 1, 1));
    assert_eq!(tidy(2).await, (0, 1, 0));
}

#[tokio::test]
async fn a_job_that_writes_without_an_audit_entry_is_found_out() {
    fn silent(tx: &mut StoreTx, _: &Value) -> Result<(), JobError> {
        diesel::update(store_settings::table)
            .set(store_settings::value.eq(json!(2)))
            .execute(tx.conn())?;
        Ok(())
    }
    static SILENT: Module = Module {
        id: "silent",
        jobs: &[JobHandler {
            kind: Note::KIND,
            run: JobRun::Store(silent),
        }],
        ..Module::EMPTY
    };
    let bed = Testbed::new(&[&SILENT]);
    bed.tx(ACME, |tx| write(tx, "row")).await.unwrap();
    enqueue(&bed, ACME, "x", JobOptions::default()).await;
    assert_eq!(bed.run_jobs().await.failed[0].1, DbError::Unaudited.to_string());
}
