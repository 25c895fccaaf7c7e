//! A product as staff see it, in five statements.

use orion_framework::db::{DbError, StoreTx};
use orion_framework::marks;
use orion_types::catalog::{Product, ProductImage, Variant};
use orion_types::status::ProductStatus;
use orion_types::{Currency, Money, ProductId};
use uuid::Uuid;

use crate::error::CatalogError;
use crate::model::{ImageRow, ProductRow, StockedVariant, VariantRow};
use crate::queries;

/// A product that is not deleted.
///
/// # Errors
/// [`orion_framework::db::DbError::NotFound`] when the store has none with this id.
pub fn read_product(tx: &mut StoreTx, id: ProductId) -> Result<Product, CatalogError> {
    let row = queries::products::find_product(tx, id.0)?;
    let variants = queries::variants::list_variants(tx, id.0)?;
    let images = queries::images::list_images(tx, id.0)?;
    let categories = queries::products::list_category_ids(tx, id.0)?;
    let shared_skus = queries::variants::shared_skus(tx, id.0)?;
    Ok(Product {
        shared_skus,
        ..product(row, variants, images, categories, tx.store().currency)?
    })
}

fn product(
    row: ProductRow,
    variants: Vec<StockedVariant>,
    images: Vec<ImageRow>,
    categories: Vec<Uuid>,
    currency: Currency,
) -> Result<Product, DbError> {
    let options = row.options()?;
    let ProductRow {
        store_id: _,
        id,
        slug,
        title,
        description_html,
        vendor,
        product_type,
        tags,
        status,
        featured,
        options: _,
        min_price_minor: _,
        max_price_minor: _,
        seo_title,
        seo_description,
        metadata,
        published_at: _,
        created_at,
        updated_at,
        version,
        deleted_at: _,
        import_key: _,
        external_id,
    } = row;
    Ok(Product {
        id: id.into(),
        slug,
        title,
        description_html,
        vendor,
        product_type,
        tags,
        status: parse_status(&status),
        featured,
        options,
        variants: variants.into_iter().map(|variant| staff_variant(variant, currency)).collect(),
        images: images.into_iter().map(ProductImage::from).collect(),
        category_ids: categories.into_iter().map(Into::into).collect(),
        seo_title,
        seo_description,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        version,
        metadata: marks::shown(metadata),
        external_id,
        shared_skus: Vec::new(),
    })
}

/// The status in a row; its CHECK allows nothing else.
pub(crate) fn parse_status(text: &str) -> ProductStatus {
    text.parse().unwrap_or(ProductStatus::Draft)
}

pub(crate) fn staff_variant(variant: StockedVariant, currency: Currency) -> Variant {
    let StockedVariant {
        variant: row,
        on_hand,
        reserved: _,
    } = variant;
    let content = row.content();
    let VariantRow {
        id,
        title,
        option_values,
        sku,
        barcode,
        price_minor,
        compare_at_minor,
        weight_grams,
        metadata,
        external_id,
        version,
        updated_at,
        cost_minor,
        ..
    } = row;
    Variant {
        id: id.into(),
        title,
        option_values,
        sku: sku.unwrap_or_default(),
        barcode,
        price: Money::new(price_minor, currency),
        compare_at: compare_at_minor.map(|amount| Money::new(amount, currency)),
        cost: cost_minor.map(|amount| Money::new(amount, currency)),
        content,
        weight_grams,
        taxable: row.taxable,
        requires_shipping: row.requires_shipping,
        track_inventory: row.track_inventory,
        on_hand: on_hand.and_then(|units| i32::try_from(units).ok()).filter(|_| row.track_inventory),
        metadata: marks::shown(metadata),
        external_id,
        version,
        updated_at: updated_at.into(),
    }
}
