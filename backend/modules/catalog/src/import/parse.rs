//! From rows to a product: what the file says, not yet what the store makes of it.

use orion_types::Currency;
use orion_types::measure::Content;
use orion_types::status::ProductStatus;
use orion_types::validation::{MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH};

use super::header::{Column, Header};
use super::numbers::Evidence;
use super::reader::{Row, RowGroup};
use super::reading::Reading;
use super::report::RowError;
use super::values::{self, quoted, tidied_lines};
use crate::service::draft::{MAX_LABEL, MAX_OPTION_VALUE, MAX_SEO_DESCRIPTION, MAX_TAGS};

/// Stands where a row leaves out a choice that its product has.
const NO_CHOICE: &str = "–";

/// A product of the file. `None` where the file has no such column: what is there stays.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedProduct {
    /// The handle, letter by letter.
    pub key: String,
    pub line: i32,
    /// Empty when a later part of the file may leave it out.
    pub title: String,
    pub body: Option<String>,
    pub vendor: Option<String>,
    pub product_type: Option<String>,
    pub tags: Option<Vec<String>>,
    pub status: Option<ProductStatus>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Names of the options; none when the product has one variant without a choice; `None` when the file knows of no options.
    pub options: Option<Vec<String>>,
    pub variants: Vec<ParsedVariant>,
    pub images: Vec<ParsedImage>,
    /// Whether the file says how many units there are: without, what is new is not counted.
    pub counts: bool,
    /// Categories, each the steps that lead to it, where a column of the file was said to name them.
    pub categories: Vec<Vec<String>>,
    /// Texts for the metadata by their names.
    pub metadata: Vec<(String, String)>,
    /// The choices that are there stay as they are, whatever the file says of them.
    pub keeps_options: bool,
    /// What was taken otherwise than the file says.
    pub notes: Vec<RowError>,
}

/// A variant of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedVariant {
    pub line: i32,
    pub values: Vec<String>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    /// `None` where the file says nothing: a variant that is there keeps its price.
    pub price_minor: Option<i64>,
    pub compare_at_minor: Option<Option<i64>>,
    pub cost_minor: Option<i64>,
    pub content: Option<Content>,
    pub weight_grams: Option<i32>,
    pub taxable: Option<bool>,
    pub requires_shipping: Option<bool>,
    pub track_inventory: Option<bool>,
    pub on_hand: Option<i32>,
    /// The address of its own picture.
    pub image: Option<String>,
}

/// A picture of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedImage {
    pub url: String,
    pub alt: String,
    pub position: i32,
}

/// Reads the rows of one product.
///
/// # Errors
/// Everything that is wrong with any of its rows.
pub(crate) fn parse(header: &Header, evidence: Evidence, group: &RowGroup, currency: Currency) -> Result<ParsedProduct, Vec<RowError>> {
    if let Some(fault) = &group.fault {
        return Err(vec![fault.clone()]);
    }
    let Some(first) = group.rows.first() else { return Err(Vec::new()) };
    let mut reading = Reading::new(header, currency, evidence, &group.key);
    let options = header.has_options().then(|| reading.options(first));
    let no_options = Vec::new();
    let names = options.as_ref().unwrap_or(&no_options);
    let rows = group.rows.iter().enumerate();
    let variant_rows = rows
        .filter(|(index, row)| *index == 0 || reading.is_variant(row))
        .map(|(_, row)| row);
    let variant_rows: Vec<&Row> = variant_rows.collect();
    let variants = variant_rows.into_iter().map(|row| reading.variant(row, names)).collect();
    let mut product = ParsedProduct {
        key: group.key.clone(),
        line: first.line,
        title: reading.text(first, Column::Title, MAX_TITLE_LENGTH).unwrap_or_default(),
        body: reading.body(first),
        vendor: reading.text(first, Column::Vendor, MAX_LABEL),
        product_type: reading.text(first, Column::Type, MAX_LABEL),
        tags: reading.tags(first),
        status: reading.status(first),
        seo_title: reading.text(first, Column::SeoTitle, MAX_TITLE_LENGTH),
        seo_description: reading.text(first, Column::SeoDescription, MAX_SEO_DESCRIPTION),
        variants: reading.distinct(variants, options.is_some()),
        images: reading.images(&group.rows),
        options,
        counts: header.counts(),
        categories: reading.categories(&group.rows),
        metadata: reading.metadata(&group.rows),
        keeps_options: false,
        notes: Vec::new(),
    };
    let (errors, notes) = reading.finish();
    product.notes = notes;
    if errors.is_empty() { Ok(product) } else { Err(errors) }
}

