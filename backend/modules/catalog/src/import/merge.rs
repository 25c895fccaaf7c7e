//! What the file says laid over what is there.

use std::collections::{HashMap, HashSet};

use orion_types::catalog::{ProductOption, SaveProduct, SaveVariant};
use orion_types::validation::MAX_TITLE_LENGTH;
use orion_types::{CategoryId, FieldProblem, VariantId};
use uuid::Uuid;

use super::header::{Column, Header};
use super::parse::{ParsedProduct, ParsedVariant};
use super::report::RowError;
use crate::model::VariantRow;
use crate::service::change::variant_as_saved;
use crate::service::save::Present;

/// A product as it should be, and how it came about.
#[derive(Debug)]
pub(crate) struct Merged {
    pub save: SaveProduct,
    /// For each variant of the file, its place among those of the product.
    pub places: Vec<usize>,
    /// A variant has no price, here or in the file: nobody may buy it yet.
    pub unpriced: bool,
    pub notes: Vec<RowError>,
}

/// The product as it should be: the variants of the file in their order, then those that only the store has. A file that knows of no options
/// changes the variants that are there and leaves their order.
///
/// # Errors
/// Rows that mean no variant of the store, or make one without a price beside others that have one.
pub(crate) fn merge(
    parsed: &ParsedProduct,
    header: &Header,
    present: Option<&Present>,
    present_options: Vec<ProductOption>,
) -> Result<Merged, Vec<RowError>> {
    let rows: Vec<&VariantRow> = present
        .map(|present| present.variants.iter().map(|stocked| &stocked.variant).collect())
        .unwrap_or_default();
    let matched = match_rows(parsed, &rows);
    let errors = unusable(parsed, header, present, &matched);
    if !errors.is_empty() {
        return Err(errors);
    }
    let row = present.map(|present| &present.row);
    let keeps_options = row.is_some() && (parsed.options.is_none() || parsed.keeps_options);
    let (variants, places) = if keeps_options {
        overlaid(parsed, &rows, &matched)
    } else {
        in_file_order(parsed, &rows, &matched)
    };
    let text = |said: &Option<String>, there: fn(&crate::model::ProductRow) -> &String| {
        said.clone().unwrap_or_else(|| row.map(there).cloned().unwrap_or_default())
    };
    let title = if parsed.title.is_empty() {
        row.map_or(&parsed.key, |row| &row.title)
    } else {
        &parsed.title
    };
    let save = SaveProduct {
        title: title.chars().take(MAX_TITLE_LENGTH).collect(),
        slug: None,
        description_html: text(&parsed.body, |row| &row.description_html),
        vendor: text(&parsed.vendor, |row| &row.vendor),
        product_type: text(&parsed.product_type, |row| &row.product_type),
        tags: parsed
            .tags
            .clone()
            .unwrap_or_else(|| row.map(|row| row.tags.clone()).unwrap_or_default()),
        featured: row.is_some_and(|row| row.featured),
        options: if keeps_options {
            present_options
        } else {
            options(parsed.options.as_deref().unwrap_or_default(), &variants)
        },
        category_ids: present
            .map(|present| present.category_ids.iter().copied().map(CategoryId).collect())
            .unwrap_or_default(),
        seo_title: text(&parsed.seo_title, |row| &row.seo_title),
        seo_description: text(&parsed.seo_description, |row| &row.seo_description),
        removed_variant_ids: Vec::new(),
        variants,
    };
    let unpriced = parsed
        .variants
        .iter()
        .zip(&matched)
        .any(|(variant, row)| variant.price_minor.is_none() && row.is_none_or(|row| row.price_minor == 0))
        && row.is_none_or(|row| row.status == "draft");
    Ok(Merged {
        notes: notes(
            parsed,
            header,
            row.is_none(),
            unpriced,
            rows.len().saturating_sub(kept_count(&save)),
        ),
        save,
        places,
        unpriced,
    })
}

/// How many of the variants were there before.
fn kept_count(save: &SaveProduct) -> usize {
    save.variants.iter().filter(|variant| variant.id.is_some()).count()
}

