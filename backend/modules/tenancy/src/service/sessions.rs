//! The devices on which somebody is signed in.

use orion_framework::auth::{self, SessionTable, UserArea, UserSessions};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::UserIdentity;
use orion_types::auth::Session;
use orion_types::{SessionId, UserId};

/// The live sessions of an account, in both areas.
pub(crate) fn list(tx: &mut PlatformTx, area: UserArea, user: &UserIdentity) -> Result<Vec<Session>, DbError> {
    auth::list(&mut UserSessions::new(tx, area), user.id.0, user.session_id)
}

/// Ends a session of the account; another's is not found.
pub(crate) fn end(tx: &mut PlatformTx, area: UserArea, user: UserId, session: SessionId) -> Result<(), DbError> {
    if !UserSessions::new(tx, area).revoke(user.0, session)? {
        return Err(DbError::NotFound);
    }
    tx.audit(
        None,
        AuditEntry::new("user.session_ended", "user_sessions", session.0).note("user", user),
    );
    Ok(())
}