impl Reading<'_> {
    /// A row with neither a choice nor a price brings only another picture.
    fn is_variant(&self, row: &Row) -> bool {
        [Column::OptionValue(0), Column::Price, Column::Sku]
            .iter()
            .any(|column| !self.cell(row, *column).is_empty())
    }

    /// The names of the options. "Title" with "Default Title" is how exports write that there is no choice.
    fn options(&mut self, first: &Row) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for option in 0..3 {
            let (name_column, value_column) = (Column::OptionName(option), Column::OptionValue(option));
            let value = self.cell(first, value_column);
            let (unnamed, unchosen) = (
                self.cell(first, name_column).is_empty(),
                value.is_empty() || value.eq_ignore_ascii_case("Default Title"),
            );
            if unnamed && unchosen {
                break;
            }
            let mut name = self.text(first, name_column, MAX_LABEL).unwrap_or_default();
            if name.is_empty() {
                name = format!("Option {}", option + 1);
                self.note(
                    first,
                    name_column,
                    ("option_unnamed", format!("a choice without a name is called {}", quoted(&name))),
                );
            }
            if names.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
                name = format!("{name} {}", option + 1);
                self.note(
                    first,
                    name_column,
                    (
                        "option_repeated",
                        format!("two choices of one name: this one is called {}", quoted(&name)),
                    ),
                );
            }
            names.push(name);
        }
        let value = self.cell(first, Column::OptionValue(0));
        let no_choice = names.len() == 1 && (value.eq_ignore_ascii_case("Default Title") || (value.is_empty() && names[0] == "Title"));
        if no_choice { Vec::new() } else { names }
    }

    /// Text with markup. What pages cannot show of it is taken out when it is saved; pictures in it are told here.
    fn body(&mut self, first: &Row) -> Option<String> {
        if !self.header.has(Column::Body) {
            return None;
        }
        let (text, tidied) = tidied_lines(self.cell(first, Column::Body));
        if tidied {
            self.note(first, Column::Body, ("tidied", "control characters were taken out".to_owned()));
        }
        let pictures = text.to_ascii_lowercase().matches("<img").count();
        if pictures > 0 {
            let detail = format!("{pictures} pictures inside the description were left out");
            self.note(first, Column::Body, ("pictures_left_out", detail));
        }
        let cut: String = text.chars().take(MAX_DESCRIPTION_LENGTH).collect();
        if cut.len() < text.len() {
            self.note(first, Column::Body, ("cut", format!("cut to {MAX_DESCRIPTION_LENGTH} characters")));
        }
        Some(cut)
    }

    fn tags(&mut self, first: &Row) -> Option<Vec<String>> {
        if !self.header.has(Column::Tags) {
            return None;
        }
        let mut tags: Vec<String> = Vec::new();
        for word in values::words(self.cell(first, Column::Tags)) {
            let (tag, note) = values::tidied(&word, MAX_LABEL);
            if let Some(note) = note {
                self.note(first, Column::Tags, note);
            }
            if !tag.is_empty() {
                tags.push(tag);
            }
        }
        if tags.len() > MAX_TAGS {
            let detail = format!("{} tags beyond {MAX_TAGS} were left out", tags.len() - MAX_TAGS);
            self.note(first, Column::Tags, ("tags_left_out", detail));
            tags.truncate(MAX_TAGS);
        }
        Some(tags)
    }

    fn status(&mut self, first: &Row) -> Option<ProductStatus> {
        let published = self.flag(first, Column::Published);
        let text = self.cell(first, Column::Status).to_owned();
        let status = match text.to_ascii_lowercase().as_str() {
            "" => None,
            "unlisted" => Some(ProductStatus::Draft),
            known => match known.parse() {
                Ok(status) => Some(status),
                Err(_) => {
                    self.note(
                        first,
                        Column::Status,
                        ("unknown_status", format!("{} is no status here: kept as a draft", quoted(&text))),
                    );
                    Some(ProductStatus::Draft)
                }
            },
        };
        if self.flag(first, Column::GiftCard) == Some(true) {
            self.note(
                first,
                Column::GiftCard,
                ("gift_card", "gift cards cannot be sold yet: kept as a draft".to_owned()),
            );
            return Some(ProductStatus::Draft);
        }
        match (status, published) {
            (None | Some(ProductStatus::Active), Some(false)) => Some(ProductStatus::Draft),
            (Some(status), _) => Some(status),
            (None, Some(true)) => Some(ProductStatus::Active),
            (None, None) => None,
        }
    }

    fn variant(&mut self, row: &Row, options: &[String]) -> ParsedVariant {
        let price = self.price(row, Column::Price);
        let compare_at = self.price(row, Column::CompareAt).filter(|amount| *amount > 0);
        // Exports repeat the price there; a shop that struck out what it asks for would look foolish.
        let lower = compare_at.filter(|amount| price.is_some_and(|price| *amount <= price));
        if lower.is_some_and(|amount| Some(amount) != price) {
            self.note(
                row,
                Column::CompareAt,
                ("compare_at_left_out", "not above the price: left out".to_owned()),
            );
        }
        let compare_at = compare_at.filter(|_| lower.is_none());
        let on_hand = self.units(row);
        let track = self.tracked(row, on_hand.is_some());
        let has_compare_at = self.header.has(Column::CompareAt);
        ParsedVariant {
            line: row.line,
            values: (0..options.len()).map(|option| self.choice(row, option)).collect(),
            sku: self.code(row, Column::Sku),
            barcode: self.code(row, Column::Barcode),
            price_minor: price,
            compare_at_minor: has_compare_at.then_some(compare_at),
            cost_minor: self.cost(row),
            content: self.content(row),
            weight_grams: self.grams(row),
            taxable: self.flag(row, Column::Taxable),
            requires_shipping: self.flag(row, Column::RequiresShipping),
            track_inventory: track,
            // What stands beside "nobody counts this" means nothing.
            on_hand: on_hand.filter(|_| track != Some(false)),
            image: self.picture(row, Column::VariantImage),
        }
    }

    fn choice(&mut self, row: &Row, option: usize) -> String {
        let column = Column::OptionValue(option);
        let value = self.text(row, column, MAX_OPTION_VALUE).unwrap_or_default();
        if value.is_empty() {
            self.note(
                row,
                column,
                (
                    "option_value_missing",
                    format!("the row leaves this choice out: taken as {}", quoted(NO_CHOICE)),
                ),
            );
            return NO_CHOICE.to_owned();
        }
        value
    }

    /// Stock counts when the file says who counts it, or in a file without that column how much there is; unless selling goes on without
    /// stock. `None` when the file has no quantities: nobody can count from nothing.
    fn tracked(&mut self, row: &Row, counted: bool) -> Option<bool> {
        if !self.header.counts() {
            return None;
        }
        let policy = self.cell(row, Column::Policy).to_ascii_lowercase();
        let goes_on = matches!(policy.as_str(), "continue" | "true" | "yes");
        let counts = if self.header.has(Column::Tracker) {
            !self.cell(row, Column::Tracker).is_empty()
        } else {
            counted
        };
        if counts && goes_on {
            let detail = "sold on without stock, so it is not counted".to_owned();
            self.note(row, Column::Policy, ("not_counted", detail));
        }
        Some(counts && !goes_on)
    }

    /// One spelling for each value, and each combination once.
    fn distinct(&mut self, mut variants: Vec<ParsedVariant>, choices: bool) -> Vec<ParsedVariant> {
        if !choices {
            return variants;
        }
        let mut spellings: Vec<std::collections::HashMap<String, String>> = Vec::new();
        for variant in &mut variants {
            spellings.resize_with(spellings.len().max(variant.values.len()), Default::default);
            for (value, known) in variant.values.iter_mut().zip(&mut spellings) {
                *value = known.entry(value.to_lowercase()).or_insert_with(|| value.clone()).clone();
            }
        }
        let mut seen = std::collections::HashSet::new();
        let mut kept = Vec::with_capacity(variants.len());
        for variant in variants {
            if seen.insert(variant.values.clone()) {
                kept.push(variant);
                continue;
            }
            let detail = "an earlier row has the same choices: this one was left out".to_owned();
            let value = variant.values.join(" / ");
            self.note_at(variant.line, Column::OptionValue(0), ("variant_repeated", detail), &value);
        }
        kept
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
