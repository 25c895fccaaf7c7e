//! The columns of a product file, found by their names: those of Shopify's export, old and new.

use csv::StringRecord;
use orion_framework::export::as_written;

use super::report::FileError;

/// A column that means something to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    Type,
    Tags,
    Published,
    Status,
    OptionName(usize),
    OptionValue(usize),
    Sku,
    Grams,
    Tracker,
    Quantity,
    Policy,
    Price,
    CompareAt,
    RequiresShipping,
    Taxable,
    Barcode,
    ImageSrc,
    ImagePosition,
    ImageAlt,
    VariantImage,
    SeoTitle,
    SeoDescription,
}

/// Each column with the names it goes by, in lower case; the first is the one we call it by.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Handle, &["Handle", "url handle"]),
    (Column::Title, &["Title"]),
    (Column::Body, &["Body (HTML)", "description", "body"]),
    (Column::Vendor, &["Vendor"]),
    (Column::Type, &["Type", "custom product type", "product type"]),
    (Column::Tags, &["Tags"]),
    (Column::Published, &["Published", "published on online store"]),
    (Column::Status, &["Status"]),
    (Column::OptionName(0), &["Option1 Name"]),
    (Column::OptionName(1), &["Option2 Name"]),
    (Column::OptionName(2), &["Option3 Name"]),
    (Column::OptionValue(0), &["Option1 Value"]),
    (Column::OptionValue(1), &["Option2 Value"]),
    (Column::OptionValue(2), &["Option3 Value"]),
    (Column::Sku, &["Variant SKU", "sku"]),
    (Column::Grams, &["Variant Grams", "weight value (grams)"]),
    (Column::Tracker, &["Variant Inventory Tracker", "inventory tracker"]),
    (Column::Quantity, &["Variant Inventory Qty", "inventory quantity"]),
    (Column::Policy, &["Variant Inventory Policy", "continue selling when out of stock"]),
    (Column::Price, &["Variant Price", "price"]),
    (Column::CompareAt, &["Variant Compare At Price", "compare-at price"]),
    (Column::RequiresShipping, &["Variant Requires Shipping", "requires shipping"]),
    (Column::Taxable, &["Variant Taxable", "charge tax"]),
    (Column::Barcode, &["Variant Barcode", "barcode"]),
    (Column::ImageSrc, &["Image Src", "product image url"]),
    (Column::ImagePosition, &["Image Position"]),
    (Column::ImageAlt, &["Image Alt Text"]),
    (Column::VariantImage, &["Variant Image", "variant image url"]),
    (Column::SeoTitle, &["SEO Title"]),
    (Column::SeoDescription, &["SEO Description"]),
];

/// Without these a file is no product file.
const REQUIRED: [Column; 3] = [Column::Handle, Column::Title, Column::Price];

/// Where the columns are.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    found: Vec<(Column, usize, String)>,
    pub width: usize,
}

impl Header {
    /// Reads the first row.
    ///
    /// # Errors
    /// One sentence that names all columns that are missing.
    pub fn read(record: &StringRecord) -> Result<Self, FileError> {
        let names: Vec<&str> = record.iter().map(str::trim).collect();
        let place = |known: &[&str]| {
            names
                .iter()
                .position(|name| known.iter().any(|known| name.eq_ignore_ascii_case(known)))
        };
        let found: Vec<(Column, usize, String)> = NAMES
            .iter()
            .filter_map(|(column, known)| place(known).map(|index| (*column, index, names[index].to_owned())))
            .collect();
        let missing: Vec<&str> = REQUIRED
            .iter()
            .filter(|column| !found.iter().any(|(there, _, _)| there == *column))
            .map(|column| usual_name(*column))
            .collect();
        if missing.is_empty() {
            Ok(Self { found, width: names.len() })
        } else {
            Err(complain(&missing))
        }
    }

    /// The header of a file that was translated: its columns by what the file calls them, and behind them those that nobody reads.
    pub fn of(columns: Vec<(Column, String)>, ignored: Vec<String>) -> Self {
        let width = columns.len() + ignored.len();
        let place = |(index, (column, name))| (column, index, name);
        let found = columns.into_iter().enumerate().map(place).collect();
        Self { found, width }
    }

    /// Whether the file has the column.
    pub fn has(&self, column: Column) -> bool {
        self.found.iter().any(|(there, _, _)| *there == column)
    }

    /// The trimmed value, without what an export has put before a formula; empty where the row or the file has none.
    pub fn get<'r>(&self, record: &'r StringRecord, column: Column) -> &'r str {
        let index = self.found.iter().find(|(there, _, _)| *there == column).map(|(_, index, _)| *index);
        as_written(index.and_then(|index| record.get(index)).unwrap_or_default().trim())
    }

    /// What the file calls the column.
    pub fn name(&self, column: Column) -> &str {
        let found = self.found.iter().find(|(there, _, _)| *there == column);
        found.map_or_else(|| usual_name(column), |(_, _, name)| name)
    }
}

fn usual_name(column: Column) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == column).map_or("", |(_, names)| names[0])
}

fn complain(missing: &[&str]) -> FileError {
    let quoted: Vec<String> = missing.iter().map(|name| format!("“{name}”")).collect();
    let (word, list) = match quoted.as_slice() {
        [one] => ("column", one.clone()),
        [most @ .., last] => ("columns", format!("{} and {last}", most.join(", "))),
        [] => ("columns", String::new()),
    };
    FileError(format!(
        "This is not a product file: the {word} {list} {} missing.",
        if missing.len() == 1 { "is" } else { "are" }
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Result<Header, FileError> {
        Header::read(&StringRecord::from(names.to_vec()))
    }

    #[test]
    fn columns_are_found_by_their_old_and_new_names() {
        let header = header(&["Title", " url handle ", "Price", "SKU", "Something else"]).unwrap();
        let row = StringRecord::from(vec!["Mug", "mug", " 9.50 ", "M-1"]);
        assert_eq!(header.get(&row, Column::Handle), "mug");
        assert_eq!(header.get(&row, Column::Price), "9.50");
        assert_eq!(header.name(Column::Sku), "SKU");
        assert_eq!(header.get(&row, Column::Barcode), "");
        assert!(!header.has(Column::Barcode));
        assert_eq!(header.name(Column::Barcode), "Variant Barcode");
    }

    #[test]
    fn a_wrong_header_is_one_sentence_with_all_that_is_missing() {
        let sentence = |names: &[&str]| header(names).unwrap_err().0;
        assert_eq!(
            sentence(&["name", "cost"]),
            "This is not a product file: the columns “Handle”, “Title” and “Variant Price” are missing."
        );
        assert_eq!(
            sentence(&["Handle", "Title"]),
            "This is not a product file: the column “Variant Price” is missing."
        );
    }
}
