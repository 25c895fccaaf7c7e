//! Imports of product files.

use std::collections::BTreeMap;

use crate::status::{ImportFill, ImportMissing, ImportMode, ImportPublish, ImportStatus};
use crate::{ImageId, ImportId, ImportMappingId, ProductId, Timestamp};

wire! {
    /// An import run: its progress while it runs, its report afterwards.
    pub struct Import {
        pub id: ImportId,
        pub status: ImportStatus,
        /// Nothing was written; the report says what would have been.
        pub dry_run: bool,
        pub file_name: String,
        pub total_rows: i32,
        pub processed_rows: i32,
        /// Products created, changed, found unchanged, refused.
        pub created_count: i32,
        pub updated_count: i32,
        pub unchanged_count: i32,
        pub failed_count: i32,
        /// Lines of the report about what was taken otherwise than the file says.
        #[serde(default)]
        pub note_count: i32,
        /// Products of the file that the choices left out.
        #[serde(default)]
        pub left_count: i32,
        /// Products that the file does not name and that went into the archive for it.
        #[serde(default)]
        pub missing_count: i32,
        /// What it was to do.
        #[serde(default)]
        pub choices: ImportChoices,
        /// What was said of its columns: a word by the heading.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub columns: BTreeMap<String, String>,
        /// Why the whole run failed, when it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub failure: Option<String>,
        /// Pictures that the run has brought, by state.
        pub images: ImportImages,
        pub actor: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub finished_at: Option<Timestamp>,
    }

    /// What an import is to do beyond reading the file.
    #[derive(Default, Copy, Eq)]
    pub struct ImportChoices {
        /// Which products of the file are taken.
        #[serde(default)]
        pub mode: ImportMode,
        /// What happens to fields that hold something already.
        #[serde(default)]
        pub fill: ImportFill,
        /// Whether new products are put on sale.
        #[serde(default)]
        pub publish: ImportPublish,
        /// What becomes of products that earlier files named and this one does not.
        #[serde(default)]
        pub missing: ImportMissing,
        /// Units of each new variant of a file without quantities; such variants are not counted unless this is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stock: Option<i32>,
    }

    /// A column of a file.
    pub struct ImportColumn {
        /// As the file calls it.
        pub heading: String,
        /// How many of its cells say something.
        pub cells: i32,
        /// Up to three different ones, shortened.
        pub examples: Vec<String>,
        /// What it was taken for: words that it could be chosen by, `other` where it was read along with others; none where nobody read it.
        pub taken_for: Vec<String>,
    }

    /// The columns of a file that was imported or tried.
    pub struct ImportedColumns {
        pub columns: Vec<ImportColumn>,
        /// What was said of columns before they were read: a word by the heading.
        pub chosen: BTreeMap<String, String>,
        /// What is kept for files with the same headings, the newest first.
        pub saved: Vec<ImportMapping>,
    }

    /// What the columns of a kind of file are, kept under a name.
    pub struct ImportMapping {
        pub id: ImportMappingId,
        pub name: String,
        /// The headings of the files that it is for.
        pub headings: Vec<String>,
        /// What columns are where that is not what they would be taken for: a word by the heading.
        pub columns: BTreeMap<String, String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// Columns to be kept under a name; one of the same name is replaced.
    pub struct SaveImportMapping {
        pub name: String,
        /// The headings of the files that it is for, in any order.
        pub headings: Vec<String>,
        /// A word by the heading: a field such as `price`, `metadata.` and a name, `also_category`, or `ignore`.
        pub columns: BTreeMap<String, String>,
    }

    /// How the pictures of a run are doing.
    #[derive(Default)]
    pub struct ImportImages {
        pub ready: i64,
        pub pending: i64,
        pub failed: i64,
    }

    /// A line of an import's report.
    pub struct ImportRowError {
        /// The line of the file, counted from 1 with the header.
        pub line: i32,
        pub column: String,
        pub code: String,
        pub detail: String,
        /// `error`: the product was refused; `note`: it was taken, and not as the file says.
        #[serde(default)]
        pub severity: String,
        /// The product's handle in the file; empty where the whole file is meant.
        #[serde(default)]
        pub product: String,
        /// What the cell says, shortened.
        #[serde(default)]
        pub value: String,
    }

    /// A picture that could not be fetched.
    pub struct ImportImageFailure {
        pub image_id: ImageId,
        pub product_id: ProductId,
        pub product_title: String,
        pub source_url: String,
        pub detail: String,
    }
}

query! {
    /// Which imports to list.
    pub struct ImportListQuery {
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// Which part of an import's report.
    pub struct ImportReportQuery {
        /// `error` or `note`; both unless told.
        pub severity: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// Which page of imports, or of what an import reports.
    pub struct ImportQuery {
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// How a file is imported.
    pub struct StartImport {
        /// Only report what would happen; nothing is written.
        pub dry_run: bool,
        /// `both` (unless told): new products are made and those that are there are changed; `create` or `update`: only one of the two.
        pub mode: Option<String>,
        /// `overwrite` (unless told): the file's word counts; `empty`: only empty fields are filled.
        pub fill: Option<String>,
        /// `file` (unless told): new products are on sale if the file says so; `draft`: they stay drafts, and those that are there stay what
        /// they are.
        pub publish: Option<String>,
        /// `keep` (unless told): nothing; `archive`: products on sale that an earlier file named and this one does not go into the archive.
        /// A file with a vendor column speaks only of the vendors in it. A file of which something was refused, or without title and price,
        /// archives nothing.
        pub missing: Option<String>,
        /// Units of each new variant of a file without quantities, 0–1,000,000; such variants are not counted unless this is told.
        pub stock: Option<i32>,
        /// How lists of imports call a file that is sent alone, as `application/octet-stream`; a form has the name in it.
        pub file_name: Option<String>,
    }
}

/// What a column of a file can be beside metadata: the word of the API, and how pages call it.
pub const IMPORT_FIELDS: [(&str, &str); 35] = [
    ("handle", "Handle"),
    ("title", "Title"),
    ("description", "Description"),
    ("vendor", "Vendor"),
    ("type", "Type"),
    ("category", "Category"),
    ("tags", "Tags"),
    ("published", "Published (yes or no)"),
    ("status", "Status"),
    ("option1_name", "Name of the first choice"),
    ("option1_value", "Value of the first choice"),
    ("option2_name", "Name of the second choice"),
    ("option2_value", "Value of the second choice"),
    ("option3_name", "Name of the third choice"),
    ("option3_value", "Value of the third choice"),
    ("sku", "SKU"),
    ("barcode", "Barcode"),
    ("price", "Price"),
    ("compare_at", "Price before"),
    ("cost", "Cost"),
    ("content", "Content"),
    ("content_unit", "Unit of the content"),
    ("quantity", "Quantity in stock"),
    ("inventory_tracker", "Who counts the stock"),
    ("inventory_policy", "Sold on without stock"),
    ("weight_grams", "Weight in grams"),
    ("requires_shipping", "Shipped (yes or no)"),
    ("taxable", "Taxed (yes or no)"),
    ("image", "Picture"),
    ("image_position", "Place of the picture"),
    ("image_alt", "Text of the picture"),
    ("variant_image", "Picture of the variant"),
    ("seo_title", "Title for search engines"),
    ("seo_description", "Description for search engines"),
    ("gift_card", "Gift card (yes or no)"),
];
