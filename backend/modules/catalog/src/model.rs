//! Rows of the catalogue's tables, and how they look on the wire.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, read_json};
use orion_types::catalog::{CategorySummary, ProductImage, ProductOption};
use orion_types::measure::Content;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::schema::{
    import_changes, import_errors, import_mappings, import_refused_rows, import_undos, imports, product_categories, product_images,
    product_variants, products,
};

/// A product.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, QueryableByName, Insertable, Serialize, Deserialize)]
#[diesel(table_name = products, check_for_backend(diesel::pg::Pg))]
pub struct ProductRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub slug: String,
    pub title: String,
    pub description_html: String,
    pub vendor: String,
    pub product_type: String,
    pub tags: Vec<String>,
    pub status: String,
    pub featured: bool,
    pub options: Value,
    pub min_price_minor: i64,
    pub max_price_minor: i64,
    pub seo_title: String,
    pub seo_description: String,
    pub metadata: Value,
    pub published_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
    pub deleted_at: Option<DateTime<Utc>>,
    /// The handle under which a file knows it, as the file writes it.
    pub import_key: Option<String>,
    /// Its id in another system.
    pub external_id: Option<String>,
}

impl ProductRow {
    /// The options; the service writes nothing else into the column.
    pub fn options(&self) -> Result<Vec<ProductOption>, DbError> {
        read_json(self.options.clone())
    }
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, QueryableByName, Insertable, Serialize, Deserialize)]
#[diesel(table_name = product_variants, check_for_backend(diesel::pg::Pg))]
pub struct VariantRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub product_id: Uuid,
    pub title: String,
    pub option_values: Vec<String>,
    pub sku: Option<String>,
    pub barcode: String,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub weight_grams: i32,
    pub taxable: bool,
    pub requires_shipping: bool,
    pub track_inventory: bool,
    pub position: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
    pub deleted_at: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub cost_minor: Option<i64>,
    pub content_milli: Option<i64>,
    pub content_unit: Option<String>,
}

impl VariantRow {
    /// How much is in it, where that is known.
    pub fn content(&self) -> Option<Content> {
        Content::of(self.content_milli, self.content_unit.clone())
    }

    /// The title for shoppers: nothing for the only variant of a product without options.
    pub fn shown_title(&self) -> String {
        shown_title(&self.title, &self.option_values)
    }
}

/// The title of a variant for shoppers.
pub fn shown_title(title: &str, option_values: &[String]) -> String {
    if option_values.is_empty() {
        String::new()
    } else {
        title.to_owned()
    }
}

/// A variant with its stock; both counts are absent when no stock is kept of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct StockedVariant {
    // Not `row`: the derive has a variable of that name.
    #[diesel(embed)]
    pub variant: VariantRow,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub on_hand: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub reserved: Option<i64>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_images, check_for_backend(diesel::pg::Pg))]
pub struct ImageRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub product_id: Uuid,
    pub variant_id: Option<Uuid>,
    pub position: i32,
    pub alt: String,
    pub status: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub placeholder: Option<String>,
    pub source_url: Option<String>,
    pub fetch_error: Option<String>,
    pub import_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<ImageRow> for ProductImage {
    fn from(row: ImageRow) -> Self {
        let ImageRow {
            store_id: _,
            id,
            product_id: _,
            variant_id,
            position,
            alt,
            status,
            width,
            height,
            placeholder,
            source_url,
            fetch_error,
            import_id: _,
            created_at: _,
            updated_at: _,
        } = row;
        let variant_id = variant_id.map(Into::into);
        Self {
            id: id.into(),
            alt,
            position,
            status,
            width,
            height,
            placeholder,
            variant_id,
            source_url,
            fetch_error,
        }
    }
}

/// A category.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_categories, check_for_backend(diesel::pg::Pg))]
pub struct CategoryRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub parent_id: Option<Uuid>,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub position: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A category with the number of its active products.
#[derive(Debug, Clone, QueryableByName)]
pub struct CountedCategory {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub parent_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub description: String,
    #[diesel(sql_type = Int4)]
    pub position: i32,
    #[diesel(sql_type = Int4)]
    pub version: i32,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub product_count: i64,
}

