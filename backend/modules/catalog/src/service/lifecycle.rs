//! Products go on sale, are withdrawn, come back, are copied and deleted.

use orion_events::ProductDeleted;
use orion_framework::db::{AuditEntry, SavedVariant, StoreTx};
use orion_types::catalog::{Product, SaveProduct, SaveVariant};
use orion_types::status::ProductStatus;
use orion_types::validation::MAX_TITLE_LENGTH;
use orion_types::{ImageId, ProductId};

use super::read::{parse_status, read_product};
use super::save::create_product;
use super::told;
use crate::error::CatalogError;
use crate::model::ProductRow;
use crate::picture::PurgePicture;
use crate::queries;

/// What a copied title ends in.
const COPY: &str = " (copy)";

/// Puts a draft on sale; one that is on sale stays so.
///
/// # Errors
/// [`CatalogError::Archived`] for a product in the archive.
pub fn publish_product(tx: &mut StoreTx, id: ProductId) -> Result<Product, CatalogError> {
    move_to(tx, id, ProductStatus::Active)
}

/// Withdraws a product from sale; past orders keep it.
pub fn archive_product(tx: &mut StoreTx, id: ProductId) -> Result<Product, CatalogError> {
    move_to(tx, id, ProductStatus::Archived)
}

/// Brings a product back from the archive, as a draft. One that is not there stays as it is.
pub fn unarchive_product(tx: &mut StoreTx, id: ProductId) -> Result<Product, CatalogError> {
    move_to(tx, id, ProductStatus::Draft)
}

fn move_to(tx: &mut StoreTx, id: ProductId, target: ProductStatus) -> Result<Product, CatalogError> {
    let before = queries::products::lock_product(tx, id.0)?;
    let status = parse_status(&before.status);
    if let Some(target) = next_status(status, target)? {
        let now = tx.now();
        let first_time = target == ProductStatus::Active && before.published_at.is_none();
        let after = ProductRow {
            status: target.as_str().to_owned(),
            published_at: if first_time { Some(now) } else { before.published_at },
            updated_at: now,
            version: before.version + 1,
            ..before.clone()
        };
        queries::products::update_product(tx, &after)?;
        announce(tx, &before, &after, target);
    } else {
        tx.no_audit("nothing had to change");
    }
    read_product(tx, id)
}

/// The status to write; `None` when nothing has to change.
fn next_status(from: ProductStatus, target: ProductStatus) -> Result<Option<ProductStatus>, CatalogError> {
    match (from, target) {
        (ProductStatus::Archived, ProductStatus::Active) => Err(CatalogError::Archived),
        // "Unarchive" is no way to take a product off sale.
        (ProductStatus::Active, ProductStatus::Draft) => Ok(None),
        (from, target) if from == target => Ok(None),
        (_, target) => Ok(Some(target)),
    }
}

fn announce(tx: &mut StoreTx, before: &ProductRow, after: &ProductRow, target: ProductStatus) {
    let action = match target {
        ProductStatus::Active => "product.published",
        ProductStatus::Archived => "product.archived",
        ProductStatus::Draft => "product.unarchived",
    };
    tx.audit(AuditEntry::new(action, "products", before.id).change("status", &before.status, &after.status));
    told::status(tx, after);
    tx.touch_catalog();
}

/// Deletes a product and its variants; their rows stay for past orders, their address and SKUs become free.
pub fn delete_product(tx: &mut StoreTx, id: ProductId) -> Result<(), CatalogError> {
    let before = queries::products::lock_product(tx, id.0)?;
    let now = tx.now();
    let after = ProductRow {
        deleted_at: Some(now),
        updated_at: now,
        version: before.version + 1,
        ..before.clone()
    };
    queries::products::update_product(tx, &after)?;
    let gone: Vec<SavedVariant> = queries::variants::delete_variants_of(tx, id.0)?
        .into_iter()
        .map(SavedVariant::removed)
        .collect();
    tx.variants_saved(&gone)?;
    for image in queries::images::list_images(tx, id.0)? {
        PurgePicture::later(tx, ImageId(image.id));
    }
    tx.audit(
        AuditEntry::new("product.deleted", "products", id.0)
            .note("title", &before.title)
            .note("slug", &before.slug),
    );
    let facts = told::product(tx, &after);
    tx.emit(&ProductDeleted(facts));
    tx.touch_catalog();
    Ok(())
}

/// A draft with everything of a product but its SKUs, stock and pictures.
pub fn duplicate_product(tx: &mut StoreTx, id: ProductId) -> Result<Product, CatalogError> {
    let original = read_product(tx, id)?;
    let title: String = original
        .title
        .chars()
        .take(MAX_TITLE_LENGTH - COPY.len())
        .chain(COPY.chars())
        .collect();
    let variants = original.variants.into_iter().map(|variant| SaveVariant {
        id: None,
        option_values: variant.option_values,
        sku: String::new(),
        barcode: variant.barcode,
        price_minor: variant.price.amount_minor,
        compare_at_minor: variant.compare_at.map(|money| money.amount_minor),
        cost_minor: variant.cost.map(|money| money.amount_minor),
        content: variant.content,
        weight_grams: variant.weight_grams,
        taxable: variant.taxable,
        requires_shipping: variant.requires_shipping,
        track_inventory: variant.track_inventory,
        initial_on_hand: None,
    });
    let save = SaveProduct {
        title,
        slug: None,
        description_html: original.description_html,
        vendor: original.vendor,
        product_type: original.product_type,
        tags: original.tags,
        featured: false,
        options: original.options,
        variants: variants.collect(),
        category_ids: original.category_ids,
        seo_title: original.seo_title,
        seo_description: original.seo_description,
        removed_variant_ids: Vec::new(),
    };
    create_product(tx, save)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProductStatus::{Active, Archived, Draft};

    #[test]
    fn a_status_moves_only_where_it_makes_sense() {
        assert_eq!(next_status(Draft, Active).unwrap(), Some(Active));
        assert_eq!(next_status(Active, Active).unwrap(), None);
        assert_eq!(next_status(Active, Archived).unwrap(), Some(Archived));
        assert_eq!(next_status(Archived, Draft).unwrap(), Some(Draft));
        assert_eq!(next_status(Active, Draft).unwrap(), None);
        assert!(matches!(next_status(Archived, Active), Err(CatalogError::Archived)));
    }
}
