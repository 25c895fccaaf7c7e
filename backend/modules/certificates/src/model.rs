//! Rows of this module's tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::certificates::Certificate;
use orion_types::status::CertificateStatus;
use uuid::Uuid;

use crate::schema::certificates;

/// How it stands with a certificate: what a store may see of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = certificates)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct State {
    /// The store; nil for the platform's own hosts.
    pub store_id: Uuid,
    /// The host.
    pub host: String,
    /// When it is asked for, again or anew.
    pub due_at: DateTime<Utc>,
    /// What the last try came to, when it failed.
    pub failure: Option<String>,
    /// When that was.
    pub failed_at: Option<DateTime<Utc>>,
    /// Who has given it.
    pub issuer: Option<String>,
    /// From when on it is good.
    pub valid_from: Option<DateTime<Utc>>,
    /// Until when.
    pub valid_until: Option<DateTime<Utc>>,
}

impl State {
    /// In a word.
    pub fn status(&self, now: DateTime<Utc>) -> CertificateStatus {
        match (self.valid_until, &self.failure) {
            (Some(end), _) if now < end => CertificateStatus::Valid,
            (_, Some(_)) => CertificateStatus::Failed,
            _ => CertificateStatus::Pending,
        }
    }

    /// The wire form.
    pub(crate) fn into_wire(self, now: DateTime<Utc>) -> Certificate {
        Certificate {
            status: self.status(now),
            host: self.host,
            issuer: self.issuer,
            valid_from: self.valid_from.map(Into::into),
            valid_until: self.valid_until.map(Into::into),
            failure: self.failure,
            failed_at: self.failed_at.map(Into::into),
            next_try_at: self.due_at.into(),
        }
    }
}

/// What is needed to ask for a certificate.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = certificates)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct Wanted {
    pub(crate) store_id: Uuid,
    pub(crate) host: String,
    pub(crate) order_url: Option<String>,
    pub(crate) failures: i32,
}

/// What was given, as it is kept.
pub(crate) struct Given {
    pub(crate) chain: String,
    pub(crate) sealed_key: Vec<u8>,
    pub(crate) issuer: String,
    pub(crate) valid_from: DateTime<Utc>,
    pub(crate) valid_until: DateTime<Utc>,
    pub(crate) due_at: DateTime<Utc>,
}
