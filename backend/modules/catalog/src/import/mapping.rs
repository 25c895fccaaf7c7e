//! What the merchant has said that columns are, where that is not what they were taken for.

use std::collections::{BTreeMap, HashSet};

use orion_framework::marks::{MAX_NOTE_NAME, MAX_NOTES};
use orion_framework::problem::{INVALID, ProblemDraft};

use super::header::Column;

/// Most columns that may be spoken of.
const MAX_COLUMNS: usize = 300;
/// Longest heading, in bytes; longer ones are told to nobody.
pub(crate) const MAX_HEADING: usize = 500;
/// Begins what goes into the metadata.
const NOTE: &str = "metadata.";
/// The words for fields of products and variants.
const FIELDS: &[(&str, Column)] = &[
    ("handle", Column::Handle),
    ("title", Column::Title),
    ("description", Column::Body),
    ("vendor", Column::Vendor),
    ("type", Column::Type),
    ("category", Column::Category),
    ("tags", Column::Tags),
    ("published", Column::Published),
    ("status", Column::Status),
    ("option1_name", Column::OptionName(0)),
    ("option1_value", Column::OptionValue(0)),
    ("option2_name", Column::OptionName(1)),
    ("option2_value", Column::OptionValue(1)),
    ("option3_name", Column::OptionName(2)),
    ("option3_value", Column::OptionValue(2)),
    ("sku", Column::Sku),
    ("barcode", Column::Barcode),
    ("price", Column::Price),
    ("compare_at", Column::CompareAt),
    ("cost", Column::Cost),
    ("content", Column::Content),
    ("content_unit", Column::ContentUnit),
    ("quantity", Column::Quantity),
    ("inventory_tracker", Column::Tracker),
    ("inventory_policy", Column::Policy),
    ("weight_grams", Column::Grams),
    ("requires_shipping", Column::RequiresShipping),
    ("taxable", Column::Taxable),
    ("image", Column::ImageSrc),
    ("image_position", Column::ImagePosition),
    ("image_alt", Column::ImageAlt),
    ("variant_image", Column::VariantImage),
    ("seo_title", Column::SeoTitle),
    ("seo_description", Column::SeoDescription),
    ("gift_card", Column::GiftCard),
];

/// What a column is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Target {
    /// A field, and nothing else.
    Field(Column),
    /// What it was taken for, and the categories as well.
    AlsoCategory,
    /// Text of this name in the metadata.
    Note(String),
    /// Nothing that is kept.
    Nothing,
}

impl Target {
    fn read(word: &str) -> Option<Self> {
        if let Some(name) = word.strip_prefix(NOTE) {
            let fits = !name.contains('\0') && !name.trim().is_empty() && name.chars().count() <= MAX_NOTE_NAME;
            return fits.then(|| Self::Note(name.to_owned()));
        }
        match word {
            "ignore" => Some(Self::Nothing),
            "also_category" => Some(Self::AlsoCategory),
            word => FIELDS
                .iter()
                .find(|(known, _)| *known == word)
                .map(|(_, column)| Self::Field(*column)),
        }
    }

    /// The column of ours that it fills.
    pub fn column(&self) -> Option<Column> {
        match self {
            Self::Field(column) => Some(*column),
            Self::AlsoCategory => Some(Column::Category),
            Self::Note(_) | Self::Nothing => None,
        }
    }

    /// Whether it stands in the place of what the column was taken for.
    pub fn replaces(&self) -> bool {
        *self != Self::AlsoCategory
    }
}

/// Headings and what their columns are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Mapping(BTreeMap<String, Target>);

impl Mapping {
    /// Reads what was chosen.
    ///
    /// # Errors
    /// 422 that names each column which is to become nothing that there is, or what another one is to become as well.
    pub fn read(chosen: &BTreeMap<String, String>) -> Result<Self, ProblemDraft> {
        let mut wrong = ProblemDraft::new(&INVALID);
        if chosen.len() > MAX_COLUMNS {
            return Err(wrong.field("/columns", "too_long", format!("at most {MAX_COLUMNS} columns are spoken of")));
        }
        let (mut targets, mut words) = (BTreeMap::new(), HashSet::new());
        for (heading, word) in chosen {
            let place = format!("/columns/{}", heading.replace('~', "~0").replace('/', "~1"));
            if heading.contains('\0') || heading.len() > MAX_HEADING {
                wrong = wrong.field(place, "invalid", "is no heading of a file");
                continue;
            }
            match Target::read(word) {
                None => wrong = wrong.field(place, "unknown_value", format!("{word:?} is nothing that a column can be")),
                Some(target) => {
                    let once = matches!(target, Target::Nothing)
                        || words.insert(target.column().map_or_else(|| word.clone(), |column| self::word(column).to_owned()));
                    if !once {
                        wrong = wrong.field(place, "duplicate", "another column is to be the same");
                    }
                    targets.insert(heading.trim().to_owned(), target);
                }
            }
        }
        if targets.values().filter(|target| matches!(target, Target::Note(_))).count() > MAX_NOTES {
            let told = format!("at most {MAX_NOTES} columns go into the metadata");
            wrong = wrong.field("/columns", "too_long", told);
        }
        if wrong.errors.is_empty() { Ok(Self(targets)) } else { Err(wrong) }
    }

    pub fn of(&self, heading: &str) -> Option<&Target> {
        self.0.get(heading)
    }
}

/// What a field is called.
pub(crate) fn word(column: Column) -> &'static str {
    FIELDS.iter().find(|(_, known)| *known == column).map_or("", |(word, _)| *word)
}

/// What a column is taken for, as the words that it could be chosen by.
pub(crate) fn note_word(name: &str) -> String {
    format!("{NOTE}{name}")
}

#[cfg(test)]
mod tests {
    use orion_types::import::IMPORT_FIELDS;

    use super::*;

    #[test]
    fn pages_offer_every_field_there_is() {
        let offered: Vec<&str> = IMPORT_FIELDS.iter().map(|(word, _)| *word).collect();
        let known: Vec<&str> = FIELDS.iter().map(|(word, _)| *word).collect();
        assert_eq!(offered, known);
    }

    #[test]
    fn a_column_that_cannot_be_what_is_wanted_is_named() {
        let chosen = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let told = Mapping::read(&chosen(&[
            ("A", "price"),
            ("B", "price"),
            ("C/D", "colour"),
            ("E", "metadata."),
            ("F\0", "sku"),
        ]))
        .unwrap_err();
        let places: Vec<(&str, &str)> = told
            .errors
            .iter()
            .map(|error| (error.pointer.as_str(), error.code.as_str()))
            .collect();
        let expected = [
            ("/columns/B", "duplicate"),
            ("/columns/C~1D", "unknown_value"),
            ("/columns/E", "unknown_value"),
            ("/columns/F\0", "invalid"),
        ];
        assert_eq!(places, expected);
        let fine = Mapping::read(&chosen(&[("A", "ignore"), ("B", "ignore"), ("C", "metadata.x")])).unwrap();
        assert_eq!(fine.of("C"), Some(&Target::Note("x".to_owned())));
    }
}
