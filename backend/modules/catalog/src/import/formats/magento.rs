//! Magento and Adobe Commerce: variants are products of their own that a configurable product names.

use std::collections::{HashMap, HashSet};

use orion_types::Currency;

use super::super::header::Column;
use super::Format;
use super::sheet::{Made, Sheet, parts};

pub(super) const FORMAT: Format = Format {
    is: |sheet| sheet.has(&["sku"]) && sheet.has(&["attribute set code", "product websites"]) && sheet.has(&["product type"]),
    translate,
};

const PRODUCT: &[(Column, &[&str])] = &[
    (Column::Handle, &["url key", "sku"]),
    (Column::Title, &["name"]),
    (Column::SeoTitle, &["meta title"]),
    (Column::SeoDescription, &["meta description"]),
];

const VARIANT: &[(Column, &[&str])] = &[(Column::Sku, &["sku"]), (Column::Price, &["price"]), (Column::Quantity, &["qty"])];

fn translate(sheet: &Sheet, _: Currency) -> Vec<Made> {
    let (sku, view, kind) = (
        sheet.find(&["sku"]),
        sheet.find(&["store view code"]),
        sheet.find(&["product type"]),
    );
    let variations = sheet.find(&["configurable variations"]);
    // Rows of a store view say the same in another language.
    let rows: Vec<usize> = (0..sheet.rows.len()).filter(|row| sheet.cell(*row, view).is_empty()).collect();
    let by_sku: HashMap<&str, usize> = rows.iter().map(|row| (sheet.cell(*row, sku), *row)).collect();
    let children: HashSet<&str> = rows
        .iter()
        .flat_map(|row| variants(sheet.cell(*row, variations)))
        .map(|(sku, _)| sku)
        .collect();
    let mut made = Vec::new();
    for row in rows.iter().copied().filter(|row| !children.contains(sheet.cell(*row, sku))) {
        let mut first = Made::new(sheet, row);
        describe(&mut first, sheet, row);
        let found: Vec<_> = variants(sheet.cell(row, variations))
            .into_iter()
            .filter_map(|(sku, choices)| by_sku.get(sku).map(|row| (*row, choices)))
            .collect();
        let (base, more) = (sheet.find(&["base image"]), sheet.find(&["additional images"]));
        let mut pictures: Vec<&str> = parts(sheet.cell(row, base), ',');
        pictures.extend(parts(sheet.cell(row, more), ','));
        let title = base.map_or("base_image", |place| sheet.title(place)).to_owned();
        if found.is_empty() || sheet.cell(row, kind) != "configurable" {
            sell(&mut first, sheet, row);
            made.extend(first.with_pictures(&title, &pictures));
            continue;
        }
        let handle = first.get(Column::Handle).to_owned();
        for (number, (variant, choices)) in found.into_iter().enumerate() {
            let mut one = if number == 0 { first.clone() } else { Made::default() };
            one.line = Made::new(sheet, variant).line;
            one.sources.push(variant);
            one.put(Column::Handle, "url_key", handle.as_str());
            sell(&mut one, sheet, variant);
            one.choose(&choices);
            made.extend(if number == 0 {
                one.with_pictures(&title, &pictures)
            } else {
                vec![one]
            });
        }
    }
    made
}

/// `sku=A,color=Red,size=S|sku=B,…`
fn variants(text: &str) -> Vec<(&str, Vec<(String, String)>)> {
    let one = |variant| {
        let pairs: Vec<(&str, &str)> = parts(variant, ',').into_iter().filter_map(|pair| pair.split_once('=')).collect();
        let sku = pairs.iter().find(|(name, _)| *name == "sku").map(|(_, sku)| *sku)?;
        let choices = pairs.iter().filter(|(name, _)| *name != "sku");
        Some((
            sku,
            choices.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ))
    };
    parts(text, '|').into_iter().filter_map(one).collect()
}

fn describe(made: &mut Made, sheet: &Sheet, row: usize) {
    made.copy_all(sheet, row, PRODUCT);
    if made.get(Column::Handle).is_empty() {
        made.copy(Column::Handle, sheet, row, sheet.find(&["sku"]));
    }
    let (short, long) = (sheet.find(&["short description"]), sheet.find(&["description"]));
    let texts = [sheet.cell(row, short), sheet.cell(row, long)];
    made.put(
        Column::Body,
        "description",
        texts.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join("\n"),
    );
    if let Some(online) = sheet.find(&["product online"]) {
        made.put(
            Column::Published,
            sheet.title(online),
            (sheet.cell(row, Some(online)) == "1").to_string(),
        );
    }
    if let Some(tree) = sheet.find(&["categories"]) {
        let paths = parts(sheet.cell(row, Some(tree)), ',');
        let leaf = paths.first().and_then(|path| path.rsplit('/').next());
        made.put(Column::Type, sheet.title(tree), leaf.unwrap_or_default());
    }
}

fn sell(made: &mut Made, sheet: &Sheet, row: usize) {
    made.copy_all(sheet, row, VARIANT);
    if let Some(special) = sheet.find(&["special price"]) {
        made.reduce(sheet.title(special), sheet.cell(row, Some(special)));
    }
    if let Some(orders) = sheet.find(&["allow backorders"]) {
        let goes_on = matches!(sheet.cell(row, Some(orders)), "1" | "2");
        made.put(Column::Policy, sheet.title(orders), if goes_on { "continue" } else { "deny" });
    }
}
