//! Pictures, straight from the storage: their address never shows anything else, so a browser asks once a year.

use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS};
use actix_web::{HttpRequest, HttpResponse, get};
use bytes::Bytes;
use orion_framework::gate::PublicFile;
use orion_framework::http::{Failure, Path, header_text};
use orion_framework::problem::NOT_FOUND;
use orion_framework::storage::StorageError;
use orion_types::ImageId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Catalog;
use crate::picture::{FileKind, WIDTHS, file_key, has_avif};

/// What is behind the address never shows anything else.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// While a smaller file may still be made: who keeps the larger one for a year would not hear of it.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_media);
}

/// Sends a picture of the store in one of its widths (160, 320, 640, 1280): as WebP to who accepts that, else as JPEG. Where the server makes
/// AVIF files, as AVIF to who accepts that, once the file is there and if it is smaller; until then the answer may be kept for an hour only.
#[utoipa::path(
    tag = "shop",
    operation_id = "get_media",
    params(("image_id" = ImageId, Path), ("width" = u32, Path)),
    responses((status = 200, content_type = "image/jpeg")),
    security(())
)]
#[get("/media/{image_id}/{width}.jpg")]
async fn get_media(shop: PublicFile<Catalog>, request: HttpRequest, path: Path<(ImageId, u32)>) -> Result<HttpResponse, Failure> {
    let (image, width) = path.into_inner();
    if !WIDTHS.contains(&width) {
        return Err(Failure::of(&NOT_FOUND));
    }
    let known = header_text(request.headers(), IF_NONE_MATCH.as_str()).unwrap_or_default();
    let accepted = header_text(request.headers(), ACCEPT.as_str()).unwrap_or_default();
    let mut kept = FOR_A_YEAR;
    for kind in wanted(accepted, has_avif(&shop.services().config)) {
        let etag = etag(image, width, kind);
        if known.split(',').any(|known| known.trim().trim_start_matches("W/") == etag) {
            return Ok(HttpResponse::NotModified()
                .insert_header((ETAG, etag))
                .insert_header((CACHE_CONTROL, kept))
                .insert_header((VARY, "accept"))
                .finish());
        }
        match shop.services().storage.get(shop.store().id, &file_key(image, width, kind)).await {
            // An AVIF would not have been smaller.
            Ok(file) if file.is_empty() => {}
            Ok(file) => return Ok(sent(file, etag, kind, kept)),
            Err(StorageError::NotFound) if kind == FileKind::Avif => kept = FOR_AN_HOUR,
            // A picture from before there was WebP has none.
            Err(StorageError::NotFound) if kind == FileKind::WebP => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::of(&NOT_FOUND))
}

/// The kinds of files to look for, the smallest first.
fn wanted(accepted: &str, avif: bool) -> impl Iterator<Item = FileKind> {
    let avif = (avif && accepted.contains("image/avif")).then_some(FileKind::Avif);
    let webp = accepted.contains("image/webp").then_some(FileKind::WebP);
    avif.into_iter().chain(webp).chain([FileKind::Jpeg])
}

/// That of a JPEG is the one that browsers know from before there was another kind.
fn etag(image: ImageId, width: u32, kind: FileKind) -> String {
    match kind {
        FileKind::Jpeg => format!("\"{image}-{width}\""),
        FileKind::WebP => format!("\"{image}-{width}-webp\""),
        FileKind::Avif => format!("\"{image}-{width}-avif\""),
    }
}

fn sent(file: Bytes, etag: String, kind: FileKind, kept: HeaderValue) -> HttpResponse {
    let content_type = match kind {
        FileKind::Jpeg => "image/jpeg",
        FileKind::WebP => "image/webp",
        FileKind::Avif => "image/avif",
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type)))
        .insert_header((CACHE_CONTROL, kept))
        .insert_header((X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .insert_header((VARY, "accept"))
        .insert_header((ETAG, etag))
        .body(file)
}
