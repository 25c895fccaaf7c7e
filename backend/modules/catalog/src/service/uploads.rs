//! Files as browsers send them (`multipart/form-data`), never more of them in memory than needed.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart, MultipartError};
use bytes::{Bytes, BytesMut};
use futures_util::TryStreamExt;
use orion_framework::Services;
use orion_framework::clock::Ids;
use orion_framework::http::is_too_slow;
use orion_framework::problem::{BAD_REQUEST, INVALID, ProblemDraft, TIMEOUT, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE};
use orion_types::{StoreId, VariantId};
use sha2::{Digest, Sha256};

use super::imports::UploadedFile;
use crate::error::CatalogError;
use crate::import::{PartWriter, delete_parts};
use crate::picture::{self, PictureError, StoredPicture, discard_picture, store_picture};

/// Most pictures in one request.
const MAX_PICTURES: usize = 20;
/// Longest text beside the files, in bytes.
const MAX_TEXT: usize = 4 << 10;
/// Longest description of columns, in bytes.
const MAX_COLUMNS: usize = 256 << 10;
/// How much of a body that is too large is still read, so that the client gets to hear the answer, in bytes.
const MAX_DRAIN: usize = 256 << 20;

/// Pictures that were uploaded and whose files are stored.
#[derive(Debug, Default)]
pub(crate) struct UploadedPictures {
    pub pictures: Vec<StoredPicture>,
    pub alt: String,
    pub variant: Option<VariantId>,
    /// What was sent, for a request that comes again.
    pub hash: Sha256,
}

/// Reads and stores pictures one after the other; `alt` and `variant_id` may come beside them. All of them or none.
pub(crate) async fn receive_pictures(services: &Services, store: StoreId, form: Multipart) -> Result<UploadedPictures, CatalogError> {
    let mut upload = UploadedPictures::default();
    if let Err(error) = read_form(services, store, form, &mut upload).await {
        discard(services, store, &upload.pictures).await;
        return Err(error);
    }
    Ok(upload)
}

/// Removes the files of pictures that joined no product.
pub(crate) async fn discard(services: &Services, store: StoreId, pictures: &[StoredPicture]) {
    for picture in pictures {
        discard_picture(&services.storage, store, picture.id).await;
    }
}

async fn read_form(services: &Services, store: StoreId, mut form: Multipart, upload: &mut UploadedPictures) -> Result<(), CatalogError> {
    while let Some(mut field) = form.try_next().await.map_err(broken)? {
        if file_name(&field).is_none() {
            read_text(&mut field, upload).await?;
            continue;
        }
        if upload.pictures.len() >= MAX_PICTURES {
            let draft = ProblemDraft::new(&TOO_LARGE).detail(format!("At most {MAX_PICTURES} pictures are taken at a time."));
            return Err(draft.into());
        }
        let bytes = read_limited(&mut field, picture::MAX_BYTES).await?;
        let bytes = bytes.ok_or_else(|| PictureError::TooLarge(format!("A picture may have {} MB.", picture::MAX_BYTES >> 20)))?;
        upload.hash.update(&bytes);
        upload.pictures.push(store_picture(&services.storage, store, bytes).await?);
    }
    if upload.pictures.is_empty() {
        return Err(no_file());
    }
    Ok(())
}

async fn read_text(field: &mut Field, upload: &mut UploadedPictures) -> Result<(), CatalogError> {
    let name = field.name().unwrap_or_default().to_owned();
    let text = read_limited(field, MAX_TEXT).await?.ok_or_else(|| ProblemDraft::new(&TOO_LARGE))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    upload.hash.update(format!("{name}={text}"));
    match name.as_str() {
        "alt" => upload.alt = text,
        "variant_id" if text.is_empty() => {}
        "variant_id" => {
            let id = text
                .parse()
                .map_err(|_| CatalogError::field("/variant_id", "invalid", "is no id of a variant"))?;
            upload.variant = Some(id);
        }
        other => {
            return Err(CatalogError::field(
                &format!("/{other}"),
                "unknown_field",
                "is not a field of this form",
            ));
        }
    }
    Ok(())
}

