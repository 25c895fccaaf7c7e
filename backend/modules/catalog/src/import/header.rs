//! The columns of a product file, found by their names: those of Shopify's export, old and new.

use csv::StringRecord;
use orion_framework::export::as_written;

use super::mapping::{Mapping, Target, note_word, word};
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
    Cost,
    Content,
    ContentUnit,
    RequiresShipping,
    Taxable,
    Barcode,
    ImageSrc,
    ImagePosition,
    ImageAlt,
    VariantImage,
    SeoTitle,
    SeoDescription,
    GiftCard,
    /// Only where somebody has said so: no system means by it what a store does.
    Category,
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
    (Column::Cost, &["Cost per item"]),
    (Column::Content, &["Unit Price Total Measure"]),
    (Column::ContentUnit, &["Unit Price Total Measure Unit"]),
    (Column::RequiresShipping, &["Variant Requires Shipping", "requires shipping"]),
    (Column::Taxable, &["Variant Taxable", "charge tax"]),
    (Column::Barcode, &["Variant Barcode", "barcode"]),
    (Column::ImageSrc, &["Image Src", "product image url"]),
    (Column::ImagePosition, &["Image Position"]),
    (Column::ImageAlt, &["Image Alt Text"]),
    (Column::VariantImage, &["Variant Image", "variant image url"]),
    (Column::SeoTitle, &["SEO Title"]),
    (Column::SeoDescription, &["SEO Description"]),
    (Column::GiftCard, &["Gift Card"]),
    (Column::Category, &[]),
];

/// Columns that say nothing which is not said elsewhere, in lower case.
const SILENT: [&str; 3] = ["option1 linked to", "weight unit for display", "refused because"];

/// The column in which a file of refused rows says why; who sends it again need not take it out.
pub(crate) const REASON: &str = "Refused because";

/// Where the columns are.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    found: Vec<(Column, usize, String)>,
    /// Columns that go into the metadata: name, place and heading.
    pub notes: Vec<(String, usize, String)>,
    /// All headings by their places, in a file in columns of our own.
    pub headings: Vec<String>,
    /// A cell of categories may hold several: the file is of a system that lists them.
    pub lists: bool,
    /// Columns that nobody reads, with their places.
    pub ignored: Vec<(usize, String)>,
}

impl Header {
    /// Reads the first row.
    ///
    /// # Errors
    /// One sentence that says what is missing: a product is told by its handle or by its title.
    pub fn read(record: &StringRecord, mapping: &Mapping) -> Result<Self, FileError> {
        // A byte order mark may stand behind an empty line, where nobody takes it off.
        let names: Vec<&str> = record.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
        let told = told(&names, mapping);
        let replaced = |index: usize| told.iter().any(|(place, target)| *place == index && target.replaces());
        let chosen = |column: Column| told.iter().any(|(_, target)| target.column() == Some(column));
        let place = |known: &[&str]| {
            let fits = |(index, name): (usize, &&str)| !replaced(index) && known.iter().any(|known| name.eq_ignore_ascii_case(known));
            names.iter().enumerate().position(fits)
        };
        let known = NAMES.iter().filter(|(column, _)| !chosen(*column));
        let mut found: Vec<(Column, usize, String)> = known
            .filter_map(|(column, known)| place(known).map(|index| (*column, index, named(names[index]))))
            .collect();
        let fields = told
            .iter()
            .filter_map(|(index, target)| Some((target.column()?, *index, named(names[*index]))));
        found.extend(fields);
        let notes: Vec<(String, usize, String)> = told
            .iter()
            .filter_map(|(index, target)| match target {
                Target::Note(name) => Some((name.clone(), *index, named(names[*index]))),
                _ => None,
            })
            .collect();
        let has = |column| found.iter().any(|(there, _, _)| *there == column);
        if !has(Column::Handle) && !has(Column::Title) {
            return Err(FileError(
                "This is not a product file: there is neither a column “Handle” nor a column “Title”.".to_owned(),
            ));
        }
        let read = |index: usize| found.iter().any(|(_, place, _)| *place == index) || notes.iter().any(|(_, place, _)| *place == index);
        let silent = |name: &str| name.is_empty() || SILENT.iter().any(|silent| name.eq_ignore_ascii_case(silent));
        let ignored = names.iter().enumerate().filter(|(index, name)| !read(*index) && !silent(name));
        let ignored = ignored.map(|(index, name)| (index, named(name))).collect();
        let headings = names.iter().map(|name| named(name)).collect();
        Ok(Self {
            found,
            notes,
            headings,
            lists: false,
            ignored,
        })
    }

    /// What tells products apart.
    pub fn key(&self) -> Column {
        if self.has(Column::Handle) { Column::Handle } else { Column::Title }
    }

