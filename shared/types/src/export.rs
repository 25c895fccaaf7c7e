//! Files that a store's records are written into.

use crate::status::ExportStatus;
use crate::{ExportId, Timestamp};

wire! {
    /// A file that was asked for.
    pub struct Export {
        pub id: ExportId,
        /// What is in it, such as `orders`; `store` for everything.
        pub kind: String,
        /// `csv`, `xlsx`, `jsonl`, or the name of another program's format, such as `shopify`; `zip` for the whole store.
        pub format: String,
        /// The query string of the list whose records are in it; empty for all.
        pub filter: String,
        pub status: ExportStatus,
        /// Records that were written, of how many, where that is known.
        pub done: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub total: Option<i64>,
        /// Texts that were longer than a cell of a spreadsheet can hold; they were cut there.
        pub cut_count: i64,
        pub file_name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size_bytes: Option<i64>,
        /// SHA-256 of the file, in hexadecimal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sha256: Option<String>,
        /// Why there is no file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub failure: Option<String>,
        /// Who asked for it.
        pub actor: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub finished_at: Option<Timestamp>,
        /// When the file is removed and its link ends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub expires_at: Option<Timestamp>,
        /// What is in an archive of the whole store; its pictures are one entry here and each one in its `manifest.json`.
        pub members: Vec<ExportMember>,
        /// Pictures whose files were no longer there; the archive's manifest names them.
        pub missing_count: i64,
        /// The path of the file with its seal: whoever has it can fetch the file until then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub download_path: Option<String>,
    }

    /// A file in an archive, or a folder of them, whose name ends with `/`.
    pub struct ExportMember {
        pub name: String,
        /// Rows below the headings, lines, or files of a folder.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rows: Option<i64>,
        pub bytes: i64,
    }

    /// Asks for a file.
    #[serde(deny_unknown_fields)]
    pub struct CreateExport {
        /// `products`, `stock`, `orders`, `customers`, another kind of what the store holds, such as `payments`, or `store` for everything.
        pub kind: String,
        /// `csv`, `xlsx` or `jsonl`; `shopify` for products; `zip` for the whole store.
        pub format: String,
        /// The query string of the list that shows the same, without `cursor` and `limit`; empty where there is no list.
        #[serde(default)]
        pub filter: String,
    }
}

query! {
    /// Which page of exports.
    pub struct ExportQuery {
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// What lets into a file.
    pub struct ExportLink {
        pub seal: String,
    }
}
