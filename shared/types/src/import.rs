//! Imports of product files.

use crate::status::ImportStatus;
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
    }
}