    /// Whether the file says how many units there are. A shop of several places exports no such column.
    pub fn counts(&self) -> bool {
        self.has(Column::Quantity)
    }

    /// Whether the file says what buyers choose from; without, it changes variants and makes none.
    pub fn has_options(&self) -> bool {
        self.has(Column::OptionValue(0)) && self.has(Column::OptionName(0))
    }

    /// The header of a file that was translated: its columns by what the file calls them, and behind them those that nobody reads.
    pub fn of(columns: Vec<(Column, String)>, notes: Vec<(String, String)>, ignored: Vec<String>) -> Self {
        let first = columns.len();
        let behind = first + notes.len();
        let place = |(index, (column, name)): (usize, (Column, String))| (column, index, named(&name));
        let found = columns.into_iter().enumerate().map(place).collect();
        let ignored = ignored
            .into_iter()
            .enumerate()
            .map(|(index, name)| (behind + index, named(&name)))
            .collect();
        let notes = notes.into_iter().enumerate();
        Self {
            found,
            notes: notes
                .map(|(index, (name, heading))| (name, first + index, named(&heading)))
                .collect(),
            headings: Vec::new(),
            lists: true,
            ignored,
        }
    }

    /// What the column at a place was taken for.
    pub fn taken_for(&self, place: usize) -> Vec<String> {
        let fields = self.found.iter().filter(|(_, index, _)| *index == place);
        let notes = self.notes.iter().filter(|(_, index, _)| *index == place);
        let words = fields.map(|(column, _, _)| word(*column).to_owned());
        words.chain(notes.map(|(name, _, _)| note_word(name))).collect()
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

    /// The columns as we call them, and behind them those that nobody reads as the file does.
    pub fn titles(&self) -> Vec<String> {
        let known = self.found.iter().map(|(column, _, heading)| match column {
            // Nobody knows it by a name of ours: what is said of the heading is said again.
            Column::Category => heading.clone(),
            column => usual_name(*column).to_owned(),
        });
        let notes = self.notes.iter().map(|(_, _, heading)| heading.clone());
        known
            .chain(notes)
            .chain(self.ignored.iter().map(|(_, name)| name.clone()))
            .collect()
    }

    /// The cells of a row in the order of [`Header::titles`].
    pub fn cells(&self, record: &StringRecord) -> Vec<String> {
        let known = self.found.iter().map(|(column, _, _)| self.get(record, *column).to_owned());
        let ignored = self
            .ignored
            .iter()
            .map(|(place, _)| record.get(*place).unwrap_or_default().to_owned());
        let notes = self
            .notes
            .iter()
            .map(|(_, place, _)| record.get(*place).unwrap_or_default().to_owned());
        known.chain(notes).chain(ignored).collect()
    }

    /// The cell below a heading, as the file calls it; empty where there is none.
    pub fn below<'r>(&self, record: &'r StringRecord, heading: &str) -> &'r str {
        let column = self.found.iter().find(|(_, _, name)| name == heading);
        column.map_or("", |(column, _, _)| self.get(record, *column))
    }

    /// What the file calls the column.
    pub fn name(&self, column: Column) -> &str {
        let found = self.found.iter().find(|(there, _, _)| *there == column);
        found.map_or_else(|| usual_name(column), |(_, _, name)| name)
    }
}

/// Where the columns are that somebody has said something of; of two with one heading the first is meant.
fn told<'m>(names: &[&str], mapping: &'m Mapping) -> Vec<(usize, &'m Target)> {
    let first = |(index, name): (usize, &&str)| names.iter().position(|other| other == name) == Some(index);
    let meant = names.iter().enumerate().filter(|(index, name)| first((*index, name)));
    meant.filter_map(|(index, name)| Some((index, mapping.of(name)?))).collect()
}

/// A heading as it can be kept.
fn named(heading: &str) -> String {
    heading.replace('\0', "")
}

fn usual_name(column: Column) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == column).map_or("", |(_, names)| names[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Result<Header, FileError> {
        Header::read(&StringRecord::from(names.to_vec()), &Mapping::default())
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
    fn a_file_that_names_no_products_is_told_in_a_sentence() {
        assert!(
            header(&["name", "cost"])
                .unwrap_err()
                .0
                .contains("neither a column “Handle” nor a column “Title”")
        );
        assert_eq!(header(&["Title"]).unwrap().key(), Column::Title);
        assert_eq!(header(&["\u{feff}Handle", "Title"]).unwrap().key(), Column::Handle);
    }

    #[test]
    fn columns_that_nobody_reads_are_known_by_name() {
        let header = header(&["Handle", "Google Shopping / Gender", "", "Google Shopping / MPN"]).unwrap();
        let ignored: Vec<&str> = header.ignored.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(ignored, ["Google Shopping / Gender", "Google Shopping / MPN"]);
    }
}
