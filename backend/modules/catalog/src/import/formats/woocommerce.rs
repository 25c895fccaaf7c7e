//! WooCommerce: headings in the language of the site, so what is not English is told by its place.

use std::collections::HashMap;

use orion_types::Currency;

use super::super::header::Column;
use super::Format;
use super::sheet::{Made, Sheet, parts};

pub(super) const FORMAT: Format = Format {
    is: |sheet| Places::of(sheet).is_some(),
    translate,
};

/// Most variants that one row of "any value" stands for.
const MAX_EXPANDED: usize = 100;

/// Where the columns are. The order is the same in every language; only the weight's heading has a unit in it, and a few columns came later.
struct Places {
    /// ID, type and SKU are the first three; the name may stand behind a barcode.
    name: usize,
    weight: usize,
    barcode: Option<usize>,
}

impl Places {
    fn of(sheet: &Sheet) -> Option<Self> {
        let first = sheet.titles.first()?;
        if !first.eq_ignore_ascii_case("id") || sheet.titles.len() < 30 {
            return None;
        }
        let kind = |cell: &str| {
            matches!(
                parts(cell, ',').first(),
                Some(&("simple" | "variable" | "variation" | "grouped" | "external"))
            )
        };
        if !sheet
            .rows
            .iter()
            .take(3)
            .all(|(_, cells)| cells.get(1).is_some_and(|cell| kind(cell)))
        {
            return None;
        }
        let units = ["(kg)", "(g)", "(lbs)", "(oz)"];
        let weight = sheet
            .titles
            .iter()
            .position(|title| units.iter().any(|unit| title.ends_with(unit)))?;
        let codes = ["GTIN", "EAN", "UPC"];
        let barcode = sheet
            .titles
            .get(3)
            .filter(|title| codes.iter().any(|code| title.contains(code)))
            .map(|_| 3);
        let name = if barcode.is_some() { 4 } else { 3 };
        (weight > name + 11 && sheet.titles.len() > weight + 17).then_some(Self { name, weight, barcode })
    }
}

struct Reading<'s> {
    sheet: &'s Sheet,
    places: Places,
    /// Places of name and values of each attribute.
    attributes: Vec<(usize, usize)>,
    titles: HashMap<String, u32>,
}

fn translate(sheet: &Sheet, _: Currency) -> Vec<Made> {
    let Some(places) = Places::of(sheet) else { return Vec::new() };
    [0, 1, 2, places.weight + 14].iter().for_each(|place| {
        sheet.at(*place);
    });
    let mut titles: HashMap<String, u32> = HashMap::new();
    for (_, cells) in &sheet.rows {
        *titles
            .entry(cells.get(places.name).map(|name| name.trim().to_lowercase()).unwrap_or_default())
            .or_default() += 1;
    }
    let attributes = attributes(sheet, places.weight + 15);
    let reading = Reading {
        sheet,
        places,
        attributes,
        titles,
    };
    let mut children: HashMap<&str, Vec<usize>> = HashMap::new();
    for row in (0..sheet.rows.len()).filter(|row| reading.is(*row, "variation")) {
        children.entry(reading.parent(row)).or_default().push(row);
    }
    let mut made = Vec::new();
    for row in (0..sheet.rows.len()).filter(|row| !reading.is(*row, "variation")) {
        let (id, sku) = (sheet.cell(row, Some(0)), sheet.cell(row, Some(2)));
        let mut variants = children.remove(id).filter(|_| !id.is_empty()).unwrap_or_default();
        variants.extend(children.remove(sku).filter(|_| !sku.is_empty()).unwrap_or_default());
        made.extend(reading.product(row, &variants));
    }
    // Variants whose product is not in the file are products, so that nothing is lost.
    let mut left: Vec<usize> = children.into_values().flatten().collect();
    left.sort_unstable();
    made.extend(left.into_iter().flat_map(|row| reading.product(row, &[])));
    made
}

/// Four columns for each: name, values, whether it is shown, whether it is shared. Their headings share a number.
fn attributes(sheet: &Sheet, from: usize) -> Vec<(usize, usize)> {
    let number = |title: &str| title.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut found = Vec::new();
    let mut place = from;
    while place + 3 < sheet.titles.len() {
        let wanted = number(&sheet.titles[place]);
        let same = !wanted.is_empty() && (1..4).all(|next| number(&sheet.titles[place + next]) == wanted);
        if same && !sheet.titles[place].contains(':') {
            (0..4).for_each(|next| {
                sheet.at(place + next);
            });
            found.push((place, place + 1));
            place += 4;
        } else {
            place += 1;
        }
    }
    found
}

