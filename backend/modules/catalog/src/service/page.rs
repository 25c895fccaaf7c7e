//! The product page and what of it is never cached.

use orion_framework::db::{DbError, StoreTx, read_json, read_json_option};
use orion_types::catalog::{ProductAvailability, ProductCard, ProductImage, ProductPage, StorefrontVariant, VariantAvailability};
use orion_types::measure::Content;
use orion_types::{Currency, Money};

use crate::error::CatalogError;
use crate::model::shown_title;
use crate::queries::cards::{CardRow, list_cards};
use crate::queries::page::{PageRow, ShopVariant, find_page, list_available, list_shop_variants};
use crate::queries::products::find_redirect;

/// How many related products a page shows.
const RELATED: i64 = 4;
/// Other products of the categories of product $3.
const SHARES_CATEGORY: &str = "p.id <> $3 AND p.id IN (SELECT b.product_id FROM product_category_links a \
     JOIN product_category_links b ON b.store_id = a.store_id AND b.category_id = a.category_id WHERE a.store_id = $1 AND a.product_id = $3)";

/// Products of other categories than product $3.
const OTHERS: &str = "p.id <> $3 AND NOT EXISTS (SELECT 1 FROM product_category_links a \
     JOIN product_category_links b ON b.store_id = a.store_id AND b.category_id = a.category_id \
     WHERE a.store_id = $1 AND a.product_id = $3 AND b.product_id = p.id)";

/// The page of an active product, in at most four statements.
///
/// # Errors
/// [`CatalogError::Moved`] with the present slug when the product was renamed; not found otherwise.
pub fn product_page(tx: &mut StoreTx, slug: &str) -> Result<ProductPage, CatalogError> {
    let Some(row) = find_page(tx, slug)? else {
        return Err(find_redirect(tx, slug)?.map_or(DbError::NotFound.into(), CatalogError::Moved));
    };
    let variants = list_shop_variants(tx, row.id)?;
    let related = related(tx, &row)?;
    let currency = tx.store().currency;
    let related = related.into_iter().map(|card| card.card(currency)).collect::<Result<_, _>>()?;
    Ok(page(row, variants, related, currency)?)
}

/// Other products of the same categories; where these are few, the newest ones fill the row.
fn related(tx: &mut StoreTx, row: &PageRow) -> Result<Vec<CardRow>, DbError> {
    let mut list = |condition| list_cards(tx, condition, "p.created_at DESC, p.id DESC", RELATED, Some(row.id));
    let mut related = if row.category.is_some() {
        list(SHARES_CATEGORY)?
    } else {
        Vec::new()
    };
    let missing = RELATED as usize - related.len();
    if missing > 0 {
        let others = list(OTHERS)?;
        related.extend(others.into_iter().take(missing));
    }
    Ok(related)
}

/// The slug under which a renamed product is found today.
pub fn redirect_target(tx: &mut StoreTx, slug: &str) -> Result<Option<String>, CatalogError> {
    Ok(find_redirect(tx, slug)?)
}

/// How much of each variant of a product can be bought now.
pub fn availability(tx: &mut StoreTx, slug: &str) -> Result<ProductAvailability, CatalogError> {
    let rows = list_available(tx, slug)?;
    if rows.is_empty() {
        return Err(find_redirect(tx, slug)?.map_or(DbError::NotFound.into(), CatalogError::Moved));
    }
    let variant = |(id, available): (uuid::Uuid, Option<i32>)| VariantAvailability {
        variant_id: id.into(),
        available,
    };
    Ok(ProductAvailability {
        variants: rows.into_iter().map(|row| variant((row.id, row.available))).collect(),
    })
}

fn page(row: PageRow, variants: Vec<ShopVariant>, related: Vec<ProductCard>, currency: Currency) -> Result<ProductPage, DbError> {
    let PageRow {
        id,
        slug,
        title,
        vendor,
        description_html,
        seo_title,
        seo_description,
        options,
        images,
        category,
    } = row;
    let images: Vec<ProductImage> = read_json(images)?;
    Ok(ProductPage {
        id: id.into(),
        slug,
        title,
        vendor,
        description_html,
        seo_title,
        seo_description,
        options: read_json(options)?,
        variants: variants
            .into_iter()
            .map(|variant| shop_variant(variant, &images, currency))
            .collect(),
        images,
        category: read_json_option(category)?,
        related,
    })
}

fn shop_variant(row: ShopVariant, images: &[ProductImage], currency: Currency) -> StorefrontVariant {
    let ShopVariant {
        id,
        title,
        option_values,
        sku,
        price_minor,
        compare_at_minor,
        content_milli,
        content_unit,
        available,
    } = row;
    let price = Money::new(price_minor, currency);
    StorefrontVariant {
        id: id.into(),
        title: shown_title(&title, &option_values),
        option_values,
        sku: sku.unwrap_or_default(),
        price,
        compare_at: compare_at_minor.map(|amount| Money::new(amount, currency)),
        unit_price: Content::of(content_milli, content_unit).and_then(|content| content.price_of_unit(price)),
        available: available.is_none_or(|units| units > 0),
        image_id: images
            .iter()
            .find(|image| image.variant_id.is_some_and(|variant| variant.0 == id))
            .map(|image| image.id),
    }
}
