//! Pictures join a product, change places, and leave.

use orion_events::ProductUpdated;
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::problem::FieldErrors;
use orion_types::catalog::{ProductImage, UpdateImage};
use orion_types::validation;
use orion_types::{ImageId, ProductId, VariantId};

use super::told;
use crate::error::CatalogError;
use crate::model::ImageRow;
use crate::picture::{PurgePicture, StoredPicture};
use crate::queries::images as rows;
use crate::queries::{products, variants};

/// Most pictures of one product.
pub(crate) const MAX_IMAGES: usize = 100;
/// Longest alternative text, in characters.
pub(crate) const MAX_ALT: usize = 500;

/// Adds a picture whose files are stored behind the others of a product.
///
/// # Errors
/// 422 when `alt` is too long or the product has no such variant, 409 when it has too many pictures.
pub fn attach_image(
    tx: &mut StoreTx,
    product: ProductId,
    picture: StoredPicture,
    alt: &str,
    variant: Option<VariantId>,
) -> Result<ProductImage, CatalogError> {
    let mut fields = FieldErrors::default();
    let alt = fields
        .check("/alt", validation::optional(alt, MAX_ALT))
        .flatten()
        .unwrap_or_default()
        .to_owned();
    fields.into_result()?;
    products::lock_product(tx, product.0)?;
    check_variant(tx, product, variant)?;
    let present = rows::list_images(tx, product.0)?;
    if present.len() >= MAX_IMAGES {
        return Err(CatalogError::TooManyImages(MAX_IMAGES as i64));
    }
    let row = ImageRow {
        store_id: tx.store_id(),
        id: picture.id.0,
        product_id: product.0,
        variant_id: variant.map(|id| id.0),
        position: present
            .iter()
            .map(|image| image.position)
            .max()
            .map_or(0, |last| last.saturating_add(1)),
        alt,
        status: "ready".to_owned(),
        width: Some(picture.width),
        height: Some(picture.height),
        placeholder: Some(picture.placeholder),
        source_url: None,
        fetch_error: None,
        import_id: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    rows::insert_images(tx, std::slice::from_ref(&row))?;
    changed(tx, product, AuditEntry::new("product_image.added", "product_images", row.id))?;
    Ok(row.into())
}

fn check_variant(tx: &mut StoreTx, product: ProductId, variant: Option<VariantId>) -> Result<(), CatalogError> {
    let Some(variant) = variant else { return Ok(()) };
    let known = variants::list_variants(tx, product.0)?
        .iter()
        .any(|stocked| stocked.variant.id == variant.0);
    if known {
        Ok(())
    } else {
        Err(CatalogError::field("/variant_id", "not_found", "this product has no such variant"))
    }
}

/// Changes the alternative text, the place or the variant of a picture; the others make room.
pub fn update_image(tx: &mut StoreTx, product: ProductId, image: ImageId, update: UpdateImage) -> Result<ProductImage, CatalogError> {
    let UpdateImage { alt, position, variant_id } = update;
    let mut fields = FieldErrors::default();
    let alt = alt.map(|alt| {
        fields
            .check("/alt", validation::optional(&alt, MAX_ALT))
            .flatten()
            .unwrap_or_default()
            .to_owned()
    });
    fields.into_result()?;
    products::lock_product(tx, product.0)?;
    let mut images = rows::list_images(tx, product.0)?;
    let before = images.clone();
    let place = images.iter().position(|row| row.id == image.0).ok_or(DbError::NotFound)?;
    if let Some(alt) = alt {
        images[place].alt = alt;
    }
    if let Some(variant) = variant_id.wanted() {
        check_variant(tx, product, variant)?;
        images[place].variant_id = variant.map(|id| id.0);
    }
    if let Some(position) = position {
        move_image(&mut images, place, position);
    }
    let now = tx.now();
    for row in images.iter_mut().filter(|row| !before.contains(row)) {
        row.updated_at = now;
        rows::update_image(tx, row)?;
    }
    if images == before {
        tx.no_audit("nothing was to be changed");
    } else {
        changed(tx, product, AuditEntry::new("product_image.updated", "product_images", image.0))?;
    }
    let row = images.into_iter().find(|row| row.id == image.0).ok_or(DbError::NotFound)?;
    Ok(row.into())
}

/// Removes a picture from a product. Its files go later, unless an order shows it.
pub fn delete_image(tx: &mut StoreTx, product: ProductId, image: ImageId) -> Result<(), CatalogError> {
    products::lock_product(tx, product.0)?;
    if !rows::delete_image(tx, product.0, image.0)? {
        return Err(DbError::NotFound.into());
    }
    PurgePicture::later(tx, image);
    changed(tx, product, AuditEntry::new("product_image.deleted", "product_images", image.0))
}

/// Puts the picture at `from` to `position` and numbers all of them from 0.
fn move_image(images: &mut Vec<ImageRow>, from: usize, position: i32) {
    let moved = images.remove(from);
    let to = usize::try_from(position).unwrap_or(0).min(images.len());
    images.insert(to, moved);
    for (place, row) in images.iter_mut().enumerate() {
        row.position = i32::try_from(place).unwrap_or(i32::MAX);
    }
}

fn changed(tx: &mut StoreTx, product: ProductId, entry: AuditEntry) -> Result<(), CatalogError> {
    products::touch_product(tx, product.0)?;
    tx.audit(entry.note("product_id", product));
    let row = products::find_product(tx, product.0)?;
    let facts = told::product(tx, &row);
    tx.emit(&ProductUpdated(facts));
    tx.touch_catalog();
    Ok(())
}