/// The variant of the store that each row means: the one with its values, or else the only one with its SKU; a lone row means a lone variant.
pub(crate) fn match_rows<'r>(parsed: &ParsedProduct, rows: &[&'r VariantRow]) -> Vec<Option<&'r VariantRow>> {
    let mut taken: HashSet<Uuid> = HashSet::new();
    let mut found: Vec<Option<&VariantRow>> = Vec::with_capacity(parsed.variants.len());
    for variant in &parsed.variants {
        let by_values = rows.iter().copied().find(|row| row.option_values == variant.values);
        found.push(by_values.filter(|row| parsed.options.is_some() && taken.insert(row.id)));
    }
    let mut by_sku: HashMap<&str, Vec<&VariantRow>> = HashMap::new();
    for row in rows.iter().copied().filter(|row| !taken.contains(&row.id)) {
        by_sku.entry(row.sku.as_deref().unwrap_or_default()).or_default().push(row);
    }
    let lone = (parsed.options.is_none() && parsed.variants.len() == 1 && rows.len() == 1).then(|| rows[0]);
    for (variant, found) in parsed.variants.iter().zip(&mut found) {
        if found.is_some() {
            continue;
        }
        let sku = variant.sku.as_deref().filter(|sku| !sku.is_empty());
        // Once used, a variant means no other row.
        *found = match sku.and_then(|sku| by_sku.get_mut(sku)) {
            Some(with_sku) if with_sku.len() == 1 => with_sku.pop(),
            _ => lone,
        };
    }
    found
}

fn unusable(parsed: &ParsedProduct, header: &Header, present: Option<&Present>, matched: &[Option<&VariantRow>]) -> Vec<RowError> {
    if present.is_none() {
        return Vec::new();
    }
    let lost = parsed.variants.iter().zip(matched).filter(|(_, row)| row.is_none());
    let told = lost.filter_map(|(variant, _)| {
        let sku = variant.sku.clone().unwrap_or_default();
        if parsed.options.is_none() {
            let told = "the product has no variant with this SKU, or several";
            return Some(RowError::new(variant.line, header.name(Column::Sku), "unknown_variant", told).of(sku));
        }
        let told = "a new variant of a product that is on sale needs a price";
        variant
            .price_minor
            .is_none()
            .then(|| RowError::new(variant.line, header.name(Column::Price), "required", told))
    });
    told.collect()
}

fn notes(parsed: &ParsedProduct, header: &Header, new: bool, unpriced: bool, removed: usize) -> Vec<RowError> {
    let note = |column, code, detail: String| RowError::new(parsed.line, header.name(column), code, detail).noted();
    let mut notes = Vec::new();
    if new && parsed.title.is_empty() {
        notes.push(note(Column::Title, "title_missing", "the handle is used as the title".to_owned()));
    }
    if unpriced {
        notes.push(note(
            Column::Price,
            "price_missing",
            "without a price it is kept as a draft".to_owned(),
        ));
    }
    if removed > 0 {
        let detail = format!("{removed} variants of the store do not fit the file's choices and were removed");
        notes.push(note(Column::OptionValue(0), "variants_removed", detail));
    }
    notes
}

fn in_file_order(parsed: &ParsedProduct, rows: &[&VariantRow], matched: &[Option<&VariantRow>]) -> (Vec<SaveVariant>, Vec<usize>) {
    let options = parsed.options.as_deref().unwrap_or_default();
    let mut variants: Vec<SaveVariant> = parsed
        .variants
        .iter()
        .zip(matched)
        .map(|(variant, row)| save_variant(variant, *row, variant.values.clone(), parsed.counts))
        .collect();
    if parsed.options.is_none() {
        // Nothing tells several rows of a new product apart.
        variants.truncate(1);
    }
    let is_kept = |row: &&VariantRow| {
        let fits = !options.is_empty() && row.option_values.len() == options.len();
        fits && !matched.iter().flatten().any(|other| other.id == row.id)
    };
    variants.extend(rows.iter().copied().filter(is_kept).map(variant_as_saved));
    (variants, (0..parsed.variants.len()).collect())
}

fn overlaid(parsed: &ParsedProduct, rows: &[&VariantRow], matched: &[Option<&VariantRow>]) -> (Vec<SaveVariant>, Vec<usize>) {
    let mut variants: Vec<SaveVariant> = rows.iter().copied().map(variant_as_saved).collect();
    let place = |row: &Option<&VariantRow>| rows.iter().position(|other| row.is_some_and(|row| row.id == other.id)).unwrap_or(0);
    let places: Vec<usize> = matched.iter().map(place).collect();
    for (variant, place) in parsed.variants.iter().zip(&places) {
        if let (Some(saved), Some(row)) = (variants.get_mut(*place), rows.get(*place)) {
            *saved = save_variant(variant, Some(row), row.option_values.clone(), parsed.counts);
            // A row that was found by its product alone says nothing about the SKU.
            if saved.sku.is_empty() {
                saved.sku = row.sku.clone().unwrap_or_default();
            }
        }
    }
    (variants, places)
}

