//! Rows of this module's tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::schema::{customer_addresses, customers};

/// A customer.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customers)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct CustomerRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    /// Absent: bought as a guest.
    pub(crate) password_hash: Option<String>,
    pub(crate) active: bool,
    pub(crate) locale: String,
    pub(crate) metadata: Value,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
    pub(crate) external_id: Option<String>,
    /// When its owner proved to read the mails of the address.
    pub(crate) email_verified_at: Option<DateTime<Utc>>,
}

/// An entry of an address book.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customer_addresses)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct AddressRow {
    pub(crate) id: Uuid,
    pub(crate) address: Value,
    pub(crate) is_default: bool,
}
