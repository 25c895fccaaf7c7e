//! Files as browsers send them (`multipart/form-data`) or alone (`application/octet-stream`), never more of them in memory than needed.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, TryStreamExt};
use orion_framework::Services;
use orion_framework::clock::Ids;
use orion_framework::http::is_too_slow;
use orion_framework::problem::{BAD_REQUEST, INVALID, ProblemDraft, TIMEOUT, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE};
use orion_types::catalog::UploadImage;
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

/// What is sent: a form, or one file and nothing else, which is what clients that are generated from the document can all do.
pub(crate) enum Sent {
    Form(Multipart),
    Alone(Payload),
}

impl FromRequest for Sent {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let named = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = named.and_then(|value| value.split(';').next()).unwrap_or_default();
        ready(if kind.trim().eq_ignore_ascii_case("application/octet-stream") {
            Ok(Self::Alone(payload.take()))
        } else {
            // What is no form either is refused once it is read.
            Ok(Self::Form(Multipart::new(request.headers(), payload.take())))
        })
    }
}

/// Pictures that were uploaded and whose files are stored.
#[derive(Debug, Default)]
pub(crate) struct UploadedPictures {
    pub pictures: Vec<StoredPicture>,
    pub alt: String,
    pub variant: Option<VariantId>,
    /// What was sent, for a request that comes again.
    pub hash: Sha256,
}

/// Reads and stores pictures one after the other; `alt` and `variant_id` may come beside them, for one that comes alone in the query.
/// All of them or none.
pub(crate) async fn receive_pictures(
    services: &Services,
    store: StoreId,
    sent: Sent,
    beside: UploadImage,
) -> Result<UploadedPictures, CatalogError> {
    let mut upload = UploadedPictures::default();
    upload.note("alt", beside.alt)?;
    upload.note("variant_id", beside.variant_id)?;
    let read = match sent {
        Sent::Form(form) => read_form(services, store, form, &mut upload).await,
        Sent::Alone(mut bytes) => read_picture(services, store, &mut bytes, &mut upload).await,
    };
    if let Err(error) = read {
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
        read_picture(services, store, &mut field, upload).await?;
    }
    if upload.pictures.is_empty() {
        return Err(no_file());
    }
    Ok(())
}

async fn read_picture<E: Into<MultipartError>>(
    services: &Services,
    store: StoreId,
    chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
    upload: &mut UploadedPictures,
) -> Result<(), CatalogError> {
    let bytes = read_limited(chunks, picture::MAX_BYTES).await?;
    let bytes = bytes.ok_or_else(|| PictureError::TooLarge(format!("A picture may have {} MB.", picture::MAX_BYTES >> 20)))?;
    upload.hash.update(&bytes);
    upload.pictures.push(store_picture(&services.storage, store, bytes).await?);
    Ok(())
}

async fn read_text(field: &mut Field, upload: &mut UploadedPictures) -> Result<(), CatalogError> {
    let name = field.name().unwrap_or_default().to_owned();
    let text = read_limited(field, MAX_TEXT).await?.ok_or_else(|| ProblemDraft::new(&TOO_LARGE))?;
    upload.note(&name, Some(String::from_utf8_lossy(&text).into_owned()))
}

impl UploadedPictures {
    /// Takes what was said of the pictures under a name.
    fn note(&mut self, name: &str, text: Option<String>) -> Result<(), CatalogError> {
        let Some(text) = text else { return Ok(()) };
        self.hash.update(format!("{name}={text}"));
        match name {
            "alt" => self.alt = text,
            "variant_id" if text.is_empty() => {}
            "variant_id" => {
                let id = text
                    .parse()
                    .map_err(|_| CatalogError::field("/variant_id", "invalid", "is no id of a variant"))?;
                self.variant = Some(id);
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
}

/// What came with a product file.
pub(crate) struct Upload {
    pub file: UploadedFile,
    /// Of everything that was sent.
    pub hash: [u8; 32],
    /// What was said of columns: a word by the heading.
    pub columns: BTreeMap<String, String>,
}

/// Stores one file piece by piece as it arrives; in a form `columns` may come before it. `name` is that of a file that comes alone.
pub(crate) async fn receive_file(services: &Services, store: StoreId, sent: Sent, name: Option<&str>) -> Result<Upload, CatalogError> {
    let mut form = match sent {
        Sent::Form(form) => form,
        Sent::Alone(mut bytes) => {
            return store_file(services, store, name.unwrap_or_default(), &mut bytes, BTreeMap::new()).await;
        }
    };
    let mut columns = BTreeMap::new();
    while let Some(mut field) = form.try_next().await.map_err(broken)? {
        match file_name(&field) {
            Some(name) => return store_file(services, store, &name, &mut field, columns).await,
            None if field.name() == Some("columns") => columns = read_columns(&mut field).await?,
            None => {}
        }
    }
    Err(no_file())
}

async fn store_file<E: Into<MultipartError>>(
    services: &Services,
    store: StoreId,
    name: &str,
    chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
    columns: BTreeMap<String, String>,
) -> Result<Upload, CatalogError> {
    let file = UploadedFile::new(Ids::new_id(), name);
    let stored = store_parts(services, store, chunks, &file.storage_key).await;
    if stored.is_err() {
        delete_parts(&services.storage, store, &file.storage_key).await?;
    }
    let mut hash = Sha256::new();
    hash.update(stored?);
    for (heading, word) in &columns {
        hash.update(format!("{heading}\0{word}\0"));
    }
    let hash = hash.finalize().into();
    Ok(Upload { file, hash, columns })
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

async fn store_parts<E: Into<MultipartError>>(
    services: &Services,
    store: StoreId,
    chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
    key: &str,
) -> Result<[u8; 32], CatalogError> {
    let mut hash = Sha256::new();
    let limit = services.config.http.max_upload_bytes;
    let mut writer = PartWriter::new(&services.storage, store, key);
    while let Some(chunk) = chunks.try_next().await.map_err(broken)? {
        if writer.len() + chunk.len() > limit {
            drain(chunks).await;
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

/// All bytes; `None` when there are more than `limit`.
async fn read_limited<E: Into<MultipartError>>(
    chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
    limit: usize,
) -> Result<Option<Bytes>, CatalogError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = chunks.try_next().await.map_err(broken)? {
        if bytes.len() + chunk.len() > limit {
            drain(chunks).await;
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes.freeze()))
}

async fn drain<E>(chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin)) {
    let mut drained = 0;
    while let Ok(Some(chunk)) = chunks.try_next().await {
        drained += chunk.len();
        if drained > MAX_DRAIN {
            break;
        }
    }
}

fn no_file() -> CatalogError {
    ProblemDraft::new(&INVALID).field("/file", "required", "a file is required").into()
}

fn broken(error: impl Into<MultipartError>) -> CatalogError {
    use MultipartError::{BoundaryMissing, ContentTypeIncompatible, ContentTypeMissing, ContentTypeParse};
    let draft = match error.into() {
        ContentTypeMissing | ContentTypeParse | ContentTypeIncompatible | BoundaryMissing => {
            ProblemDraft::new(&UNSUPPORTED_MEDIA_TYPE).detail("Send the file as multipart/form-data, or alone as application/octet-stream.")
        }
        MultipartError::Payload(error) if is_too_slow(&error) => ProblemDraft::new(&TIMEOUT),
        _ => ProblemDraft::new(&BAD_REQUEST).detail("The form broke off or could not be read."),
    };
    draft.into()
}
