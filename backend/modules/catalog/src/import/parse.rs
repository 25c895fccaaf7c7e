//! From rows to a product: what the file says, not yet what the store makes of it.

use orion_types::status::ProductStatus;
use orion_types::{Currency, validation::MAX_PRICE_MINOR};

use super::header::{Column, Header};
use super::reader::{Row, RowGroup};
use super::report::RowError;
use super::values::{self, CellError, quoted};
use crate::picture::MAX_URL;
use crate::service::draft::MAX_ON_HAND;
use crate::service::images::MAX_ALT;

/// A product of the file. `None` where the file has no such column: what is there stays.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedProduct {
    pub slug: String,
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
    /// Names of the options; none when the product has one variant without a choice.
    pub options: Vec<String>,
    pub variants: Vec<ParsedVariant>,
    pub images: Vec<ParsedImage>,
}

/// A variant of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedVariant {
    pub line: i32,
    pub values: Vec<String>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price_minor: i64,
    pub compare_at_minor: Option<Option<i64>>,
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
pub(crate) fn parse(header: &Header, group: &RowGroup, currency: Currency) -> Result<ParsedProduct, Vec<RowError>> {
    if let Some(fault) = &group.fault {
        return Err(vec![fault.clone()]);
    }
    let Some(first) = group.rows.first() else { return Err(Vec::new()) };
    let mut reading = Reading {
        header,
        currency,
        errors: Vec::new(),
    };
    let options = reading.options(first);
    let text = |column| header.has(column).then(|| header.get(&first.fields, column).to_owned());
    let variants = group
        .rows
        .iter()
        .enumerate()
        .filter(|(index, row)| *index == 0 || reading.is_variant(row));
    let variant_rows: Vec<&Row> = variants.map(|(_, row)| row).collect();
    let product = ParsedProduct {
        slug: group.slug.clone(),
        line: first.line,
        title: header.get(&first.fields, Column::Title).to_owned(),
        body: text(Column::Body),
        vendor: text(Column::Vendor),
        product_type: text(Column::Type),
        tags: text(Column::Tags).map(|tags| values::words(&tags)),
        status: reading.status(first),
        seo_title: text(Column::SeoTitle),
        seo_description: text(Column::SeoDescription),
        variants: variant_rows.into_iter().map(|row| reading.variant(row, &options)).collect(),
        images: reading.images(&group.rows),
        options,
    };
    if reading.errors.is_empty() {
        Ok(product)
    } else {
        Err(reading.errors)
    }
}

struct Reading<'h> {
    header: &'h Header,
    currency: Currency,
    errors: Vec<RowError>,
}

