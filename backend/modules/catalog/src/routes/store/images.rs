//! Pictures of products.

use actix_web::web::Json;
use actix_web::{delete, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, NoContent, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::{Reserved, rights};
use orion_types::catalog::{ProductImage, UpdateImage, UploadImage};
use orion_types::{ImageId, Page, ProductId};
use sha2::Digest;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::CatalogError;
use crate::service::uploads::Sent;
use crate::service::{images, read, uploads};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(upload_product_images)
        .service(update_product_image)
        .service(delete_product_image);
}

/// Pictures as a browser's form sends them.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the form in OpenAPI; the fields are read from the stream")]
struct ImageForm {
    /// JPEG, PNG, WebP or GIF, up to 20 MB and 40 megapixels each.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<String>,
    /// What the pictures show.
    alt: Option<String>,
    /// The variant that the pictures show.
    variant_id: Option<String>,
}

/// A picture that is sent alone.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes the body in OpenAPI; it is read from the stream")]
struct ImageFile(Vec<u8>);

/// Adds one or more pictures behind those that are there: a form with files, or one file alone as `application/octet-stream`.
#[utoipa::path(
    tag = "products",
    operation_id = "upload_product_images",
    params(("id" = ProductId, Path), UploadImage),
    request_body(content((ImageForm = "multipart/form-data"), (inline(ImageFile) = "application/octet-stream"))),
    responses((status = 201, body = Page<ProductImage>)),
    security(("staff" = ["products.write"]))
)]
#[post("/products/{id}/images")]
async fn upload_product_images(
    staff: Staff<rights::ProductsWrite>,
    id: Path<ProductId>,
    beside: Query<UploadImage>,
    sent: Sent,
) -> Result<Answered, Failure> {
    let product = id.0;
    // Before a picture is decoded for nothing.
    staff.read(move |tx| read::read_product(tx, product)).await?;
    let upload = uploads::receive_pictures(staff.services(), staff.store().id, sent, beside.0).await?;
    let pictures = upload.pictures.clone();
    let once = Once::makes("upload_product_images").of(upload.hash.finalize().into());
    let attach = move |tx: &mut StoreTx| {
        let attach = |picture| images::attach_image(tx, product, picture, &upload.alt, upload.variant);
        let attached = upload.pictures.into_iter().map(attach).collect::<Result<Vec<_>, _>>();
        attached.map(Page::complete)
    };
    let attached: Result<_, CatalogError> = staff.once(once, attach).await;
    let useless = match &attached {
        Ok(answer) => answer.is_replayed(),
        Err(error) => !error.may_be_written(),
    };
    if useless {
        uploads::discard(staff.services(), staff.store().id, &pictures).await;
    }
    Ok(attached?.at(format!("/api/v1/store/products/{product}")))
}

/// Changes what a picture is said to show, or its place.
#[utoipa::path(
    tag = "products",
    operation_id = "update_product_image",
    params(("id" = ProductId, Path), ("image_id" = ImageId, Path)),
    request_body = UpdateImage,
    responses((status = 200, body = ProductImage)),
    security(("staff" = ["products.write"]))
)]
#[patch("/products/{id}/images/{image_id}")]
async fn update_product_image(
    staff: Staff<rights::ProductsWrite>,
    path: Path<(ProductId, ImageId)>,
    body: Body<UpdateImage>,
) -> Result<Json<ProductImage>, Failure> {
    let (product, image) = path.into_inner();
    Ok(Json(staff.tx(move |tx| images::update_image(tx, product, image, body.0)).await?))
}

/// Removes a picture from a product.
#[utoipa::path(
    tag = "products",
    operation_id = "delete_product_image",
    params(("id" = ProductId, Path), ("image_id" = ImageId, Path)),
    responses((status = 204)),
    security(("staff" = ["products.write"]))
)]
#[delete("/products/{id}/images/{image_id}")]
async fn delete_product_image(
    staff: Staff<Reserved<rights::ProductsWrite>>,
    path: Path<(ProductId, ImageId)>,
) -> Result<NoContent, Failure> {
    let (product, image) = path.into_inner();
    staff.tx(move |tx| images::delete_image(tx, product, image)).await?;
    Ok(NoContent)
}
