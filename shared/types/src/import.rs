//! Imports of product files.

use crate::status::{ImportFill, ImportMissing, ImportMode, ImportPublish, ImportStatus};
use crate::{ImageId, ImportId, ProductId, Timestamp};

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
    }
}
