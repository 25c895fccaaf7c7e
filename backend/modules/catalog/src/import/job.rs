//! The jobs of imports: running one, and fetching the pictures it named.

use std::collections::HashSet;

use orion_events::{ImageFacts, ImageFailed, ImageFetched, JobCancelled};
use orion_framework::db::{Actor, AuditEntry, StoreTx};
use orion_framework::event::Told;
use orion_framework::job::{Job, JobContext, JobError, Patience, typed};
use orion_types::ImageId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::parts::delete_parts;
use super::run::{Host, fail, run};
use crate::error::CatalogError;
use crate::model::ImageRow;
use crate::picture::{FetchError, Fetcher, StoredPicture, store_picture_as};
use crate::queries::images;
use crate::queries::imports::find_import;
use crate::service::imports::job_called_off;
use crate::undo::job::{UndoImport, called_off};

/// Runs an import.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ImportProducts {
    pub import_id: Uuid,
}

impl Job for ImportProducts {
    const KIND: &'static str = "catalog.import_products";
    // Each goes on where the one before stopped.
    const PATIENCE: Patience = Patience::Attempts(10);
}

/// Removes the file of an import that was called off.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DeleteImportFile {
    pub storage_key: String,
}

impl Job for DeleteImportFile {
    const KIND: &'static str = "catalog.delete_import_file";
}

/// Runs the job.
pub(crate) async fn delete_import_file(context: JobContext, payload: Value) -> Result<(), JobError> {
    let DeleteImportFile { storage_key } = typed(&payload)?;
    let deleted = delete_parts(&context.services().storage, context.store()?.id, &storage_key).await;
    deleted.map_err(|error| JobError::Retry(error.to_string()))
}

/// Fetches the pictures of a product that wait for it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FetchImages {
    pub product_id: Uuid,
}

impl Job for FetchImages {
    const KIND: &'static str = "catalog.fetch_image";
    // Then the picture counts as failed.
    const PATIENCE: Patience = Patience::Attempts(3);
}

/// Where an administrator has called off the job of an import, or of its undo, that has ended too; otherwise it would seem to run for ever.
pub(crate) fn job_cancelled(tx: &mut StoreTx, told: &Told) -> Result<(), JobError> {
    let cancelled: JobCancelled = told.typed()?;
    match cancelled.kind.as_str() {
        ImportProducts::KIND => {
            let ImportProducts { import_id } = typed(&cancelled.payload)?;
            Ok(job_called_off(tx, import_id)?)
        }
        UndoImport::KIND => {
            let UndoImport { undo_id } = typed(&cancelled.payload)?;
            Ok(called_off(tx, undo_id)?)
        }
        _ => Ok(()),
    }
}

/// Runs an import to its end; when the last attempt fails, the run says so.
pub(crate) async fn import_products(context: JobContext, payload: Value) -> Result<(), JobError> {
    let ImportProducts { import_id } = typed(&payload)?;
    let row = context.read(move |tx| find_import(tx, import_id)).await?;
    let actor = Actor::system(format!("{} (import)", row.actor_label));
    let host = Host {
        access: context.access()?.named(actor),
        job: Some(&context),
    };
    let result = run(&host, import_id, |_| ()).await;
    if result.is_err() && context.last_attempt() {
        // Whoever has lost the job says nothing about it: it goes on elsewhere.
        context.heartbeat().await?;
        let sentence = "The import stopped several times because of a fault on our side.";
        context.tx(move |tx| fail(tx, import_id, sentence)).await?;
    }
    result.map(|_| ()).map_err(Into::into)
}

/// Fetches one picture after the other. One that fails for good is noted; the job is tried again only for those that may still come.
pub(crate) async fn fetch_images(context: JobContext, payload: Value) -> Result<(), JobError> {
    let FetchImages { product_id } = typed(&payload)?;
    let fetcher = Fetcher::new(&context.services().outbound);
    let (mut tried, mut later) = (HashSet::new(), None);
    // Asked again each time: pictures that joined while this job ran could not queue another one.
    while let Some((image, waiting)) = next_pending(&context, product_id, &tried).await? {
        let (done, left) = (count(tried.len()), count(waiting));
        context.progress(done, done + left).await?;
        tried.insert(image.id);
        match fetch(&context, &fetcher, &image).await {
            Ok(()) => {}
            Err(FetchError::Later(reason)) if !context.last_attempt() => later = Some(reason),
            Err(FetchError::Later(reason) | FetchError::Never(reason)) => context.tx(move |tx| give_up(tx, &image, &reason)).await?,
        }
    }
    later.map_or(Ok(()), |reason| Err(JobError::Retry(reason)))
}

/// The next picture that was not tried yet, and how many of these there are with it.
async fn next_pending(context: &JobContext, product_id: Uuid, tried: &HashSet<Uuid>) -> Result<Option<(ImageRow, usize)>, JobError> {
    let mut waiting = context.read(move |tx| images::list_pending(tx, product_id)).await?;
    waiting.retain(|image| !tried.contains(&image.id));
    let left = waiting.len();
    Ok(waiting.into_iter().next().map(|image| (image, left)))
}

fn count(pictures: usize) -> i32 {
    i32::try_from(pictures).unwrap_or(i32::MAX / 2)
}

/// Fetches and stores one picture.
async fn fetch(context: &JobContext, fetcher: &Fetcher, image: &ImageRow) -> Result<(), FetchError> {
    let bytes = fetcher.fetch(image.source_url.as_deref().unwrap_or_default()).await?;
    let ours = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, image = %image.id, "a picture that was fetched could not be stored");
        FetchError::Later("The picture could not be stored because of a fault on our side.".to_owned())
    };
    let store = context.store().map_err(|error| ours(&error))?.id;
    let stored = store_picture_as(&context.services().storage, store, ImageId(image.id), bytes).await;
    let picture = stored.map_err(|error| match error {
        CatalogError::Picture(error) => FetchError::Never(error.to_string()),
        other => ours(&other),
    })?;
    let facts = told(image, None);
    context.tx(move |tx| ready(tx, &picture, facts)).await.map_err(|error| ours(&error))
}

/// A picture, as it is told.
fn told(image: &ImageRow, failure: Option<&str>) -> ImageFacts {
    ImageFacts {
        image_id: image.id.into(),
        product_id: image.product_id.into(),
        failure: failure.map(str::to_owned),
    }
}

fn ready(tx: &mut StoreTx, picture: &StoredPicture, facts: ImageFacts) -> Result<(), CatalogError> {
    if images::mark_ready(tx, picture.id.0, picture.width, picture.height, &picture.placeholder)? {
        tx.touch_catalog();
        tx.emit(&ImageFetched(facts));
    }
    tx.audit(AuditEntry::new("product_image.fetched", "product_images", picture.id.0));
    Ok(())
}

fn give_up(tx: &mut StoreTx, image: &ImageRow, reason: &str) -> Result<(), CatalogError> {
    images::mark_failed(tx, image.id, reason)?;
    tx.audit(AuditEntry::new("product_image.fetch_failed", "product_images", image.id).note("reason", reason));
    tx.emit(&ImageFailed(told(image, Some(reason))));
    Ok(())
}
