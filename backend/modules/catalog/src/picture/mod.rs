//! Pictures of products: where they come from and where their files are kept.

#[cfg(feature = "avif")]
pub(crate) mod avif;
mod fetch;
mod purge;

use bytes::Bytes;
use orion_framework::clock::Ids;
use orion_framework::config::Config;
use orion_framework::storage::{Storage, StorageError};
use orion_types::{ImageId, StoreId};
use tokio::sync::Semaphore;

use crate::error::CatalogError;
pub(crate) use fetch::{FetchError, Fetcher, MAX_URL};
pub use orion_pictures::{MAX_BYTES, PictureError, WIDTHS};
pub(crate) use purge::{PurgePicture, purge_picture};

/// Decoding takes a processor and up to a few hundred megabytes: two at once are enough for a small server.
static DECODERS: Semaphore = Semaphore::const_new(2);

/// A picture whose files are stored, not yet part of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPicture {
    /// Its id, which its files carry.
    pub id: ImageId,
    /// Pixels, of the original as it is to be seen.
    pub width: i32,
    /// Pixels, of the original as it is to be seen.
    pub height: i32,
    /// The average colour as `#rrggbb`.
    pub placeholder: String,
}

/// The kinds of files that each picture has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Read by everything.
    Jpeg,
    /// Smaller; pictures from before it was made have none.
    WebP,
    /// Made later, where it is wanted. An empty file says that it would not have been smaller than the WebP.
    Avif,
}

impl FileKind {
    const ALL: [Self; 3] = [Self::Jpeg, Self::WebP, Self::Avif];

    const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Avif => "avif",
        }
    }
}

/// Whether AVIF files are made and sent. Those that were made before it was switched off stay, and go with their picture.
pub(crate) fn has_avif(config: &Config) -> bool {
    orion_pictures::MAKES_AVIF && config.pictures_avif
}

/// The key of a file of a picture.
pub(crate) fn file_key(id: ImageId, width: u32, kind: FileKind) -> String {
    format!("images/{id}/{width}.{}", kind.ending())
}

/// Removes the files of a picture that nothing shows.
pub(crate) async fn discard_picture(storage: &Storage, store: StoreId, id: ImageId) {
    if let Err(error) = delete_files(storage, store, id).await {
        tracing::warn!(%error, image = %id, "a file of a picture that nothing shows is left behind");
    }
}

async fn delete_files(storage: &Storage, store: StoreId, id: ImageId) -> Result<(), StorageError> {
    for kind in FileKind::ALL {
        for width in WIDTHS {
            storage.delete(store, &file_key(id, width, kind)).await?;
        }
    }
    Ok(())
}

/// Checks a picture, makes its files and stores them under a new id.
///
/// # Errors
/// [`PictureError`] for bytes that are no picture or too large, [`orion_framework::storage::StorageError`] when the files cannot be kept.
pub async fn store_picture(storage: &Storage, store: StoreId, bytes: Bytes) -> Result<StoredPicture, CatalogError> {
    store_picture_as(storage, store, ImageId(Ids::new_id()), bytes).await
}

/// Like [`store_picture`], for a picture that has its id already.
pub(crate) async fn store_picture_as(storage: &Storage, store: StoreId, id: ImageId, bytes: Bytes) -> Result<StoredPicture, CatalogError> {
    let permit = DECODERS.acquire().await.map_err(|_| CatalogError::Stopped)?;
    let processed = tokio::task::spawn_blocking(move || orion_pictures::process(&bytes))
        .await
        .map_err(|_| CatalogError::Stopped)??;
    drop(permit);
    for (kind, files) in [(FileKind::Jpeg, processed.files), (FileKind::WebP, processed.webp)] {
        for (width, file) in files {
            storage.put(store, &file_key(id, width, kind), Bytes::from(file)).await?;
        }
    }
    Ok(StoredPicture {
        id,
        width: processed.width,
        height: processed.height,
        placeholder: processed.placeholder,
    })
}