/// What came with a product file.
pub(crate) struct Upload {
    pub file: UploadedFile,
    /// Of everything that was sent.
    pub hash: [u8; 32],
    /// What was said of columns: a word by the heading.
    pub columns: BTreeMap<String, String>,
}

/// Stores one file piece by piece as it arrives; `columns` may come before it.
pub(crate) async fn receive_file(services: &Services, store: StoreId, mut form: Multipart) -> Result<Upload, CatalogError> {
    let mut columns = BTreeMap::new();
    while let Some(mut field) = form.try_next().await.map_err(broken)? {
        let Some(name) = file_name(&field) else {
            if field.name() == Some("columns") {
                columns = read_columns(&mut field).await?;
            }
            continue;
        };
        let file = UploadedFile::new(Ids::new_id(), &name);
        let stored = store_parts(services, store, &mut field, &file.storage_key).await;
        if stored.is_err() {
            delete_parts(&services.storage, store, &file.storage_key).await?;
        }
        let mut hash = Sha256::new();
        hash.update(stored?);
        for (heading, word) in &columns {
            hash.update(format!("{heading}\0{word}\0"));
        }
        let hash = hash.finalize().into();
        return Ok(Upload { file, hash, columns });
    }
    Err(no_file())
}

async fn read_columns(field: &mut Field) -> Result<BTreeMap<String, String>, CatalogError> {
    let text = read_limited(field, MAX_COLUMNS)
        .await?
        .ok_or_else(|| ProblemDraft::new(&TOO_LARGE))?;
    serde_json::from_slice(&text).map_err(|error| {
        let told = format!("is an object of JSON with a text for each heading: {error}");
        CatalogError::field("/columns", "invalid", &told)
    })
}

async fn store_parts(services: &Services, store: StoreId, field: &mut Field, key: &str) -> Result<[u8; 32], CatalogError> {
    let mut hash = Sha256::new();
    let limit = services.config.http.max_upload_bytes;
    let mut writer = PartWriter::new(&services.storage, store, key);
    while let Some(chunk) = field.try_next().await.map_err(broken)? {
        if writer.len() + chunk.len() > limit {
            drain(field).await;
            return Err(ProblemDraft::new(&TOO_LARGE)
                .detail(format!("A file may have {} MB.", limit >> 20))
                .into());
        }
        hash.update(&chunk);
        writer.write(&chunk).await?;
    }
    writer.finish().await?;
    Ok(hash.finalize().into())
}

fn file_name(field: &Field) -> Option<String> {
    field.content_disposition()?.get_filename().map(str::to_owned)
}

/// The bytes of a field; `None` when there are more than `limit`.
async fn read_limited(field: &mut Field, limit: usize) -> Result<Option<Bytes>, CatalogError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = field.try_next().await.map_err(broken)? {
        if bytes.len() + chunk.len() > limit {
            drain(field).await;
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes.freeze()))
}

async fn drain(field: &mut Field) {
    let mut drained = 0;
    while let Ok(Some(chunk)) = field.try_next().await {
        drained += chunk.len();
        if drained > MAX_DRAIN {
            break;
        }
    }
}

fn no_file() -> CatalogError {
    ProblemDraft::new(&INVALID).field("/file", "required", "a file is required").into()
}

fn broken(error: MultipartError) -> CatalogError {
    use MultipartError::{BoundaryMissing, ContentTypeIncompatible, ContentTypeMissing, ContentTypeParse};
    let draft = match error {
        ContentTypeMissing | ContentTypeParse | ContentTypeIncompatible | BoundaryMissing => {
            ProblemDraft::new(&UNSUPPORTED_MEDIA_TYPE).detail("Send the file as multipart/form-data.")
        }
        MultipartError::Payload(error) if is_too_slow(&error) => ProblemDraft::new(&TIMEOUT),
        _ => ProblemDraft::new(&BAD_REQUEST).detail("The form broke off or could not be read."),
    };
    draft.into()
}
