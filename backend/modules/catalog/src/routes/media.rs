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
use crate::picture::{FileKind, WIDTHS, file_key};

/// Nothing behind the address ever changes.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_media);
}

/// Sends a picture of the store in one of its widths (160, 320, 640, 1280): as WebP to who accepts that, else as JPEG.
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
    let mut kinds = vec![FileKind::Jpeg];
    if accepted.contains("image/webp") {
        kinds.insert(0, FileKind::WebP);
    }
    for kind in kinds {
        let etag = etag(image, width, kind);
        if known.split(',').any(|known| known.trim().trim_start_matches("W/") == etag) {
            return Ok(HttpResponse::NotModified()
                .insert_header((ETAG, etag))
                .insert_header((CACHE_CONTROL, FOR_A_YEAR))
                .insert_header((VARY, "accept"))
                .finish());
        }
        match shop.services().storage.get(shop.store().id, &file_key(image, width, kind)).await {
            Ok(file) => return Ok(sent(file, etag, kind)),
            // A picture from before there was WebP has none.
            Err(StorageError::NotFound) if kind == FileKind::WebP => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::of(&NOT_FOUND))
}

/// That of a JPEG is the one that browsers know from before there was another kind.
fn etag(image: ImageId, width: u32, kind: FileKind) -> String {
    match kind {
        FileKind::Jpeg => format!("\"{image}-{width}\""),
        FileKind::WebP => format!("\"{image}-{width}-webp\""),
    }
}

fn sent(file: Bytes, etag: String, kind: FileKind) -> HttpResponse {
    let content_type = match kind {
        FileKind::Jpeg => "image/jpeg",
        FileKind::WebP => "image/webp",
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type)))
        .insert_header((CACHE_CONTROL, FOR_A_YEAR))
        .insert_header((X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .insert_header((VARY, "accept"))
        .insert_header((ETAG, etag))
        .body(file)
}
