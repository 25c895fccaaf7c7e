//! AVIF files of pictures: made when nobody waits for them, and kept where they are smaller than what is there already.

use bytes::Bytes;
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, JobOptions};
use orion_framework::storage::{Storage, StorageError};
use orion_types::{ImageId, StoreId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FileKind, WIDTHS, file_key, has_avif};
use crate::queries::avif;

/// Pictures of one job: a minute or so, after which it is another store's turn.
const BATCH: i64 = 8;

/// Makes the AVIF files of a store's pictures that have none yet, a batch at a time, and goes on until none is left.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MakeAvif {}

impl Job for MakeAvif {
    const KIND: &'static str = "catalog.make_avif";
}

impl MakeAvif {
    /// Queues it for every store that has pictures without. Not one job for each picture: an import brings thousands.
    pub(crate) fn queue(tx: &mut PlatformTx) -> Result<(), DbError> {
        for store in avif::stores_without_avif(tx)? {
            tx.enqueue_with(StoreId(store), &Self {}, Self::options());
        }
        Ok(())
    }

    /// One at a time, behind everything else of the store.
    fn options() -> JobOptions {
        JobOptions {
            unique_key: Some("missing".to_owned()),
            priority: -10,
            ..JobOptions::default()
        }
    }
}

/// Runs the job.
pub(crate) async fn make_avif(context: JobContext) -> Result<(), JobError> {
    if !has_avif(&context.services().config) {
        return Ok(());
    }
    let (storage, store) = (context.services().storage.clone(), context.store()?.id);
    let found = context.read(|tx| avif::list_without_avif(tx, BATCH)).await?;
    for id in &found {
        context.heartbeat().await?;
        let made = make_files(&storage, store, ImageId(*id)).await;
        made.map_err(|error| JobError::Retry(error.to_string()))?;
    }
    context.last_tx(move |tx| done(tx, &found)).await
}

fn done(tx: &mut StoreTx, looked_after: &[Uuid]) -> Result<(), DbError> {
    tx.no_audit("the same pictures in another coding");
    avif::mark_avif(tx, looked_after)?;
    if !avif::list_without_avif(tx, 1)?.is_empty() {
        tx.enqueue_with(&MakeAvif {}, MakeAvif::options());
    }
    Ok(())
}

/// Makes the files of one picture from its largest JPEG: the original is not kept. One whose files are gone has none.
async fn make_files(storage: &Storage, store: StoreId, id: ImageId) -> Result<(), StorageError> {
    let [.., largest] = WIDTHS;
    let jpeg = match storage.get(store, &file_key(id, largest, FileKind::Jpeg)).await {
        Ok(jpeg) => jpeg,
        Err(StorageError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let Some(files) = coded(jpeg, id).await else { return Ok(()) };
    for (width, file) in files {
        let webp = match storage.get(store, &file_key(id, width, FileKind::WebP)).await {
            Ok(webp) => webp.len(),
            // Made before there was WebP: whatever is smaller than a JPEG will do, and AVIF is.
            Err(StorageError::NotFound) => usize::MAX,
            Err(error) => return Err(error),
        };
        let kept = if file.len() < webp { Bytes::from(file) } else { Bytes::new() };
        storage.put(store, &file_key(id, width, FileKind::Avif), kept).await?;
    }
    Ok(())
}

/// On a thread that gives way to everything else; `None`, and a line in the log, for a picture that cannot be coded, which stays as it is.
async fn coded(jpeg: Bytes, id: ImageId) -> Option<Vec<(u32, Vec<u8>)>> {
    let (told, made) = tokio::sync::oneshot::channel();
    let work = move || {
        orion_pictures::give_way();
        // Nobody waits any more when the server stops.
        let _nobody = told.send(orion_pictures::avif(&jpeg));
    };
    let started = std::thread::Builder::new().name("avif".to_owned()).spawn(work);
    let reason = match (started, made.await) {
        (Ok(_), Ok(Ok(files))) => return Some(files),
        (Err(error), _) => error.to_string(),
        (_, Ok(Err(error))) => error.to_string(),
        (_, Err(_)) => "the thread panicked".to_owned(),
    };
    tracing::warn!(reason, image = %id, "a picture has no AVIF files");
    None
}