impl From<CountedCategory> for CategorySummary {
    fn from(row: CountedCategory) -> Self {
        let CountedCategory {
            id,
            parent_id,
            slug,
            name,
            description,
            position,
            version,
            updated_at,
            product_count,
        } = row;
        Self {
            id: id.into(),
            slug,
            name,
            description,
            parent_id: parent_id.map(Into::into),
            position,
            version,
            product_count,
            updated_at: Some(updated_at.into()),
            image_id: None,
        }
    }
}

/// An import run.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, check_for_backend(diesel::pg::Pg))]
pub struct ImportRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub kind: String,
    pub status: String,
    pub dry_run: bool,
    pub file_name: String,
    pub storage_key: String,
    pub total_rows: i32,
    pub processed_rows: i32,
    pub created_count: i32,
    pub updated_count: i32,
    pub unchanged_count: i32,
    pub failed_count: i32,
    pub failure: Option<String>,
    pub actor_label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub note_count: i32,
    /// What the columns of refused rows are called.
    pub header: Vec<String>,
    /// What it is to do.
    pub choices: Value,
    pub left_count: i32,
    pub missing_count: i32,
    /// What was said of its columns: a word by the heading.
    pub mapping: Value,
}

/// Columns of a kind of file that are kept under a name.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_mappings, check_for_backend(diesel::pg::Pg))]
pub struct MappingRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub name: String,
    /// In the order of the alphabet, each once.
    pub headings: Vec<String>,
    /// A word by the heading.
    pub mapping: Value,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A row of a product that was refused.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_refused_rows, check_for_backend(diesel::pg::Pg))]
pub struct RefusedRow {
    pub store_id: Uuid,
    /// Rises with the line.
    pub id: Uuid,
    pub import_id: Uuid,
    pub line: i32,
    /// Why its product was refused, where that lies in this row.
    pub reason: String,
    /// In the order of the header.
    pub cells: Vec<String>,
}

/// A line of the report: a row that could not be imported, or one that was taken otherwise than it says.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_errors, check_for_backend(diesel::pg::Pg))]
pub struct ImportErrorRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub import_id: Uuid,
    pub line: i32,
    pub column_name: String,
    pub code: String,
    pub detail: String,
    /// `error` or `note`.
    pub severity: String,
    /// The handle of the product.
    pub product: String,
    /// What the cell says, shortened.
    pub value: String,
}

/// What an import did to one product or category.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = import_changes)]
pub struct ChangeRow {
    pub store_id: Uuid,
    /// Rises in the order in which things were done.
    pub id: Uuid,
    pub import_id: Uuid,
    /// `made`, `changed`, `named` or `category`.
    pub kind: String,
    pub thing_id: Uuid,
    pub version_before: i32,
    /// What it was left with.
    pub version: i32,
    /// Variants that were made or changed.
    pub variants: Vec<Uuid>,
    /// What was otherwise before.
    pub before: Value,
    pub created_at: DateTime<Utc>,
}

/// A run that undoes an import.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_undos, check_for_backend(diesel::pg::Pg))]
pub struct UndoRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub import_id: Uuid,
    pub status: String,
    /// The change that was looked at last; it goes from the newest to the oldest.
    pub place: Option<Uuid>,
    pub total_count: i32,
    pub processed_count: i32,
    pub removed_count: i32,
    pub restored_count: i32,
    pub left_count: i32,
    pub category_count: i32,
    pub failure: Option<String>,
    pub actor_label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// A number that a query counted.
#[derive(Debug, QueryableByName)]
pub struct Counted {
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// An address of the shop and when what it shows changed.
#[derive(Debug, Clone, QueryableByName)]
pub struct AddressRow {
    #[diesel(sql_type = Text)]
    pub path: String,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
}
