//! Sessions of administrators and staff.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::{SessionId, UserId};
use uuid::Uuid;

use super::{Lifetime, SessionRow, SessionTable, Started};
use crate::auth::Audience;
use crate::db::{DbError, PlatformTx};
use crate::foreign::user_sessions::{self, dsl};
use crate::impersonation;

/// The two areas that users sign in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserArea {
    /// The platform's administration.
    Admin,
    /// Store dashboards.
    Store,
}

impl UserArea {
    /// The audience of its tokens.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Admin => Audience::Admin,
            Self::Store => Audience::Store,
        }
    }

    const fn lifetime(self) -> Lifetime {
        match self {
            Self::Admin => Lifetime::ADMIN,
            Self::Store => Lifetime::STAFF,
        }
    }
}

/// The sessions of users, seen from one area: it begins and prolongs sessions of that area, lists and ends those of both.
pub struct UserSessions<'a> {
    tx: &'a mut PlatformTx,
    area: UserArea,
}

impl<'a> UserSessions<'a> {
    /// Works in a transaction.
    pub fn new(tx: &'a mut PlatformTx, area: UserArea) -> Self {
        Self { tx, area }
    }
}

impl SessionTable for UserSessions<'_> {
    fn now(&self) -> DateTime<Utc> {
        self.tx.now()
    }

    fn lifetime(&self) -> Lifetime {
        self.area.lifetime()
    }

    fn insert(&mut self, row: &SessionRow) -> Result<(), DbError> {
        diesel::insert_into(user_sessions::table)
            .values((
                dsl::id.eq(row.id),
                dsl::user_id.eq(row.owner),
                dsl::area.eq(self.area.audience().as_str()),
                dsl::refresh_hash.eq(&row.refresh_hash),
                dsl::rotated_at.eq(row.rotated_at),
                dsl::user_agent.eq(&row.user_agent),
                dsl::ip.eq(&row.ip),
                dsl::created_at.eq(row.created_at),
                dsl::expires_at.eq(row.expires_at),
            ))
            .execute(self.tx.conn())?;
        Ok(())
    }

    fn lock(&mut self, id: SessionId) -> Result<Option<SessionRow>, DbError> {
        let session = user_sessions::table
            .filter(dsl::id.eq(id.0))
            .filter(dsl::area.eq(self.area.audience().as_str()));
        Ok(session
            .select(columns!(user_id, dsl::ends_at, dsl::impersonation_id))
            .for_update()
            .first(self.tx.conn())
            .optional()?)
    }

    fn rotate(&mut self, row: &SessionRow, refresh_hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), DbError> {
        diesel::update(user_sessions::table.filter(dsl::id.eq(row.id)))
            .set((
                dsl::refresh_hash.eq(refresh_hash),
                dsl::previous_hash.eq(&row.refresh_hash),
                dsl::rotated_at.eq(self.tx.now()),
                dsl::expires_at.eq(expires_at),
            ))
            .execute(self.tx.conn())?;
        Ok(())
    }

    fn revoke(&mut self, owner: Uuid, id: SessionId) -> Result<bool, DbError> {
        let now = self.tx.now();
        let live = user_sessions::table
            .filter(dsl::id.eq(id.0))
            .filter(dsl::user_id.eq(owner))
            .filter(dsl::revoked_at.is_null());
        let ended: Option<Option<Uuid>> = diesel::update(live)
            .set(dsl::revoked_at.eq(now))
            .returning(dsl::impersonation_id)
            .get_result(self.tx.conn())
            .optional()?;
        let Some(impersonation) = ended else { return Ok(false) };
        impersonation::end_signed_out(self.tx, impersonation.as_slice())?;
        Ok(true)
    }

    fn revoke_all(&mut self, owner: Uuid, except: Option<SessionId>) -> Result<Vec<SessionId>, DbError> {
        let now = self.tx.now();
        let live = user_sessions::table
            .filter(dsl::user_id.eq(owner))
            .filter(dsl::id.ne(except.map_or(Uuid::nil(), |id| id.0)))
            .filter(dsl::revoked_at.is_null());
        let ended: Vec<(Uuid, Option<Uuid>)> = diesel::update(live)
            .set(dsl::revoked_at.eq(now))
            .returning((dsl::id, dsl::impersonation_id))
            .get_results(self.tx.conn())?;
        let impersonations: Vec<Uuid> = ended.iter().filter_map(|(_, impersonation)| *impersonation).collect();
        impersonation::end_signed_out(self.tx, &impersonations)?;
        impersonation::end_waiting(self.tx, owner)?;
        self.tx.end_connections(UserId(owner))?;
        Ok(ended.into_iter().map(|(id, _)| SessionId(id)).collect())
    }

    fn live(&mut self, owner: Uuid) -> Result<Vec<SessionRow>, DbError> {
        let now = self.tx.now();
        let live = user_sessions::table
            .filter(dsl::user_id.eq(owner))
            .filter(dsl::revoked_at.is_null())
            .filter(dsl::expires_at.gt(now));
        Ok(live
            .select(columns!(user_id, dsl::ends_at, dsl::impersonation_id))
            .order((dsl::rotated_at.desc(), dsl::id))
            .load(self.tx.conn())?)
    }

    fn forget(&mut self, owner: Uuid, before: DateTime<Utc>) -> Result<(), DbError> {
        let old = user_sessions::table
            .filter(dsl::user_id.eq(owner))
            .filter(dsl::expires_at.lt(before));
        diesel::delete(old).execute(self.tx.conn())?;
        Ok(())
    }
}

/// Notes that a passkey of a host has signed for a session; when the passkey goes, so does the note.
///
/// # Errors
/// When the database fails.
pub fn note_passkey(tx: &mut PlatformTx, session: SessionId, (passkey, host): (Uuid, &str)) -> Result<(), DbError> {
    diesel::update(user_sessions::table.filter(dsl::id.eq(session.0)))
        .set((dsl::passkey_id.eq(passkey), dsl::passkey_host.eq(host)))
        .execute(tx.conn())?;
    Ok(())
}

/// Makes a session that has just begun that of an impersonation: it ends with it, however often it is prolonged.
///
/// # Errors
/// When the database fails.
pub fn bind(tx: &mut PlatformTx, started: Started, (impersonation, ends_at): (Uuid, DateTime<Utc>)) -> Result<Started, DbError> {
    diesel::update(user_sessions::table.filter(dsl::id.eq(started.session.0)))
        .set((
            dsl::impersonation_id.eq(impersonation),
            dsl::ends_at.eq(ends_at),
            dsl::expires_at.eq(ends_at),
        ))
        .execute(tx.conn())?;
    Ok(Started {
        expires_at: ends_at,
        ..started
    })
}
