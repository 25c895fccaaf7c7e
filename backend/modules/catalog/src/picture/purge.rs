//! Files of pictures that nothing shows any more.

use chrono::TimeDelta;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, JobOptions, typed};
use orion_types::ImageId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::delete_files;
use crate::queries::images;

/// How long files outlive their picture: pages in caches and mails on their way still ask for them.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Removes the files of a picture that its product has lost, unless something else shows them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PurgePicture {
    image_id: ImageId,
}

impl Job for PurgePicture {
    const KIND: &'static str = "catalog.purge_picture";
}

impl PurgePicture {
    /// Queues it for when the picture is forgotten.
    pub(crate) fn later(tx: &mut StoreTx, image_id: ImageId) {
        let options = JobOptions {
            run_at: Some(tx.now() + KEPT),
            unique_key: Some(image_id.to_string()),
            priority: -1,
        };
        tx.enqueue_with(&Self { image_id }, options);
    }
}

/// Runs the job.
pub(crate) async fn purge_picture(context: JobContext, payload: Value) -> Result<(), JobError> {
    let PurgePicture { image_id } = typed(&payload)?;
    if context.read(move |tx| is_shown(tx, image_id)).await? {
        return Ok(());
    }
    let store = context.store()?.id;
    let deleted = delete_files(&context.services().storage, store, image_id).await;
    deleted.map_err(|error| JobError::Retry(error.to_string()))
}

/// Whether a product has the picture, or a module that knows of more than products shows it.
fn is_shown(tx: &mut StoreTx, image: ImageId) -> Result<bool, DbError> {
    if images::is_of_live_product(tx, image.0)? {
        return Ok(true);
    }
    let modules = tx.modules();
    for shows in modules.all().iter().filter_map(|module| module.shows_picture) {
        if shows(tx, image)? {
            return Ok(true);
        }
    }
    Ok(false)
}
