//! Products and variants are changed in what is named (RFC 7396).

use orion_framework::db::{DbError, StoreTx};
use orion_framework::http::Expected;
use orion_framework::marks::Marks;
use orion_framework::problem::FieldErrors;
use orion_types::catalog::{Product, SaveProduct, SaveVariant, Variant};
use orion_types::{CategoryId, Change, ProductId, VariantId};

use super::draft::{ProductDraft, check};
use super::read::{read_product, staff_variant};
use super::save::{Present, lock_present, replace};
use super::status::set_status;
use crate::error::CatalogError;
use crate::model::VariantRow;
use crate::queries;
use crate::wire::{UpdateProduct, UpdateVariant};

/// Changes what is named of a product; a change of nothing leaves its version where it is.
///
/// # Errors
/// 422 with every wrong field, 409 when the address is taken, [`CatalogError::Stale`] when `version` is not the present one.
pub(crate) fn change_product(tx: &mut StoreTx, id: ProductId, version: Expected, change: UpdateProduct) -> Result<Product, CatalogError> {
    let present = lock_present(tx, id.0)?;
    if present.row.version != version {
        return Err(CatalogError::Stale);
    }
    let status = change.status;
    let draft = changed(&present, change)?;
    write(tx, present, &draft)?;
    match status {
        Some(status) => set_status(tx, id, status),
        None => read_product(tx, id),
    }
}

fn changed(present: &Present, change: UpdateProduct) -> Result<ProductDraft, CatalogError> {
    let mut fields = FieldErrors::default();
    let marks = Marks::changed(&mut fields, change.metadata, change.external_id.as_deref());
    if change.slug.as_deref().is_some_and(|slug| slug.trim().is_empty()) {
        fields.add("/slug", "required", "cannot be without a value");
    }
    fields.into_result()?;
    let there = as_saved(present)?;
    let mut draft = check(SaveProduct {
        title: change.title.unwrap_or(there.title),
        slug: change.slug,
        description_html: change.description_html.unwrap_or(there.description_html),
        vendor: change.vendor.unwrap_or(there.vendor),
        product_type: change.product_type.unwrap_or(there.product_type),
        tags: change.tags.unwrap_or(there.tags),
        featured: change.featured.unwrap_or(there.featured),
        category_ids: change.category_ids.unwrap_or(there.category_ids),
        seo_title: change.seo_title.unwrap_or(there.seo_title),
        seo_description: change.seo_description.unwrap_or(there.seo_description),
        ..there
    })?;
    draft.marks = marks;
    Ok(draft)
}

/// A variant of a product, by itself.
///
/// # Errors
/// [`DbError::NotFound`] when the product has no such variant.
pub(crate) fn read_variant(tx: &mut StoreTx, product: ProductId, id: VariantId) -> Result<Variant, CatalogError> {
    let currency = tx.store().currency;
    let mut rows = queries::variants::list_variants(tx, product.0)?.into_iter();
    let row = rows.find(|row| row.variant.id == id.0).ok_or(DbError::NotFound)?;
    Ok(staff_variant(row, currency))
}

/// Changes what is named of a variant; a change of nothing leaves its version, and the product's, where they are.
///
/// # Errors
/// As [`change_product`]; the version is the variant's.
pub(crate) fn change_variant(
    tx: &mut StoreTx,
    product: ProductId,
    id: VariantId,
    version: Expected,
    change: UpdateVariant,
) -> Result<Variant, CatalogError> {
    let present = lock_present(tx, product.0)?;
    let rows = &present.variants;
    let place = rows.iter().position(|row| row.variant.id == id.0).ok_or(DbError::NotFound)?;
    if rows[place].variant.version != version {
        return Err(CatalogError::Stale);
    }
    let draft = with_variant(&present, place, change).map_err(|error| of_variant(error, place))?;
    write(tx, present, &draft)?;
    read_variant(tx, product, id)
}

fn with_variant(present: &Present, place: usize, change: UpdateVariant) -> Result<ProductDraft, CatalogError> {
    let mut fields = FieldErrors::default();
    let marks = Marks::changed(&mut fields, change.metadata, change.external_id.as_deref());
    fields.into_result()?;
    let mut save = as_saved(present)?;
    let there = &mut save.variants[place];
    *there = SaveVariant {
        option_values: change.option_values.unwrap_or_else(|| there.option_values.clone()),
        sku: change.sku.unwrap_or_else(|| there.sku.clone()),
        barcode: change.barcode.unwrap_or_else(|| there.barcode.clone()),
        price_minor: change.price_minor.unwrap_or(there.price_minor),
        compare_at_minor: wanted(change.compare_at_minor, there.compare_at_minor),
        cost_minor: wanted(change.cost_minor, there.cost_minor),
        content: wanted(change.content, there.content.clone()),
        weight_grams: change.weight_grams.unwrap_or(there.weight_grams),
        taxable: change.taxable.unwrap_or(there.taxable),
        requires_shipping: change.requires_shipping.unwrap_or(there.requires_shipping),
        track_inventory: change.track_inventory.unwrap_or(there.track_inventory),
        ..there.clone()
    };
    let mut draft = check(save)?;
    draft.variants[place].marks = marks;
    Ok(draft)
}

/// What becomes of a value that may be absent.
pub(super) fn wanted<T>(change: Change<T>, there: Option<T>) -> Option<T> {
    change.wanted().unwrap_or(there)
}

/// Writes what has changed, if anything has.
pub(super) fn write(tx: &mut StoreTx, present: Present, draft: &ProductDraft) -> Result<(), CatalogError> {
    if !replace(tx, present, draft, None, false)?.changed {
        tx.no_audit("nothing had to change");
    }
    Ok(())
}

/// Fields of the variant by itself, where the whole product was checked.
fn of_variant(error: CatalogError, place: usize) -> CatalogError {
    let CatalogError::Refused(mut draft) = error else { return error };
    let prefix = format!("/variants/{place}/");
    for field in &mut draft.errors {
        if let Some(rest) = field.pointer.strip_prefix(&prefix) {
            field.pointer = format!("/{rest}");
        }
    }
    CatalogError::Refused(draft)
}

/// A product as it would be sent to leave it as it is.
pub(super) fn as_saved(present: &Present) -> Result<SaveProduct, DbError> {
    let row = &present.row;
    Ok(SaveProduct {
        title: row.title.clone(),
        slug: None,
        description_html: row.description_html.clone(),
        vendor: row.vendor.clone(),
        product_type: row.product_type.clone(),
        tags: row.tags.clone(),
        featured: row.featured,
        options: row.options()?,
        variants: present.variants.iter().map(|stocked| variant_as_saved(&stocked.variant)).collect(),
        category_ids: present.category_ids.iter().copied().map(CategoryId).collect(),
        seo_title: row.seo_title.clone(),
        seo_description: row.seo_description.clone(),
        removed_variant_ids: Vec::new(),
    })
}

/// A variant as it would be sent to leave it as it is.
pub(crate) fn variant_as_saved(row: &VariantRow) -> SaveVariant {
    SaveVariant {
        id: Some(VariantId(row.id)),
        option_values: row.option_values.clone(),
        sku: row.sku.clone().unwrap_or_default(),
        barcode: row.barcode.clone(),
        price_minor: row.price_minor,
        compare_at_minor: row.compare_at_minor,
        cost_minor: row.cost_minor,
        content: row.content(),
        weight_grams: row.weight_grams,
        taxable: row.taxable,
        requires_shipping: row.requires_shipping,
        track_inventory: row.track_inventory,
        initial_on_hand: None,
    }
}
