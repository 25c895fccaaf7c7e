//! What the file says laid over what is there.

use orion_types::catalog::{ProductOption, SaveProduct, SaveVariant};
use orion_types::{CategoryId, FieldProblem, VariantId};

use super::header::{Column, Header};
use super::parse::{ParsedProduct, ParsedVariant};
use super::report::RowError;
use crate::model::VariantRow;
use crate::service::save::Present;

/// The product as it should be: first the variants of the file in their order, then those that only the store has.
pub(crate) fn merge(parsed: &ParsedProduct, present: Option<&Present>) -> SaveProduct {
    let rows: Vec<&VariantRow> = present
        .map(|present| present.variants.iter().map(|stocked| &stocked.variant).collect())
        .unwrap_or_default();
    let matched: Vec<Option<&VariantRow>> = parsed.variants.iter().map(|variant| find(variant, &rows)).collect();
    let mut variants: Vec<SaveVariant> = parsed
        .variants
        .iter()
        .zip(&matched)
        .map(|(variant, row)| save_variant(variant, *row))
        .collect();
    let is_kept = |row: &&VariantRow| {
        let fits = !parsed.options.is_empty() && row.option_values.len() == parsed.options.len();
        fits && !matched.iter().flatten().any(|other| other.id == row.id)
    };
    variants.extend(rows.iter().copied().filter(is_kept).map(keep_variant));
    let row = present.map(|present| &present.row);
    let text = |said: &Option<String>, there: fn(&crate::model::ProductRow) -> &String| {
        said.clone().unwrap_or_else(|| row.map(there).cloned().unwrap_or_default())
    };
    SaveProduct {
        title: if parsed.title.is_empty() {
            row.map(|row| row.title.clone()).unwrap_or_default()
        } else {
            parsed.title.clone()
        },
        slug: row.is_none().then(|| parsed.slug.clone()),
        description_html: text(&parsed.body, |row| &row.description_html),
        vendor: text(&parsed.vendor, |row| &row.vendor),
        product_type: text(&parsed.product_type, |row| &row.product_type),
        tags: parsed
            .tags
            .clone()
            .unwrap_or_else(|| row.map(|row| row.tags.clone()).unwrap_or_default()),
        featured: row.is_some_and(|row| row.featured),
        options: options(parsed, &variants),
        variants,
        category_ids: present
            .map(|present| present.category_ids.iter().copied().map(CategoryId).collect())
            .unwrap_or_default(),
        seo_title: text(&parsed.seo_title, |row| &row.seo_title),
        seo_description: text(&parsed.seo_description, |row| &row.seo_description),
        removed_variant_ids: Vec::new(),
    }
}

/// The variant of the store that a row means: the one with its values, or else the one with its SKU.
pub(crate) fn find<'r>(variant: &ParsedVariant, rows: &[&'r VariantRow]) -> Option<&'r VariantRow> {
    let by_values = rows.iter().find(|row| row.option_values == variant.values);
    let sku = variant.sku.as_deref().filter(|sku| !sku.is_empty());
    let by_sku = || rows.iter().find(|row| sku.is_some() && row.sku.as_deref() == sku);
    by_values.or_else(by_sku).copied()
}

fn save_variant(variant: &ParsedVariant, row: Option<&VariantRow>) -> SaveVariant {
    let there = row.map(keep_variant);
    let there = there.as_ref();
    SaveVariant {
        id: row.map(|row| VariantId(row.id)),
        option_values: variant.values.clone(),
        sku: variant
            .sku
            .clone()
            .or_else(|| there.map(|there| there.sku.clone()))
            .unwrap_or_default(),
        barcode: variant
            .barcode
            .clone()
            .or_else(|| there.map(|there| there.barcode.clone()))
            .unwrap_or_default(),
        price_minor: variant.price_minor,
        compare_at_minor: variant
            .compare_at_minor
            .unwrap_or_else(|| there.and_then(|there| there.compare_at_minor)),
        weight_grams: variant.weight_grams.or(there.map(|there| there.weight_grams)).unwrap_or(0),
        taxable: variant.taxable.or(there.map(|there| there.taxable)).unwrap_or(true),
        requires_shipping: variant
            .requires_shipping
            .or(there.map(|there| there.requires_shipping))
            .unwrap_or(true),
        track_inventory: variant.track_inventory.or(there.map(|there| there.track_inventory)).unwrap_or(true),
        initial_on_hand: if row.is_none() { variant.on_hand } else { None },
    }
}

fn keep_variant(row: &VariantRow) -> SaveVariant {
    SaveVariant {
        id: Some(VariantId(row.id)),
        option_values: row.option_values.clone(),
        sku: row.sku.clone().unwrap_or_default(),
        barcode: row.barcode.clone(),
        price_minor: row.price_minor,
        compare_at_minor: row.compare_at_minor,
        weight_grams: row.weight_grams,
        taxable: row.taxable,
        requires_shipping: row.requires_shipping,
        track_inventory: row.track_inventory,
        initial_on_hand: None,
    }
}

/// The names of the file, with the values of all variants in their order.
fn options(parsed: &ParsedProduct, variants: &[SaveVariant]) -> Vec<ProductOption> {
    let option = |(index, name): (usize, &String)| {
        let mut values: Vec<String> = Vec::new();
        for value in variants.iter().filter_map(|variant| variant.option_values.get(index)) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        ProductOption {
            name: name.clone(),
            values,
        }
    };
    parsed.options.iter().enumerate().map(option).collect()
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
        ("variants", Some("weight_grams")) => Column::Grams,
        ("variants", Some("initial_on_hand")) => Column::Quantity,
        ("images", _) => Column::ImageSrc,
        _ => return None,
    })
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