impl Reading<'_> {
    fn is(&self, row: usize, kind: &str) -> bool {
        parts(self.sheet.cell(row, Some(1)), ',').contains(&kind)
    }

    /// The parent by its SKU or as `id:123`.
    fn parent(&self, row: usize) -> &str {
        let parent = self.sheet.cell(row, Some(self.places.weight + 14));
        parent.strip_prefix("id:").unwrap_or(parent)
    }

    /// What tells the product apart when the file is sent again.
    fn handle(&self, row: usize) -> String {
        let (sku, name, id) = (
            self.sheet.cell(row, Some(2)),
            self.sheet.cell(row, Some(self.places.name)),
            self.sheet.cell(row, Some(0)),
        );
        let shared = self.titles.get(&name.to_lowercase()).is_some_and(|count| *count > 1);
        match (sku, shared) {
            ("", true) => format!("{name} {id}"),
            ("", false) => name.to_owned(),
            (sku, _) => sku.to_owned(),
        }
    }

    fn product(&self, row: usize, variants: &[usize]) -> Vec<Made> {
        let mut first = Made::new(self.sheet, row);
        self.describe(&mut first, row);
        let pictures = self.places.weight + 11;
        let title = self.sheet.title(self.sheet.at(pictures));
        let addresses = parts(self.sheet.cell(row, Some(pictures)), ',');
        if variants.is_empty() {
            self.sell(&mut first, row);
            return first.with_pictures(title, &addresses);
        }
        let mut rows: Vec<Made> = Vec::new();
        for variant in variants {
            for chosen in self.expanded(row, *variant) {
                let mut made = if rows.is_empty() { first.clone() } else { Made::default() };
                made.line = Made::new(self.sheet, *variant).line;
                made.sources.push(*variant);
                made.put(Column::Handle, self.sheet.title(2), self.handle(row));
                self.sell(&mut made, *variant);
                made.choose(&chosen);
                if let Some(address) = parts(self.sheet.cell(*variant, Some(pictures)), ',').first() {
                    made.put(Column::VariantImage, title, *address);
                }
                rows.push(made);
            }
        }
        let head = rows.remove(0).with_pictures(title, &addresses);
        head.into_iter().chain(rows).collect()
    }

    fn describe(&self, made: &mut Made, row: usize) {
        let (sheet, name, weight) = (self.sheet, self.places.name, self.places.weight);
        made.put(Column::Handle, sheet.title(2), self.handle(row));
        made.copy(Column::Title, sheet, row, Some(sheet.at(name)));
        let (short, long) = (sheet.cell(row, Some(sheet.at(name + 4))), sheet.cell(row, Some(sheet.at(name + 5))));
        let body = [short, long]
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| text.replace("\\n", "\n"))
            .collect::<Vec<_>>();
        made.put(Column::Body, sheet.title(name + 5), body.join("\n"));
        let published = sheet.cell(row, Some(sheet.at(name + 1)));
        made.put(
            Column::Published,
            sheet.title(name + 1),
            if published == "1" { "true" } else { "false" },
        );
        let (kind, tags) = categories(
            sheet.cell(row, Some(sheet.at(weight + 8))),
            sheet.cell(row, Some(sheet.at(weight + 9))),
        );
        made.put(Column::Type, sheet.title(weight + 8), kind);
        made.put(Column::Tags, sheet.title(weight + 9), tags);
    }

    fn sell(&self, made: &mut Made, row: usize) {
        let (sheet, weight) = (self.sheet, self.places.weight);
        made.copy(Column::Sku, sheet, row, Some(2));
        made.copy(Column::Barcode, sheet, row, self.places.barcode.map(|place| sheet.at(place)));
        made.copy(Column::Price, sheet, row, Some(sheet.at(weight + 7)));
        made.reduce(sheet.title(weight + 6), sheet.cell(row, Some(sheet.at(weight + 6))));
        let unit = sheet.title(weight).rsplit('(').next().unwrap_or_default().trim_end_matches(')');
        made.weigh(sheet.title(weight), sheet.cell(row, Some(sheet.at(weight))), unit);
        let stock = self.places.name + 11;
        made.copy(Column::Quantity, sheet, row, Some(sheet.at(stock)));
        let backorders = sheet.cell(row, Some(sheet.at(weight - 2)));
        let goes_on = matches!(backorders, "1" | "notify" | "yes");
        made.put(Column::Policy, sheet.title(weight - 2), if goes_on { "continue" } else { "deny" });
        let taxed = sheet.cell(row, Some(sheet.at(self.places.name + 8)));
        made.put(
            Column::Taxable,
            sheet.title(self.places.name + 8),
            if taxed == "none" { "false" } else { "true" },
        );
        let ships = !self.is(row, "virtual");
        made.put(Column::RequiresShipping, sheet.title(1), ships.to_string());
    }

    /// The choices of a variant; one that leaves a choice open stands for every value of its product.
    fn expanded(&self, product: usize, variant: usize) -> Vec<Vec<(String, String)>> {
        let mut found: Vec<Vec<(String, String)>> = vec![Vec::new()];
        for (name, values) in &self.attributes {
            let (of_product, of_variant) = (self.sheet.cell(product, Some(*name)), self.sheet.cell(variant, Some(*name)));
            let name = if of_variant.is_empty() { of_product } else { of_variant };
            let value = self.sheet.cell(variant, Some(*values));
            // What only the product has and no variant speaks of is told, not chosen.
            if name.is_empty() || (of_variant.is_empty() && value.is_empty()) {
                continue;
            }
            let all = parts(self.sheet.cell(product, Some(*values)), ',');
            let values = if value.is_empty() && found.len() * all.len() <= MAX_EXPANDED {
                all
            } else {
                vec![value]
            };
            let one = |chosen: &Vec<(String, String)>, value: &str| {
                chosen
                    .iter()
                    .cloned()
                    .chain([(name.to_owned(), value.to_owned())])
                    .collect::<Vec<_>>()
            };
            found = found
                .iter()
                .flat_map(|chosen| values.iter().map(|value| one(chosen, value)).collect::<Vec<_>>())
                .collect();
        }
        found
    }
}

/// `A > B, C`: the first one's last step is the type; the others are kept as tags.
fn categories(tree: &str, tags: &str) -> (String, String) {
    let mut leaves: Vec<&str> = parts(tree, ',')
        .iter()
        .filter_map(|path| path.rsplit('>').next().map(str::trim))
        .collect();
    let kind = if leaves.is_empty() {
        String::new()
    } else {
        leaves.remove(0).to_owned()
    };
    leaves.extend(parts(tags, ','));
    (kind, leaves.join(", "))
}
