//! The whole store as one ZIP: every source as a table and as documents, the files that belong to them, and a list by which it is checked.

mod check;
mod manifest;
mod readme;
mod writer;

use futures_util::StreamExt;
use orion_framework::export::{Attached, Batch, ExportSource};
use orion_framework::job::{JobContext, JobError};
use orion_framework::storage::StorageError;
use tokio::sync::mpsc;

use crate::error::TransferError;
use crate::format::{Finished, Format, Spool};
use crate::model::ExportRow;
use crate::progress::{Progress, blocking};
use crate::records::{self, Sink, Written};
use manifest::About;
use writer::Archive;

/// What an export of the whole store is called.
pub(crate) const KIND: &str = "store";
/// Its format, and how its file's name ends.
pub(crate) const FORMAT: &str = "zip";
/// Pieces of a file that wait to be written.
const PIECES: usize = 4;

/// Writes the archive and reads it back. In memory are a batch of records, a piece of a file, and an entry of the list for each file.
pub(crate) async fn write(context: &JobContext, row: &ExportRow, sources: Vec<&'static ExportSource>) -> Result<Written, JobError> {
    let store = context.store()?;
    let about = About::new(&store.code, store.currency, context.services().clock.now());
    let mut progress = Progress::of(context, row);
    let mut archive = blocking(Archive::begin).await?;
    let mut attached = Vec::new();
    for source in sources {
        let spools = blocking(move || Spools::begin(source)).await?;
        let spools = records::fill(context, source, "", spools, &mut progress).await?;
        (archive, attached) = blocking(move || spools.add_to(archive, attached, source.kind)).await?;
    }
    for file in attached {
        archive = add_file(context, archive, file).await?;
        progress.step(1).await?;
    }
    let made_at = context.services().clock.now();
    let (file, manifest) = blocking(move || archive.finish(about, made_at)).await?;
    Ok(Written {
        file,
        done: progress.done,
        missing: i64::try_from(manifest.missing.len()).unwrap_or(i64::MAX),
        members: manifest.summary(),
    })
}

/// The two files of a source, written from the same reading.
struct Spools {
    table: Spool,
    documents: Spool,
    attached: Vec<Attached>,
}

impl Spools {
    fn begin(source: &ExportSource) -> Result<Self, TransferError> {
        Ok(Self {
            table: Spool::begin(Format::Csv, source.columns)?,
            documents: Spool::begin(Format::Lines, source.columns)?,
            attached: Vec::new(),
        })
    }

    fn add_to(self, mut archive: Archive, mut attached: Vec<Attached>, kind: &str) -> Result<(Archive, Vec<Attached>), TransferError> {
        for (spool, format) in [(self.table, Format::Csv), (self.documents, Format::Lines)] {
            let finished: Finished = spool.finish()?;
            archive.add_spooled(format!("{kind}.{}", format.ending()), &finished)?;
        }
        attached.extend(self.attached);
        Ok((archive, attached))
    }
}

impl Sink for Spools {
    fn take(&mut self, batch: &Batch) -> Result<(), TransferError> {
        self.table.write(batch)?;
        self.documents.write(batch)?;
        for record in &batch.records {
            self.attached.extend(record.files.iter().cloned());
        }
        Ok(())
    }
}

/// Copies a file of the storage a piece at a time. One that is no longer there is named in the list; everything else is still worth having.
async fn add_file(context: &JobContext, mut archive: Archive, file: Attached) -> Result<Archive, JobError> {
    let store = context.store()?.id;
    let mut content = match context.services().storage.stream(store, &file.key).await {
        Ok((_, content)) => content,
        Err(StorageError::NotFound) => {
            archive.miss(file.name);
            return Ok(archive);
        }
        Err(error) => return Err(TransferError::from(error).into()),
    };
    let (send, pieces) = mpsc::channel(PIECES);
    let writing = tokio::task::spawn_blocking(move || archive.add_pieces(file.name, pieces).map(|()| archive));
    while let Some(piece) = content.next().await {
        // Who writes has stopped, and says below why.
        if send.send(piece).await.is_err() {
            break;
        }
    }
    drop(send);
    let written = writing.await.map_err(|error| JobError::Retry(error.to_string()))?;
    written.map_err(Into::into)
}