fn save_variant(variant: &ParsedVariant, row: Option<&VariantRow>, option_values: Vec<String>, counts: bool) -> SaveVariant {
    let there = row.map(variant_as_saved);
    let there = there.as_ref();
    let text = |said: &Option<String>, there: Option<&String>| said.clone().or_else(|| there.cloned()).unwrap_or_default();
    let price_minor = variant.price_minor.or(there.map(|there| there.price_minor)).unwrap_or(0);
    let compare_at = variant
        .compare_at_minor
        .unwrap_or_else(|| there.and_then(|there| there.compare_at_minor));
    SaveVariant {
        id: row.map(|row| VariantId(row.id)),
        option_values,
        sku: text(&variant.sku, there.map(|there| &there.sku)),
        barcode: text(&variant.barcode, there.map(|there| &there.barcode)),
        price_minor,
        compare_at_minor: compare_at,
        cost_minor: variant.cost_minor.or(there.and_then(|there| there.cost_minor)),
        content: variant.content.clone().or_else(|| there.and_then(|there| there.content.clone())),
        weight_grams: variant.weight_grams.or(there.map(|there| there.weight_grams)).unwrap_or(0),
        taxable: variant.taxable.or(there.map(|there| there.taxable)).unwrap_or(true),
        requires_shipping: variant
            .requires_shipping
            .or(there.map(|there| there.requires_shipping))
            .unwrap_or(true),
        track_inventory: variant
            .track_inventory
            .or(there.map(|there| there.track_inventory))
            .unwrap_or(counts),
        initial_on_hand: if row.is_none() { variant.on_hand } else { None },
    }
}

/// The names of the file, with the values of all variants in their order.
fn options(names: &[String], variants: &[SaveVariant]) -> Vec<ProductOption> {
    let option = |(index, name): (usize, &String)| {
        let mut seen = HashSet::new();
        let values = variants.iter().filter_map(|variant| variant.option_values.get(index));
        ProductOption {
            name: name.clone(),
            values: values.filter(|value| seen.insert(*value)).cloned().collect(),
        }
    };
    names.iter().enumerate().map(option).collect()
}

/// Where in the file a field stands that the store refused.
pub(crate) fn locate(field: &FieldProblem, parsed: &ParsedProduct, header: &Header) -> RowError {
    let mut steps = field.pointer.trim_start_matches('/').split('/');
    let (root, index, name) = (steps.next().unwrap_or_default(), steps.next(), steps.next());
    let index = index.and_then(|index| index.parse::<usize>().ok());
    let line = match (root, index) {
        ("variants", Some(index)) => parsed.variants.get(index).map_or(parsed.line, |variant| variant.line),
        _ => parsed.line,
    };
    let column = column(root, index, name).map(|column| header.name(column)).unwrap_or_default();
    RowError::new(line, column, &field.code, &field.detail)
}

fn column(root: &str, index: Option<usize>, name: Option<&str>) -> Option<Column> {
    Some(match (root, name) {
        ("title", _) => Column::Title,
        ("slug", _) => Column::Handle,
        ("description_html", _) => Column::Body,
        ("vendor", _) => Column::Vendor,
        ("product_type", _) => Column::Type,
        ("tags", _) => Column::Tags,
        ("seo_title", _) => Column::SeoTitle,
        ("seo_description", _) => Column::SeoDescription,
        ("options", Some("values")) => Column::OptionValue(index?.min(2)),
        ("options", _) => Column::OptionName(index.unwrap_or(0).min(2)),
        ("variants", Some("option_values")) => Column::OptionValue(0),
        ("variants", Some("sku")) => Column::Sku,
        ("variants", Some("barcode")) => Column::Barcode,
        ("variants", Some("price_minor")) => Column::Price,
        ("variants", Some("compare_at_minor")) => Column::CompareAt,
        ("variants", Some("cost_minor")) => Column::Cost,
        ("variants", Some("content")) => Column::Content,
        ("variants", Some("weight_grams")) => Column::Grams,
        ("variants", Some("initial_on_hand")) => Column::Quantity,
        ("images", _) => Column::ImageSrc,
        ("category_ids", _) => Column::Category,
        _ => return None,
    })
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
