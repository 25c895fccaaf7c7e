//! Sessions: one sign-in on one device, kept alive by a refresh token that changes each time it is used.
//!
//! Users and customers have tables of their own and one set of rules. A refresh token is worth one use. When it comes a
//! second time, somebody holds a copy: the session ends, for the thief and the owner alike, and signing in starts a new one.
//! The same goes for any secret that is not the present one, since a thief may have turned the session over more than once;
//! whoever merely learns a session's id, which is shown to its owner alone, could at worst sign them out.
//!
//! Two tabs of one browser do that honestly: both wake up, both send the same cookie. So for [`GRACE_SECONDS`] the token that
//! was just replaced still gets an access token, but no new refresh token: the first answer has already put the new one into
//! the cookie jar that both tabs share. A thief who is that quick gets minutes of access and no way to prolong them.

/// The columns of a [`SessionRow`], in its order, from the `dsl` in scope.
macro_rules! columns {
    ($owner:ident, $ends_at:expr, $impersonation_id:expr) => {
        (
            dsl::id,
            dsl::$owner,
            dsl::refresh_hash,
            dsl::previous_hash,
            dsl::rotated_at,
            dsl::user_agent,
            dsl::ip,
            dsl::created_at,
            dsl::expires_at,
            dsl::revoked_at,
            $ends_at,
            $impersonation_id,
        )
    };
}

mod customers;
mod rules;
#[cfg(test)]
mod tests;
mod token;
mod users;

pub use customers::CustomerSessions;
pub use rules::{GRACE_SECONDS, Lifetime, Started, Turn, end, list, refresh, start};
pub use token::RefreshToken;
pub(super) use users::bind;
pub use users::{UserArea, UserSessions, note_passkey};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::SessionId;
use uuid::Uuid;

use crate::db::DbError;

/// A session as both tables hold it.
#[derive(Debug, Clone, Queryable)]
pub struct SessionRow {
    /// Its id.
    pub id: Uuid,
    /// The user or customer.
    pub owner: Uuid,
    /// SHA-256 of the secret that is valid now.
    pub refresh_hash: Vec<u8>,
    /// SHA-256 of the secret before it.
    pub previous_hash: Option<Vec<u8>>,
    /// When the secret last changed, so about when the session was last used.
    pub rotated_at: DateTime<Utc>,
    /// The client's program at sign-in.
    pub user_agent: String,
    /// The client's address at sign-in.
    pub ip: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ends unless it is used.
    pub expires_at: DateTime<Utc>,
    /// When it was ended.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it ends however often it is used; absent where its table has a lifetime alone.
    pub ends_at: Option<DateTime<Utc>>,
    /// The impersonation that it is for.
    pub impersonation: Option<Uuid>,
}

/// The queries that the rules need; one implementation per table.
pub trait SessionTable {
    /// When the transaction began.
    fn now(&self) -> DateTime<Utc>;
    /// How long sessions of this table live.
    fn lifetime(&self) -> Lifetime;
    /// Adds a session.
    fn insert(&mut self, row: &SessionRow) -> Result<(), DbError>;
    /// The session, locked until the transaction ends.
    fn lock(&mut self, id: SessionId) -> Result<Option<SessionRow>, DbError>;
    /// Replaces the secret.
    fn rotate(&mut self, row: &SessionRow, refresh_hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), DbError>;
    /// Ends a session of the owner; false when there is no such live session.
    fn revoke(&mut self, owner: Uuid, id: SessionId) -> Result<bool, DbError>;
    /// Ends every session of the owner, but for one; returns those that ended.
    fn revoke_all(&mut self, owner: Uuid, except: Option<SessionId>) -> Result<Vec<SessionId>, DbError>;
    /// Sessions of the owner that still live, the last used first.
    fn live(&mut self, owner: Uuid) -> Result<Vec<SessionRow>, DbError>;
    /// Removes sessions of the owner that ended before a time.
    fn forget(&mut self, owner: Uuid, before: DateTime<Utc>) -> Result<(), DbError>;
}
