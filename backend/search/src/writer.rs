//! Writing an index.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};
use uuid::Uuid;

use crate::hasty::Hasty;
use crate::language::Language;
use crate::schema::{Fields, OPTIONS, SEPARATOR, Stamp, TextField};
use crate::words::{PART, STEM, parts, words};
use crate::{ProductDocument, SearchError};

/// What a writer may keep in memory before it writes a segment.
const MEMORY: usize = 18 << 20;
/// Bytes that are packed together of what lists show: for one product all of its block is unpacked.
const BLOCK: usize = 4 << 10;
/// Segments of more products are not put together with others: an edit never waits for the whole catalogue.
const LARGE: usize = 20_000;
/// Segments of one size before they are put together.
const SEGMENTS: usize = 6;

/// Changes to an index, nothing of which is seen before the commit.
pub struct Writer {
    fields: Fields,
    language: Language,
    writer: IndexWriter,
}

impl Writer {
    /// An empty index in place of whatever is in a folder.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn anew(folder: &Path, locale: &str) -> Result<Self, SearchError> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        let fields = Fields::new();
        let settings = IndexSettings {
            docstore_blocksize: BLOCK,
            // An edit is one product: a thread for it takes longer than packing it.
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let index = Index::create(Hasty::open(folder)?, fields.schema.clone(), settings)?;
        Self::of(index, fields, locale)
    }

    /// Changes to the index of a folder.
    ///
    /// # Errors
    /// When there is none.
    pub fn changing(folder: &Path, locale: &str) -> Result<Self, SearchError> {
        let (index, fields) = open(folder)?;
        Self::of(index, fields, locale)
    }

    fn of(index: Index, fields: Fields, locale: &str) -> Result<Self, SearchError> {
        let writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
        let mut policy = LogMergePolicy::default();
        policy.set_max_docs_before_merge(LARGE);
        policy.set_min_num_segments(SEGMENTS);
        policy.set_min_layer_size(1_000);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self {
            language: Language::of(locale)?,
            fields,
            writer,
        })
    }

    /// Puts a product in, in place of what was there of it.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn put(&mut self, product: &ProductDocument) -> Result<(), SearchError> {
        self.remove(product.id);
        self.add(product)
    }

    /// Puts a product in that is not there.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn add(&mut self, product: &ProductDocument) -> Result<(), SearchError> {
        let document = self.document(product);
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Takes a product out.
    pub fn remove(&mut self, id: Uuid) {
        self.writer.delete_term(self.fields.id_term(id));
    }

    /// Writes all of it, and waits until small segments are put together.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn commit(mut self, stamp: &Stamp) -> Result<(), SearchError> {
        let payload = serde_json::to_string(stamp).map_err(|error| SearchError::Foreign(error.to_string()))?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.writer.wait_merging_threads()?;
        Ok(())
    }

    fn document(&self, product: &ProductDocument) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        document.add_bytes(fields.id, product.id.as_bytes());
        document.add_i64(fields.created, product.created);
        document.add_i64(fields.price, product.price);
        document.add_bytes(fields.title_key, &self.language.key(&product.title));
        for category in &product.categories {
            document.add_bytes(fields.category, category.as_bytes());
        }
        document.add_bytes(fields.shown, &product.shown);
        let mut about: Vec<&str> = vec![&product.vendor, &product.product_type];
        about.extend(product.tags.iter().map(String::as_str));
        for variant in &product.variants {
            document.add_i64(fields.variant_price, variant.price);
            document.add_u64(fields.variant_available, u64::from(variant.available));
            for place in 0..OPTIONS {
                let option = match (product.option_names.get(place), variant.values.get(place)) {
                    (Some(name), Some(value)) => format!("{name}{SEPARATOR}{value}"),
                    _ => SEPARATOR.to_string(),
                };
                document.add_text(fields.option, option);
            }
            about.extend([variant.sku.as_str(), variant.barcode.as_str()]);
            about.extend(variant.values.iter().map(String::as_str));
        }
        self.text(&mut document, fields.title, &[&product.title], true);
        self.text(&mut document, fields.about, &about, true);
        self.text(&mut document, fields.description, &[&product.description], false);
        document
    }

    fn text(&self, document: &mut TantivyDocument, field: TextField, texts: &[&str], inside: bool) {
        let (mut plain, mut forms) = (BTreeSet::new(), BTreeSet::new());
        for word in texts.iter().flat_map(|text| words(text, &self.language)) {
            if inside {
                forms.extend(parts(&word.folded, &self.language).into_iter().map(|part| format!("{PART}{part}")));
            }
            forms.insert(format!("{STEM}{}", word.stem));
            plain.insert(word.folded);
        }
        document.add_text(field.words, plain.into_iter().collect::<Vec<_>>().join(" "));
        document.add_text(field.forms, forms.into_iter().collect::<Vec<_>>().join(" "));
    }
}

/// The index of a folder, if it has the fields of this version.
pub(crate) fn open(folder: &Path) -> Result<(Index, Fields), SearchError> {
    let index = Index::open(Hasty::open(folder)?)?;
    let fields = Fields::new();
    if index.schema() != fields.schema {
        return Err(SearchError::Foreign("it has other fields".to_owned()));
    }
    Ok((index, fields))
}
