//! What the merchant has chosen is laid over what the file says, before that is laid over what is there.

use std::borrow::Cow;

use orion_types::import::ImportChoices;
use orion_types::status::{ImportFill, ImportMode, ImportPublish, ProductStatus};

use super::merge::match_rows;
use super::parse::{ParsedProduct, ParsedVariant};
use super::report::RowError;
use crate::model::{ProductRow, VariantRow};
use crate::service::save::Present;

/// Why the product is left out, where only new ones or only present ones are wanted.
pub(super) fn left_out(parsed: &ParsedProduct, there: bool, mode: ImportMode) -> Option<RowError> {
    let told = match (mode, there) {
        (ImportMode::Create, true) => "it is there already, and only new products were wanted",
        (ImportMode::Update, false) => "it is not there, and no new products were wanted",
        _ => return None,
    };
    Some(RowError::new(parsed.line, "", "left_out", told).noted())
}

/// The product as the choices want it taken, and what they have kept out of it.
pub(super) fn chosen<'p>(
    parsed: &'p ParsedProduct,
    present: Option<&Present>,
    choices: ImportChoices,
) -> (Cow<'p, ParsedProduct>, Vec<RowError>) {
    if choices == ImportChoices::default() {
        return (Cow::Borrowed(parsed), Vec::new());
    }
    let (mut wanted, mut notes) = (parsed.clone(), Vec::new());
    if choices.publish == ImportPublish::Draft {
        wanted.status = present.is_none().then_some(ProductStatus::Draft);
    }
    let rows: Vec<&VariantRow> = present
        .map(|present| present.variants.iter().map(|stocked| &stocked.variant).collect())
        .unwrap_or_default();
    let matched = match_rows(parsed, &rows);
    if let (Some(units), false) = (choices.stock, parsed.counts) {
        stock(&mut wanted.variants, &matched, units);
    }
    if let (ImportFill::Empty, Some(present)) = (choices.fill, present) {
        notes.extend(only_empty(&mut wanted, &present.row, &matched));
        if !present.category_ids.is_empty() {
            wanted.categories.clear();
        }
    }
    (Cow::Owned(wanted), notes)
}

/// New variants of a file without quantities are counted, and have this many units.
fn stock(variants: &mut [ParsedVariant], matched: &[Option<&VariantRow>], units: i32) {
    for (variant, row) in variants.iter_mut().zip(matched) {
        if row.is_none() {
            variant.track_inventory = Some(true);
            variant.on_hand = Some(units);
        }
    }
}

/// Takes out what would replace something. A variant that is not there is no empty field, so it does not join.
fn only_empty(wanted: &mut ParsedProduct, row: &ProductRow, matched: &[Option<&VariantRow>]) -> Option<RowError> {
    let keep = |said: &mut Option<String>, there: &str| {
        if !there.is_empty() {
            *said = None;
        }
    };
    wanted.title.clear();
    keep(&mut wanted.body, &row.description_html);
    keep(&mut wanted.vendor, &row.vendor);
    keep(&mut wanted.product_type, &row.product_type);
    keep(&mut wanted.seo_title, &row.seo_title);
    keep(&mut wanted.seo_description, &row.seo_description);
    if !row.tags.is_empty() {
        wanted.tags = None;
    }
    wanted.metadata.retain(|(name, _)| row.metadata.get(name).is_none());
    wanted.status = None;
    wanted.keeps_options = true;
    let variants = std::mem::take(&mut wanted.variants).into_iter().zip(matched);
    let (there, new): (Vec<_>, Vec<_>) = variants.partition(|(_, row)| row.is_some());
    let filled = there
        .into_iter()
        .filter_map(|(variant, there)| there.map(|there| filling(variant, there, row.status == "draft")));
    wanted.variants = filled.collect();
    let (first, _) = new.first()?;
    let detail = format!(
        "{} variants that are not there were left out: only empty fields are filled",
        new.len()
    );
    Some(RowError::new(first.line, "", "variants_left_out", detail).noted())
}

/// Nothing costs 0 by accident but a draft that nobody has given a price yet. Stock and what is a yes or a no are never empty.
fn filling(variant: ParsedVariant, row: &VariantRow, draft: bool) -> ParsedVariant {
    let text = |said: Option<String>, there: &str| said.filter(|_| there.is_empty());
    ParsedVariant {
        sku: text(variant.sku, row.sku.as_deref().unwrap_or_default()),
        barcode: text(variant.barcode, &row.barcode),
        price_minor: variant.price_minor.filter(|_| draft && row.price_minor == 0),
        compare_at_minor: variant.compare_at_minor.filter(|_| row.compare_at_minor.is_none()),
        cost_minor: variant.cost_minor.filter(|_| row.cost_minor.is_none()),
        content: variant.content.filter(|_| row.content_milli.is_none()),
        weight_grams: variant.weight_grams.filter(|_| row.weight_grams == 0),
        taxable: None,
        requires_shipping: None,
        track_inventory: None,
        on_hand: None,
        ..variant
    }
}
