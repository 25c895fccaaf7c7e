//! Rows of this module's table.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::incoming::Notice;
use orion_framework::job::JobError;
use uuid::Uuid;

use crate::schema::incoming_webhooks;

/// An event of a provider.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = incoming_webhooks)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct IncomingRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) source: String,
    pub(crate) event_id: String,
    pub(crate) event: String,
    pub(crate) body: String,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) handled_at: Option<DateTime<Utc>>,
    pub(crate) outcome: Option<String>,
}

impl IncomingRow {
    /// What the provider told.
    pub(crate) fn into_notice(self) -> Result<Notice, JobError> {
        let body = serde_json::from_str(&self.body).map_err(|error| JobError::Fail(format!("the event cannot be read: {error}")))?;
        Ok(Notice {
            event_id: self.event_id,
            event: self.event,
            body,
        })
    }
}
