//! What somebody else holds in the database while requests wait for it.

use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;

use crate::TestApp;

/// For how long requests have time to come to the lock.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many sessions of the test's database wait for a lock.
const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// A transaction of the database's owner that is under way; what it has done is taken back when it is dropped.
pub struct Held<'a> {
    app: &'a TestApp,
    elsewhere: PgConnection,
}

impl TestApp {
    /// Begins a transaction that holds what the statements lock or write.
    pub fn held(&self, statements: &str) -> Held<'_> {
        let mut elsewhere = self.owner_of_database();
        elsewhere.batch_execute(&format!("BEGIN; {statements}")).expect("nobody holds it");
        Held { app: self, elsewhere }
    }
}

impl Held<'_> {
    /// Commits once so many requests wait for it, which are to be made at the same time; panics when they do not.
    pub async fn until_waiting(self, requests: i64) {
        self.until_waiting_then(requests, "").await;
    }

    /// Likewise, and runs the statements before it commits: what somebody does who had only begun when the requests came.
    pub async fn until_waiting_then(mut self, requests: i64, statements: &str) {
        let began = Instant::now();
        while self.app.count(WAITING) < requests {
            assert!(began.elapsed() < PATIENCE, "fewer than {requests} wait");
            tokio::task::yield_now().await;
        }
        self.elsewhere
            .batch_execute(&format!("{statements}; COMMIT"))
            .expect("it is their turn");
    }
}
