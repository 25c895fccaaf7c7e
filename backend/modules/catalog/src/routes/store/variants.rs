//! Variants one by one.

use actix_web::{get, patch};
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, Path, Versioned};
use orion_framework::permission::rights;
use orion_types::catalog::Variant;
use orion_types::{ProductId, VariantId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::change;
use crate::wire::UpdateVariant;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(get_variant).service(change_variant);
}

fn versioned(variant: Variant) -> Versioned<Variant> {
    Versioned {
        version: variant.version,
        body: variant,
    }
}

/// Reads a variant of a product; its version is the `ETag`.
#[utoipa::path(
    tag = "products",
    operation_id = "get_variant",
    params(("id" = ProductId, Path), ("variant_id" = VariantId, Path)),
    responses((status = 200, body = Variant)),
    security(("staff" = ["products.read"]))
)]
#[get("/products/{id}/variants/{variant_id}")]
async fn get_variant(staff: Staff<rights::ProductsRead>, path: Path<(ProductId, VariantId)>) -> Result<Versioned<Variant>, Failure> {
    let (product, variant) = path.into_inner();
    Ok(versioned(staff.read(move |tx| change::read_variant(tx, product, variant)).await?))
}

/// Changes what is named of a variant, such as its price; null clears.
#[utoipa::path(
    tag = "products",
    operation_id = "change_variant",
    params(("id" = ProductId, Path), ("variant_id" = VariantId, Path), ("If-Match" = String, Header)),
    request_body = UpdateVariant,
    responses((status = 200, body = Variant)),
    security(("staff" = ["products.write"]))
)]
#[patch("/products/{id}/variants/{variant_id}")]
async fn change_variant(
    staff: Staff<rights::ProductsWrite>,
    path: Path<(ProductId, VariantId)>,
    if_match: IfMatch,
    body: Body<UpdateVariant>,
) -> Result<Versioned<Variant>, Failure> {
    let (product, variant) = path.into_inner();
    let version = if_match.required()?;
    let changed = staff
        .tx(move |tx| change::change_variant(tx, product, variant, version, body.0))
        .await?;
    Ok(versioned(changed))
}
