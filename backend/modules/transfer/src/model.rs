//! Rows of this module's table.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::{DbError, read_json};
use orion_framework::export::ExportSource;
use orion_types::export::Export;
use orion_types::status::ExportStatus;
use serde_json::Value;
use uuid::Uuid;

use crate::format::Format;
use crate::schema::exports;

/// What a file is made of.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    /// The records of one source.
    Records(&'static ExportSource, Format),
    /// The whole store: the records of all these, and their files.
    Store(Vec<&'static ExportSource>),
}

/// An export.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = exports)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct ExportRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) format: String,
    pub(crate) filter: String,
    pub(crate) status: String,
    pub(crate) done_count: i64,
    pub(crate) total_count: Option<i64>,
    pub(crate) cut_count: i64,
    pub(crate) file_name: String,
    pub(crate) size_bytes: Option<i64>,
    pub(crate) sha256: Option<String>,
    pub(crate) failure: Option<String>,
    pub(crate) actor_label: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) finished_at: Option<DateTime<Utc>>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    /// What is in an archive; empty for a file of one kind.
    pub(crate) members: Value,
    pub(crate) missing_count: i64,
}

impl ExportRow {
    /// Where the file lies.
    pub(crate) fn storage_key(&self) -> String {
        storage_key(self.id)
    }

    /// The wire form; `link` is the way to the file.
    pub(crate) fn into_wire(self, link: Option<String>) -> Result<Export, DbError> {
        Ok(Export {
            id: self.id.into(),
            kind: self.kind,
            format: self.format,
            filter: self.filter,
            // The CHECK of the column allows nothing else.
            status: self.status.parse().unwrap_or(ExportStatus::Failed),
            done: self.done_count,
            total: self.total_count,
            cut_count: self.cut_count,
            file_name: self.file_name,
            size_bytes: self.size_bytes,
            sha256: self.sha256,
            failure: self.failure,
            actor: self.actor_label,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            finished_at: self.finished_at.map(Into::into),
            expires_at: self.expires_at.map(Into::into),
            members: read_json(self.members)?,
            missing_count: self.missing_count,
            download_path: link,
        })
    }
}

/// Where the file of an export lies.
pub(crate) fn storage_key(id: Uuid) -> String {
    format!("exports/{id}")
}
