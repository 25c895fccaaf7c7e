use super::*;

#[tokio::test]
async fn a_worker_whose_lease_was_taken_undoes_its_work() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "steal", JobOptions::default()).await;
    assert_eq!(
        bed.run_jobs().await.failed,
        [(Note::KIND.to_owned(), "the lease was lost".to_owned())]
    );
    assert_eq!(bed.count(ROWS), 0);
}

#[tokio::test]
async fn stores_take_turns() {
    let bed = Testbed::new(&[&SHOP]);
    for name in ["a1", "a2", "a3"] {
        enqueue(&bed, ACME, name, JobOptions::default()).await;
    }
    enqueue(&bed, GLOBEX, "b1", JobOptions::default()).await;
    let worker = bed.worker();
    let stores = |jobs: Vec<Claimed>| jobs.into_iter().map(|job| job.store_id).collect::<Vec<_>>();
    let claim = |from, limit| {
        worker.claim(Claim {
            from,
            limit,
            ..Claim::default()
        })
    };
    assert_eq!(stores(claim(Uuid::nil(), 8).await.unwrap()), [ACME, GLOBEX]);
    assert_eq!(
        stores(claim(Uuid::from_u128(ACME.as_u128() + 1), 8).await.unwrap()),
        [] as [Uuid; 0],
        "behind acme only globex had work"
    );
    assert_eq!(stores(claim(Uuid::nil(), 8).await.unwrap()), [ACME]);
    let spared = worker.claim(Claim {
        limit: 8,
        busy: vec![ACME],
        ..Claim::default()
    });
    assert_eq!(
        stores(spared.await.unwrap()),
        [] as [Uuid; 0],
        "a store with its share of places waits"
    );
    assert_eq!(stores(claim(Uuid::nil(), 8).await.unwrap()), [ACME]);
}

#[tokio::test]
async fn within_a_store_priority_and_time_decide() {
    let bed = Testbed::new(&[&SHOP]);
    let later = bed.clock.now() + chrono::TimeDelta::seconds(60);
    enqueue(
        &bed,
        ACME,
        "later",
        JobOptions {
            run_at: Some(later),
            priority: 9,
            ..JobOptions::default()
        },
    )
    .await;
    enqueue(
        &bed,
        ACME,
        "low",
        JobOptions {
            priority: -1,
            ..JobOptions::default()
        },
    )
    .await;
    enqueue(
        &bed,
        ACME,
        "high",
        JobOptions {
            priority: 1,
            ..JobOptions::default()
        },
    )
    .await;
    let worker = bed.worker();
    let mut order = Vec::new();
    for _ in 0..3 {
        let jobs = worker
            .claim(Claim {
                limit: 1,
                ..Claim::default()
            })
            .await
            .unwrap();
        order.extend(jobs.into_iter().map(|job| job.payload["name"].as_str().unwrap().to_owned()));
    }
    assert_eq!(order, ["high", "low"]);
    bed.wait(60);
    assert_eq!(
        worker
            .claim(Claim {
                limit: 9,
                ..Claim::default()
            })
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn the_job_of_a_dead_worker_is_taken_over() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "orphan", JobOptions::default()).await;
    bed.owner("UPDATE jobs SET max_attempts = 2");
    let killed = bed
        .worker()
        .claim(Claim {
            limit: 1,
            ..Claim::default()
        })
        .await
        .unwrap();
    assert_eq!(killed.len(), 1);
    bed.wait(59);
    assert_eq!(bed.run_jobs().await, Drained::default(), "the lease still holds");
    bed.wait(1);
    assert_eq!(bed.run_jobs().await.succeeded, 1);
    assert_eq!(bed.count(ROWS), 1);
}

#[tokio::test]
async fn a_job_that_kills_its_worker_every_time_is_dead_in_the_end() {
    let bed = Testbed::new(&[&SHOP]);
    enqueue(&bed, ACME, "poison", JobOptions::default()).await;
    bed.owner("UPDATE jobs SET max_attempts = 2");
    for _ in 0..2 {
        assert_eq!(
            bed.worker()
                .claim(Claim {
                    limit: 1,
                    reclaim: true,
                    ..Claim::default()
                })
                .await
                .unwrap()
                .len(),
            1
        );
        bed.wait(60);
    }
    bed.run_jobs().await;
    assert_eq!((status(&bed, "dead"), bed.count(ROWS)), (1, 0));
}

#[tokio::test]
async fn a_unique_job_is_queued_once_until_it_is_done() {
    let bed = Testbed::new(&[&SHOP]);
    let once = || JobOptions {
        unique_key: Some("once".to_owned()),
        ..JobOptions::default()
    };
    enqueue(&bed, ACME, "first", once()).await;
    enqueue(&bed, ACME, "second", once()).await;
    enqueue(&bed, GLOBEX, "other_store", once()).await;
    assert_eq!(bed.run_jobs().await.succeeded, 2);
    enqueue(&bed, ACME, "third", once()).await;
    assert_eq!(bed.run_jobs().await.succeeded, 1);
}

#[tokio::test]
async fn kinds_that_this_build_does_not_know_wait_for_one_that_does() {
    let bed = Testbed::new(&[]);
    enqueue(&bed, ACME, "unknown", JobOptions::default()).await;
    assert_eq!(bed.run_jobs().await, Drained::default());
    assert_eq!(status(&bed, "queued"), 1);
}

#[tokio::test]
async fn two_workers_never_run_the_same_job() {
    let bed = Testbed::new(&[&SHOP]);
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] {
        enqueue(&bed, ACME, name, JobOptions::default()).await;
        enqueue(&bed, GLOBEX, name, JobOptions::default()).await;
    }
    let (first, second) = (bed.worker(), bed.worker());
    let (first, second) = tokio::join!(first.run_jobs_until_idle(), second.run_jobs_until_idle());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.succeeded + second.succeeded, 20);
    assert!(first.failed.is_empty() && second.failed.is_empty());
    assert_eq!((bed.count(ROWS), status(&bed, "done")), (20, 20));
}

#[tokio::test]
async fn a_worker_whose_clock_is_ahead_takes_nothing_from_one_that_works() {
    let ahead = || Clock::wrong_by(chrono::TimeDelta::seconds(90));
    let bed = Testbed::with_clock(&[&SHOP], Clock::default());
    enqueue(&bed, ACME, "import", JobOptions::default()).await;
    let take = |reclaim| Claim {
        limit: 1,
        reclaim,
        ..Claim::default()
    };
    assert_eq!(bed.worker().claim(take(false)).await.unwrap().len(), 1);
    let wrong = bed.worker_beside(&[&SHOP], ahead());
    assert_eq!(
        wrong.claim(take(true)).await.unwrap().len(),
        0,
        "the lease of a worker at work was taken"
    );
    assert_eq!(status(&bed, "running"), 1);
}

#[tokio::test]
async fn what_a_server_whose_clock_is_ahead_queues_is_due_at_once() {
    let bed = Testbed::with_clock(&[&SHOP], Clock::wrong_by(chrono::TimeDelta::seconds(90)));
    emit(&bed, "mug").await;
    enqueue(&bed, ACME, "mail", JobOptions::default()).await;
    let right = bed.worker_beside(&[&SHOP], Clock::default());
    let drained = right.run_jobs_until_idle().await.unwrap();
    assert_eq!((drained.events, drained.succeeded), (1, 2));
}
