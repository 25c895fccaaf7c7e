//! Commits that free their locks at once, and answers that wait for the disk together.
//!
//! A transaction that waits for the disk while it commits keeps its locks for as long as that takes, so the orders of one store,
//! which take turns for their number, would never come faster than the disk turns. Store transactions therefore commit without
//! waiting (`synchronous_commit = off`), and whoever is told of them waits afterwards, in one go with everybody else who does.
//! Nothing is weaker for it: the log is written in order, so that a commit that is on the disk has everything before it there too,
//! and nobody hears "done" before that (PostgreSQL's manual, "Asynchronous Commit").

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use tokio::sync::Mutex;

use super::DbError;
use super::pool::Lane;

/// Writes a record of its own, since a transaction that wrote nothing waits for nothing; its commit is the one that waits.
const MARK: &str = "BEGIN; SELECT pg_logical_emit_message(true, 'orion', '')";

/// Waits until commits are on the disk, many at a time.
#[derive(Clone)]
pub(super) struct Disk {
    lane: Lane,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Commits that somebody waits for.
    asked: AtomicU64,
    /// Of these, how many are known to be on the disk.
    safe: AtomicU64,
    /// How often the disk was waited for, for the tests.
    #[cfg(test)]
    marks: AtomicU64,
    /// One at a time; who comes in the meantime is served by the next one, together.
    turn: Mutex<()>,
}

impl Disk {
    pub(super) fn new(lane: Lane) -> Self {
        Self {
            lane,
            state: Arc::default(),
        }
    }

    /// Returns when everything that was committed before the call is on the disk.
    ///
    /// # Errors
    /// When the database cannot be asked; whether the commit survives a crash is not known then.
    pub(super) async fn reached(&self) -> Result<(), DbError> {
        let mine = self.state.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let disk = self.clone();
        // A task of its own: when a client goes away, its turn goes on for the others who are served by it.
        let turn = tokio::spawn(async move { disk.take_turn(mine).await });
        turn.await
            .unwrap_or_else(|_| Err(DbError::Unavailable("the server is stopping".to_owned())))
    }

    async fn take_turn(&self, mine: u64) -> Result<(), DbError> {
        let _turn = self.state.turn.lock().await;
        if self.state.safe.load(Ordering::SeqCst) >= mine {
            return Ok(());
        }
        // Whoever is counted here has committed before, so this mark comes after all of them.
        let covered = self.state.asked.load(Ordering::SeqCst);
        self.lane
            .run(MARK.to_owned(), |mut lease| {
                Ok::<_, DbError>(AnsiTransactionManager::commit_transaction(&mut lease.pg)?)
            })
            .await?;
        self.state.safe.store(covered, Ordering::SeqCst);
        #[cfg(test)]
        self.state.marks.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn marks(&self) -> u64 {
        self.state.marks.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_types::{Bool, Text};

    use crate::db::{DbError, Plans, RequestMeta, StoreTx, TxContext};
    use crate::idempotency::{self, IdempotencyError, IdempotencyScope};
    use crate::worker::testbed::{ACME, Testbed};

    fn ask(tx: &mut StoreTx, question: &str) -> Result<String, DbError> {
        Ok(diesel::select(diesel::dsl::sql::<Text>(question)).get_result(tx.conn())?)
    }

    /// Writes a row and says how far the log has come with it.
    fn write(tx: &mut StoreTx, key: usize) -> Result<(String, String), IdempotencyError> {
        tx.no_audit("a test");
        idempotency::begin(tx, &IdempotencyScope::new("jo", "test", key.to_string()), &[1; 32])?;
        let place = ask(tx, "pg_current_wal_insert_lsn()::text")?;
        Ok((place, ask(tx, "current_setting('synchronous_commit')")?))
    }

    #[tokio::test]
    async fn what_is_acknowledged_is_on_the_disk_though_the_commit_did_not_wait_for_it() {
        let bed = Testbed::new(&[]);
        // The cluster of the tests does not wait for its disk, as a real one does.
        bed.owner("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$");
        // PostgreSQL writes the log by itself five times a second; twenty commits in a row do not all meet that by chance.
        for key in 0..20 {
            let (place, waits) = bed.tx(ACME, move |tx| write(tx, key)).await.unwrap();
            assert_eq!(waits, "off");
            assert_eq!(
                bed.count(&format!("SELECT (pg_current_wal_flush_lsn() >= '{place}')::int::bigint")),
                1
            );
        }
    }

    #[tokio::test]
    async fn a_commit_that_nobody_answered_may_have_happened() {
        let bed = Testbed::new(&[]);
        let url = bed.backend.db.url().to_owned();
        let lost = bed.tx(ACME, move |tx| {
            write(tx, 1)?;
            let backend = ask(tx, "pg_backend_pid()::text")?;
            let mut owner = PgConnection::establish(&url).expect("the owner");
            let gone: bool = diesel::select(diesel::dsl::sql::<Bool>(&format!("pg_terminate_backend({backend}, 10000)")))
                .get_result(&mut owner)
                .expect("the backend ends");
            assert!(gone);
            Ok::<_, IdempotencyError>(())
        });
        let error = lost.await.unwrap_err();
        assert!(matches!(&error, IdempotencyError::Db(db) if db.is_unconfirmed()), "{error:?}");
    }

    #[tokio::test]
    async fn a_setting_of_one_transaction_is_not_the_next_ones() {
        let bed = Testbed::new(&[]);
        bed.owner("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$");
        bed.tx(ACME, |tx| write(tx, 1)).await.unwrap();
        let store = bed.store(ACME).await;
        let actor = crate::db::Actor::system("test");
        let read = move |tx: &mut StoreTx| ask(tx, "current_setting('synchronous_commit')");
        assert_eq!(bed.backend.store_read(&store, actor, read).await.unwrap(), "on");
    }

    #[tokio::test]
    async fn plans_are_kept_for_whoever_asks_for_it_and_for_nobody_after_them() {
        let bed = Testbed::new(&[]);
        let store = bed.store(ACME).await;
        let context = |plans| TxContext {
            plans,
            ..bed
                .backend
                .tx_context(store.clone(), crate::db::Actor::system("test"), RequestMeta::default())
        };
        let mode = |tx: &mut StoreTx| ask(tx, "current_setting('plan_cache_mode')");
        for (plans, expected) in [(Plans::Kept, "force_generic_plan"), (Plans::Fitting, "auto")] {
            assert_eq!(bed.backend.store_read_in(context(plans), mode).await.unwrap(), expected);
        }
    }

    #[tokio::test]
    async fn many_who_wait_are_served_together() {
        let bed = Testbed::new(&[]);
        let db = bed.backend.db.clone();
        let waiting = (0..50).map(|_| db.on_disk());
        for reached in futures_util::future::join_all(waiting).await {
            reached.unwrap();
        }
        // All had asked before the first turn began.
        assert_eq!(bed.backend.db.marks(), 1);
    }
}
