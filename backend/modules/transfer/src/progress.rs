//! How far a file is, told now and then.

use orion_framework::db::{DbError, StoreTx};
use orion_framework::job::{JobContext, JobError};

use crate::error::TransferError;
use crate::model::ExportRow;
use crate::queries;

/// Steps between two notes.
const NOTED_EVERY: usize = 10;

/// Counts what is written.
pub(crate) struct Progress<'a> {
    context: &'a JobContext,
    row: &'a ExportRow,
    steps: usize,
    /// What was written so far.
    pub(crate) done: i64,
}

impl<'a> Progress<'a> {
    pub(crate) fn of(context: &'a JobContext, row: &'a ExportRow) -> Self {
        Self {
            context,
            row,
            steps: 0,
            done: 0,
        }
    }

    /// So many more are written.
    pub(crate) async fn step(&mut self, count: usize) -> Result<(), JobError> {
        self.done += i64::try_from(count).unwrap_or(0);
        self.steps += 1;
        if self.steps.is_multiple_of(NOTED_EVERY) {
            self.note().await?;
        }
        Ok(())
    }

    async fn note(&self) -> Result<(), JobError> {
        let (id, done) = (self.row.id, self.done);
        let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let total = self.row.total_count.unwrap_or(done).max(done);
        self.context.progress(count(done), count(total)).await?;
        let noted = move |tx: &mut StoreTx| {
            tx.no_audit("how far a file is says nothing of the business");
            Ok::<_, DbError>(queries::set_progress(tx, id, done)?)
        };
        self.context.tx(noted).await
    }
}

/// Runs what waits for a disk beside the threads that answer.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, TransferError> + Send + 'static) -> Result<T, JobError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| JobError::Retry(error.to_string()))?.map_err(Into::into)
}