impl Reading<'_> {
    fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.header.get(&row.fields, column)
    }

    fn complain(&mut self, row: &Row, column: Column, (code, detail): CellError) {
        self.errors.push(RowError::new(row.line, self.header.name(column), code, detail));
    }

    /// The value of a cell, or nothing and a line in the report.
    fn value<T>(&mut self, row: &Row, column: Column, read: impl FnOnce(&str) -> Result<Option<T>, CellError>) -> Option<T> {
        let read = read(self.cell(row, column));
        read.unwrap_or_else(|error| {
            self.complain(row, column, error);
            None
        })
    }

    /// A row with neither a choice nor a price brings only another picture.
    fn is_variant(&self, row: &Row) -> bool {
        [Column::OptionValue(0), Column::Price, Column::Sku]
            .iter()
            .any(|column| !self.cell(row, *column).is_empty())
    }

    /// The names of the options. "Title" with "Default Title" is how exports write that there is no choice.
    fn options(&self, first: &Row) -> Vec<String> {
        let names = (0..3).map(|option| self.cell(first, Column::OptionName(option)).to_owned());
        let names: Vec<String> = names.take_while(|name| !name.is_empty()).collect();
        let no_choice = names.len() == 1 && self.cell(first, Column::OptionValue(0)).eq_ignore_ascii_case("Default Title");
        if no_choice { Vec::new() } else { names }
    }

    fn status(&mut self, first: &Row) -> Option<ProductStatus> {
        let published = self.value(first, Column::Published, values::flag);
        let status = self.value(first, Column::Status, |text| match text.to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "unlisted" => Ok(Some(ProductStatus::Draft)),
            known => known
                .parse()
                .map(Some)
                .map_err(|_| ("invalid", format!("expected active, draft or archived, found {}", quoted(text)))),
        });
        match (status, published) {
            (None | Some(ProductStatus::Active), Some(false)) => Some(ProductStatus::Draft),
            (Some(status), _) => Some(status),
            (None, Some(true)) => Some(ProductStatus::Active),
            (None, None) => None,
        }
    }

    fn variant(&mut self, row: &Row, options: &[String]) -> ParsedVariant {
        let currency = self.currency;
        let price = self.value(row, Column::Price, |text| match values::price(text, currency)? {
            Some(price) => within(price, 0, MAX_PRICE_MINOR),
            None => Err(("required", "a variant needs a price".to_owned())),
        });
        let compare_at = self.value(row, Column::CompareAt, |text| match values::price(text, currency)? {
            // Exports write 0.00 where there is none.
            None | Some(0) => Ok(None),
            Some(price) => within(price, 0, MAX_PRICE_MINOR),
        });
        let has = |column: Column| self.header.has(column);
        let (has_sku, has_barcode, has_compare_at) = (has(Column::Sku), has(Column::Barcode), has(Column::CompareAt));
        let on_hand = self.value(row, Column::Quantity, |text| match values::whole(text)? {
            Some(units) => within(units, 0, MAX_ON_HAND),
            None => Ok(None),
        });
        ParsedVariant {
            line: row.line,
            values: (0..options.len())
                .map(|option| self.cell(row, Column::OptionValue(option)).to_owned())
                .collect(),
            // Spreadsheets put an apostrophe before what they must not take for a number.
            sku: has_sku.then(|| self.cell(row, Column::Sku).trim_start_matches('\'').to_owned()),
            barcode: has_barcode.then(|| self.cell(row, Column::Barcode).trim_start_matches('\'').to_owned()),
            price_minor: price.unwrap_or(0),
            compare_at_minor: has_compare_at.then_some(compare_at),
            weight_grams: self.value(row, Column::Grams, values::grams),
            taxable: self.value(row, Column::Taxable, values::flag),
            requires_shipping: self.value(row, Column::RequiresShipping, values::flag),
            track_inventory: self.tracked(row, on_hand.is_some()),
            on_hand,
            image: self.value(row, Column::VariantImage, address),
        }
    }

    /// Stock counts when the file names who counts it or how much there is, unless selling goes on without stock.
    fn tracked(&mut self, row: &Row, counted: bool) -> Option<bool> {
        if !self.header.has(Column::Tracker) && !self.header.has(Column::Quantity) {
            return None;
        }
        let policy = self.cell(row, Column::Policy).to_ascii_lowercase();
        let goes_on = matches!(policy.as_str(), "continue" | "true" | "yes");
        Some(!goes_on && (counted || !self.cell(row, Column::Tracker).is_empty()))
    }

    /// All pictures once, in their order; those that only a variant names come last.
    fn images(&mut self, rows: &[Row]) -> Vec<ParsedImage> {
        let mut images: Vec<ParsedImage> = Vec::new();
        let known = |images: &[ParsedImage], url: &str| images.iter().any(|image| image.url == url);
        let next = |images: &[ParsedImage]| images.iter().map(|image| image.position).max().unwrap_or(0) + 1;
        for row in rows {
            let url = self.value(row, Column::ImageSrc, address);
            let position = self.value(row, Column::ImagePosition, values::whole);
            let Some(url) = url.filter(|url| !known(&images, url)) else {
                continue;
            };
            let alt = self
                .cell(row, Column::ImageAlt)
                .chars()
                .filter(|character| !character.is_control())
                .take(MAX_ALT)
                .collect();
            images.push(ParsedImage {
                url,
                alt,
                position: position.unwrap_or_else(|| next(&images)).clamp(0, 100_000),
            });
        }
        for row in rows {
            // One that is wrong was reported with its variant.
            let url = address(self.cell(row, Column::VariantImage)).ok().flatten();
            let Some(url) = url.filter(|url| !known(&images, url)) else {
                continue;
            };
            images.push(ParsedImage {
                url,
                alt: String::new(),
                position: next(&images),
            });
        }
        images
    }
}

/// The address of a picture; `None` for an empty cell.
fn address(text: &str) -> Result<Option<String>, CellError> {
    let starts_with = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let known = starts_with("https://") || starts_with("http://");
    match text {
        "" => Ok(None),
        text if known && text.len() <= MAX_URL && !text.chars().any(char::is_control) => Ok(Some(text.to_owned())),
        text => Err(("invalid_url", format!("expected an http or https address, found {}", quoted(text)))),
    }
}

fn within<T: PartialOrd + std::fmt::Display + Copy>(value: T, min: T, max: T) -> Result<Option<T>, CellError> {
    if value < min || value > max {
        return Err(("out_of_range", format!("must be between {min} and {max}, found {value}")));
    }
    Ok(Some(value))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
