//! Rows of this module's table.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::RightSet;
use orion_types::api_key::ApiKey;
use orion_types::permission::Permission;
use uuid::Uuid;

use crate::schema::api_keys;

/// A key.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_keys)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct KeyRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) prefix: String,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) previous_prefix: Option<String>,
    pub(crate) previous_hash: Option<Vec<u8>>,
    pub(crate) previous_until: Option<DateTime<Utc>>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    pub(crate) last_used_ip: Option<String>,
    pub(crate) created_by: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

/// The rights of names; one that this version does not know opens nothing.
pub(crate) fn rights(scopes: &[String]) -> RightSet {
    scopes.iter().filter_map(|key| Permission::named(key)).collect()
}

/// The names of rights.
pub(crate) fn scopes(rights: RightSet) -> Vec<String> {
    rights.iter().map(|right| right.key().to_owned()).collect()
}

impl KeyRow {
    /// What it may do.
    pub(crate) fn rights(&self) -> RightSet {
        rights(&self.scopes)
    }

    /// Whether its time is over.
    pub(crate) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// The wire form.
    pub(crate) fn into_wire(self, now: DateTime<Utc>) -> ApiKey {
        let previous_until = self.previous_until.filter(|until| now < *until);
        ApiKey {
            scopes: self.rights().iter().collect(),
            expired: self.is_expired(now),
            previous_prefix: previous_until.and(self.previous_prefix),
            previous_secret_until: previous_until.map(Into::into),
            id: self.id.into(),
            name: self.name,
            prefix: self.prefix,
            expires_at: self.expires_at.map(Into::into),
            last_used_at: self.last_used_at.map(Into::into),
            last_used_ip: self.last_used_ip,
            created_by: self.created_by,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            version: self.version,
        }
    }
}
