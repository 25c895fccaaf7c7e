//! A product as it goes into the index.

use uuid::Uuid;

/// A product on sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductDocument {
    /// Its id.
    pub id: Uuid,
    /// When it was made, in microseconds since 1970.
    pub created: i64,
    /// Its title.
    pub title: String,
    /// Who makes it.
    pub vendor: String,
    /// What kind of thing it is.
    pub product_type: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// What is written about it, without markup.
    pub description: String,
    /// Its lowest price, by which lists are sorted.
    pub price: i64,
    /// The categories that it is in, without those above them.
    pub categories: Vec<Uuid>,
    /// The names of its options; there are never more than three.
    pub option_names: Vec<String>,
    /// What can be bought of it.
    pub variants: Vec<VariantDocument>,
    /// What lists show of it, as whoever makes the document writes it; the index keeps it and does not read it.
    pub shown: Vec<u8>,
}

/// A variant on sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VariantDocument {
    /// Its number for the merchant.
    pub sku: String,
    /// Its bar code.
    pub barcode: String,
    /// What it costs.
    pub price: i64,
    /// Whether there is some of it, for a shop that keeps stock.
    pub available: bool,
    /// Its values, in the order of the product's options.
    pub values: Vec<String>,
}
