//! Pictures, straight from the storage: their address never shows anything else, so a browser asks once a year.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS};
use actix_web::{HttpRequest, HttpResponse, get};
use orion_framework::gate::PublicFile;
use orion_framework::http::{Failure, Path, header_text};
use orion_framework::problem::NOT_FOUND;
use orion_types::ImageId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Catalog;
use crate::picture::{WIDTHS, file_key};

/// Nothing behind the address ever changes.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_media);
}

/// Sends a picture of the store in one of its widths (160, 320, 640, 1280).
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
    let etag = format!("\"{image}-{width}\"");
    let known = header_text(request.headers(), IF_NONE_MATCH.as_str()).unwrap_or_default();
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == etag) {
        return Ok(HttpResponse::NotModified()
            .insert_header((ETAG, etag))
            .insert_header((CACHE_CONTROL, FOR_A_YEAR))
            .finish());
    }
    let file = shop.services().storage.get(shop.store().id, &file_key(image, width)).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_TYPE, HeaderValue::from_static("image/jpeg")));
    answer.insert_header((CACHE_CONTROL, FOR_A_YEAR));
    answer.insert_header((X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")));
    answer.insert_header((ETAG, etag));
    Ok(answer.body(file))
}
