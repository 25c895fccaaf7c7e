//! Products as programs write them, brought into the form that is checked.

use orion_framework::db::StoreTx;
use orion_framework::http::Expected;
use orion_framework::marks::Marks;
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_types::catalog::{Product, SaveProduct, SaveVariant};
use orion_types::status::ProductStatus;
use orion_types::{Currency, Money, ProductId};

use super::draft::{ProductDraft, check};
use super::save::{create_as, update_product};
use super::status::set_status;
use crate::error::CatalogError;
use crate::wire::{WriteProduct, WriteVariant};

/// Creates a product, as a draft unless told otherwise.
///
/// # Errors
/// 422 with every wrong field, 409 when the address is taken.
pub(crate) fn create(tx: &mut StoreTx, write: WriteProduct) -> Result<Product, CatalogError> {
    let status = write.status.unwrap_or(ProductStatus::Draft);
    let draft = checked(write, tx.store().currency)?;
    create_as(tx, &draft, status)
}

/// Replaces a product.
///
/// # Errors
/// As [`update_product`].
pub(crate) fn replace(tx: &mut StoreTx, id: ProductId, version: Expected, write: WriteProduct) -> Result<Product, CatalogError> {
    let status = write.status;
    let draft = checked(write, tx.store().currency)?;
    let replaced = update_product(tx, id, version, &draft)?;
    match status {
        Some(status) if status != replaced.status => set_status(tx, id, status),
        _ => Ok(replaced),
    }
}

fn checked(write: WriteProduct, currency: Currency) -> Result<ProductDraft, CatalogError> {
    let mut fields = FieldErrors::default();
    let marks = Marks::replaced(&mut fields, "", write.metadata.as_ref(), write.external_id.as_deref());
    let variants: Vec<(SaveVariant, Marks)> = write
        .variants
        .into_iter()
        .enumerate()
        .map(|(place, variant)| variant_of(&mut fields, &format!("/variants/{place}"), variant, currency))
        .collect();
    let (variants, marks_of_variants): (Vec<SaveVariant>, Vec<Marks>) = variants.into_iter().unzip();
    let save = SaveProduct {
        title: write.title,
        slug: write.slug,
        description_html: write.description_html,
        vendor: write.vendor,
        product_type: write.product_type,
        tags: write.tags,
        featured: write.featured,
        options: write.options,
        variants,
        category_ids: write.category_ids,
        seo_title: write.seo_title,
        seo_description: write.seo_description,
        removed_variant_ids: write.removed_variant_ids,
    };
    let mut draft = both(fields, check(save))?;
    draft.marks = marks;
    for (variant, marks) in draft.variants.iter_mut().zip(marks_of_variants) {
        variant.marks = marks;
    }
    Ok(draft)
}

/// What is wrong with one half and with the other is told together.
fn both(fields: FieldErrors, checked: Result<ProductDraft, CatalogError>) -> Result<ProductDraft, CatalogError> {
    match (fields.into_result(), checked) {
        (Ok(()), checked) => checked,
        (Err(ours), Err(CatalogError::Refused(theirs))) => Err(CatalogError::Refused(ProblemDraft {
            errors: ours.errors.iter().cloned().chain(theirs.errors).collect(),
            ..ours
        })),
        (Err(ours), _) => Err(ours.into()),
    }
}

fn variant_of(fields: &mut FieldErrors, at: &str, write: WriteVariant, currency: Currency) -> (SaveVariant, Marks) {
    let marks = Marks::replaced(fields, at, write.metadata.as_ref(), write.external_id.as_deref());
    let price = amount(fields, &format!("{at}/price"), write.price_minor, write.price, currency);
    if price.is_none() {
        fields.add(format!("{at}/price_minor"), "required", "is required, or price");
    }
    let compare_at = amount(
        fields,
        &format!("{at}/compare_at"),
        write.compare_at_minor,
        write.compare_at,
        currency,
    );
    let cost = amount(fields, &format!("{at}/cost"), write.cost_minor, write.cost, currency);
    let save = SaveVariant {
        id: write.id,
        option_values: write.option_values,
        sku: write.sku,
        barcode: write.barcode,
        price_minor: price.unwrap_or_default(),
        compare_at_minor: compare_at,
        cost_minor: cost,
        content: write.content,
        weight_grams: write.weight_grams,
        taxable: write.taxable,
        requires_shipping: write.requires_shipping,
        track_inventory: write.track_inventory,
        initial_on_hand: write.initial_on_hand,
    };
    (save, marks)
}

/// An amount, whichever of its two spellings was used; both may be there when they say the same.
fn amount(fields: &mut FieldErrors, at: &str, minor: Option<i64>, money: Option<Money>, currency: Currency) -> Option<i64> {
    if money.is_some_and(|money| money.currency != currency) {
        fields.add(
            format!("{at}/currency"),
            "not_allowed",
            format!("must be {currency}, the store's currency"),
        );
    }
    match (minor, money) {
        (Some(minor), Some(money)) if minor != money.amount_minor => {
            fields.add(
                format!("{at}_minor"),
                "contradicts",
                "says something else than the amount beside it",
            );
            Some(minor)
        }
        (minor, money) => minor.or(money.map(|money| money.amount_minor)),
    }
}
