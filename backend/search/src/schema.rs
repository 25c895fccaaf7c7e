//! The fields of an index, and what it says of itself.

use serde::{Deserialize, Serialize};
use tantivy::Term;
use tantivy::schema::{BytesOptions, FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use uuid::Uuid;

use crate::SearchError;

/// Moves with every change of the fields or of what is written into them; an index of another number is made anew.
pub(crate) const FORMAT: u32 = 2;

pub(crate) const ID: &str = "id";
pub(crate) const CREATED: &str = "created";
pub(crate) const PRICE: &str = "price";
pub(crate) const TITLE_KEY: &str = "title_key";
pub(crate) const CATEGORY: &str = "category";
pub(crate) const VARIANT_PRICE: &str = "variant_price";
pub(crate) const VARIANT_AVAILABLE: &str = "variant_available";
pub(crate) const OPTION: &str = "option";

/// Between the name of an option and its value.
pub(crate) const SEPARATOR: char = '\u{1f}';
/// Options of a variant, those that it has not included.
pub(crate) const OPTIONS: usize = 3;

/// A text that is searched: its words, and beside them their stems and parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextField {
    pub words: Field,
    pub forms: Field,
}

/// All fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub schema: Schema,
    pub id: Field,
    pub created: Field,
    pub price: Field,
    pub title_key: Field,
    pub category: Field,
    pub variant_price: Field,
    pub variant_available: Field,
    pub option: Field,
    /// The only one that is kept as it was given.
    pub shown: Field,
    pub title: TextField,
    /// Vendor, type, tags, values of options, SKU, bar code.
    pub about: TextField,
    pub description: TextField,
}

impl Fields {
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        // The words come cut already, with a space between them.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let text = TextOptions::default().set_indexing_options(indexing);
        let mut text_field = |name: &str| TextField {
            words: schema.add_text_field(name, text.clone()),
            forms: schema.add_text_field(&format!("{name}_forms"), text.clone()),
        };
        let (title, about, description) = (text_field("title"), text_field("about"), text_field("description"));
        let bytes = BytesOptions::default().set_fast();
        let option = TextOptions::default().set_fast(None);
        Self {
            title,
            about,
            description,
            id: schema.add_bytes_field(ID, bytes.clone() | INDEXED),
            created: schema.add_i64_field(CREATED, FAST),
            price: schema.add_i64_field(PRICE, FAST),
            title_key: schema.add_bytes_field(TITLE_KEY, bytes.clone()),
            category: schema.add_bytes_field(CATEGORY, bytes),
            variant_price: schema.add_i64_field(VARIANT_PRICE, FAST),
            variant_available: schema.add_u64_field(VARIANT_AVAILABLE, FAST),
            option: schema.add_text_field(OPTION, option),
            shown: schema.add_bytes_field("shown", STORED),
            schema: schema.build(),
        }
    }

    pub fn texts(&self) -> [TextField; 3] {
        [self.title, self.about, self.description]
    }

    pub fn id_term(&self, id: Uuid) -> Term {
        Term::from_field_bytes(self.id, id.as_bytes())
    }
}

/// What an index holds, written with every commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The catalogue version of the store.
    pub version: i64,
    /// The transactions of the database that it has seen, as PostgreSQL writes a snapshot.
    pub seen: String,
    /// When that was by the database's clock, in seconds since 1970.
    pub at: i64,
    /// The database; another one knows other transactions.
    pub database: String,
    /// The language of its words and of its order.
    pub locale: String,
}

impl Stamp {
    pub(crate) fn read(payload: Option<&str>) -> Result<Self, SearchError> {
        let payload = payload.ok_or_else(|| SearchError::Foreign("it says nothing of itself".to_owned()))?;
        serde_json::from_str(payload).map_err(|error| SearchError::Foreign(error.to_string()))
    }
}
