//! The records of a source on their way into a file.

use orion_framework::export::{Batch, ExportSource, Reader};
use orion_framework::job::{JobContext, JobError};
use orion_types::export::ExportMember;
use serde_json::Value;

use crate::error::TransferError;
use crate::format::{Finished, Format, Spool};
use crate::model::ExportRow;
use crate::progress::{Progress, blocking};

/// What takes records, a batch at a time.
pub(crate) trait Sink: Send + 'static {
    /// Writes them behind those that are there.
    fn take(&mut self, batch: &Batch) -> Result<(), TransferError>;
}

impl Sink for Spool {
    fn take(&mut self, batch: &Batch) -> Result<(), TransferError> {
        self.write(batch)
    }
}

/// A file that is written, and what there is to say of it.
pub(crate) struct Written {
    pub(crate) file: Finished,
    pub(crate) done: i64,
    pub(crate) members: Vec<ExportMember>,
    pub(crate) missing: i64,
}

/// One source in one format.
pub(crate) async fn write(
    context: &JobContext,
    row: &ExportRow,
    source: &'static ExportSource,
    format: Format,
) -> Result<Written, JobError> {
    let mut progress = Progress::of(context, row);
    let spool = blocking(move || Spool::begin(format, source.columns)).await?;
    let spool = fill(context, source, &row.filter, spool, &mut progress).await?;
    let done = progress.done;
    let file = blocking(move || spool.finish()).await?;
    Ok(Written {
        file,
        done,
        members: Vec::new(),
        missing: 0,
    })
}

/// All records, batch by batch; each batch is a transaction of its own, so that none is open as long as the whole takes.
pub(crate) async fn fill<S: Sink>(
    context: &JobContext,
    source: &'static ExportSource,
    filter: &str,
    mut sink: S,
    progress: &mut Progress<'_>,
) -> Result<S, JobError> {
    let mut place = None;
    loop {
        let take = move |batch: Batch| {
            sink.take(&batch)?;
            Ok((sink, batch.records.len(), batch.next))
        };
        let (filled, count, next) = read(context, source, (filter, place), take).await?;
        sink = filled;
        progress.step(count).await?;
        match next {
            None => return Ok(sink),
            next => place = next,
        }
    }
}

/// Hands the batch at a place over on the thread that has read it.
async fn read<T: Send + 'static>(
    context: &JobContext,
    source: &'static ExportSource,
    (filter, place): (&str, Option<Value>),
    take: impl FnOnce(Batch) -> Result<T, TransferError> + Send + 'static,
) -> Result<T, JobError> {
    let filter = filter.to_owned();
    match source.read {
        Reader::Store(read) => context.read(move |tx| take(read(tx, &filter, place)?)).await,
        Reader::Platform(read) => {
            let store = context.store()?.id;
            context.platform_tx(move |tx| take(read(tx, store, place)?)).await
        }
    }
}
