//! Rows of this module's tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::RightSet;
use orion_types::oauth::{Connection, Program};
use orion_types::permission::Permission;
use url::Url;
use uuid::Uuid;

use crate::schema::{oauth_clients, oauth_codes, oauth_grants, oauth_tokens};

/// A program.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = oauth_clients)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct ClientRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) client_id: String,
    pub(crate) by_document: bool,
    pub(crate) name: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) created_by: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

/// Somebody's consent.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = oauth_grants)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct GrantRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) client_id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) person: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) host: String,
    pub(crate) by_passkey: bool,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) ends_at: DateTime<Utc>,
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    pub(crate) last_used_ip: Option<String>,
}

/// A code.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = oauth_codes)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct CodeRow {
    pub(crate) store_id: Uuid,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) grant_id: Uuid,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
    pub(crate) resource: String,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) used_at: Option<DateTime<Utc>>,
}

/// An access token or a refresh token.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = oauth_tokens)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct TokenRow {
    pub(crate) store_id: Uuid,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) grant_id: Uuid,
    pub(crate) kind: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) issued_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) used_at: Option<DateTime<Utc>>,
}

/// What `kind` says of an access token.
pub(crate) const ACCESS: &str = "access";
/// What `kind` says of a refresh token.
pub(crate) const REFRESH: &str = "refresh";

/// The rights of names; one that this version does not know opens nothing.
pub(crate) fn rights(scopes: &[String]) -> RightSet {
    scopes.iter().filter_map(|key| Permission::named(key)).collect()
}

/// The names of rights.
pub(crate) fn scopes(rights: RightSet) -> Vec<String> {
    rights.iter().map(|right| right.key().to_owned()).collect()
}

/// The host of a document that says who a program is.
pub(crate) fn document_host(client_id: &str) -> Option<String> {
    Url::parse(client_id).ok()?.host_str().map(str::to_owned)
}

impl ClientRow {
    /// The wire form of a registered one.
    pub(crate) fn into_wire(self) -> Program {
        Program {
            id: self.id.into(),
            client_id: self.client_id,
            name: self.name,
            redirect_uris: self.redirect_uris,
            created_by: self.created_by,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            version: self.version,
        }
    }
}

impl GrantRow {
    /// The wire form, with its program, for somebody.
    pub(crate) fn into_wire(self, client: &ClientRow, reader: Uuid) -> Connection {
        let host = client.by_document.then(|| document_host(&client.client_id));
        Connection {
            id: self.id.into(),
            program: client.name.clone(),
            document_host: host.flatten(),
            person: self.person,
            own: self.user_id == reader,
            rights: rights(&self.scopes).iter().collect(),
            created_at: self.created_at.into(),
            expires_at: self.expires_at.into(),
            last_used_at: self.last_used_at.map(Into::into),
            last_used_ip: self.last_used_ip,
        }
    }
}
