//! How sessions begin, go on and end, whichever table they are in.

use chrono::{DateTime, TimeDelta, Utc};
use orion_types::auth::Session;
use orion_types::{SessionId, Timestamp};
use uuid::Uuid;

use super::{RefreshToken, SessionRow, SessionTable};
use crate::clock::Ids;
use crate::db::{DbError, RequestMeta};

/// How long the token before the present one is taken for a second tab, in seconds.
pub const GRACE_SECONDS: i64 = 10;

/// Days for which ended sessions are kept, for questions about them.
const KEEP_DAYS: i64 = 30;

const USER_AGENT_LENGTH: usize = 200;

/// How long sessions live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// Without use.
    pub idle: TimeDelta,
    /// In all.
    pub total: TimeDelta,
}

impl Lifetime {
    /// Administrators: a working day.
    pub const ADMIN: Self = Self {
        idle: TimeDelta::hours(8),
        total: TimeDelta::hours(24),
    };
    /// Store staff: a week without use, a month in all.
    pub const STAFF: Self = Self {
        idle: TimeDelta::days(7),
        total: TimeDelta::days(30),
    };
    /// Customers: a month without use, half a year in all.
    pub const CUSTOMER: Self = Self {
        idle: TimeDelta::days(30),
        total: TimeDelta::days(180),
    };

    /// `ends_at` is an end of the session's own.
    fn expiry(self, created_at: DateTime<Utc>, ends_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
        let expiry = (now + self.idle).min(created_at + self.total);
        ends_at.map_or(expiry, |end| expiry.min(end))
    }
}

/// A session that has just begun.
#[derive(Debug)]
pub struct Started {
    /// The session.
    pub session: SessionId,
    /// What keeps it alive.
    pub token: RefreshToken,
    /// When it ends unless it is used.
    pub expires_at: DateTime<Utc>,
}

/// What presenting a refresh token has led to. Commit it in every case: ending a session is a write too.
#[derive(Debug)]
pub enum Turn {
    /// The session goes on with a new token.
    Rotated {
        /// The session before the turn.
        session: SessionRow,
        /// The token from now on.
        token: RefreshToken,
        /// When it ends unless it is used.
        expires_at: DateTime<Utc>,
    },
    /// A second tab: the session goes on, the new token is already in the cookie jar.
    Repeated {
        /// The session.
        session: SessionRow,
    },
    /// There is no such session, or it has ended.
    Ended,
    /// The token was used before, so it has been copied; the session has ended.
    Reused {
        /// The session before its end.
        session: SessionRow,
    },
}

/// Begins a session.
pub fn start(table: &mut impl SessionTable, owner: Uuid, meta: &RequestMeta) -> Result<Started, DbError> {
    let now = table.now();
    let session = SessionId(Ids::new_id());
    let token = RefreshToken::new(session);
    let expires_at = table.lifetime().expiry(now, None, now);
    table.forget(owner, now - TimeDelta::days(KEEP_DAYS))?;
    table.insert(&SessionRow {
        id: session.0,
        owner,
        refresh_hash: token.hash().to_vec(),
        previous_hash: None,
        rotated_at: now,
        user_agent: meta
            .user_agent
            .as_deref()
            .unwrap_or_default()
            .chars()
            .take(USER_AGENT_LENGTH)
            .collect(),
        ip: meta.ip.clone().unwrap_or_default(),
        created_at: now,
        expires_at,
        revoked_at: None,
        ends_at: None,
        impersonation: None,
    })?;
    Ok(Started {
        session,
        token,
        expires_at,
    })
}

/// Takes the next turn of a session.
pub fn refresh(table: &mut impl SessionTable, token: &RefreshToken) -> Result<Turn, DbError> {
    let Some(session) = table.lock(token.session())? else {
        return Ok(Turn::Ended);
    };
    let now = table.now();
    match judge(&session, token, now) {
        Verdict::Current => {
            let next = RefreshToken::new(token.session());
            let expires_at = table.lifetime().expiry(session.created_at, session.ends_at, now);
            table.rotate(&session, &next.hash(), expires_at)?;
            Ok(Turn::Rotated {
                session,
                token: next,
                expires_at,
            })
        }
        Verdict::SecondTab => Ok(Turn::Repeated { session }),
        Verdict::Copied => {
            table.revoke(session.owner, token.session())?;
            Ok(Turn::Reused { session })
        }
        Verdict::Dead => Ok(Turn::Ended),
    }
}

/// Ends the session that a token belongs to; `None` when there was nothing to end.
pub fn end(table: &mut impl SessionTable, token: &RefreshToken) -> Result<Option<SessionRow>, DbError> {
    let Some(session) = table.lock(token.session())? else {
        return Ok(None);
    };
    let dead = judge(&session, token, table.now()) == Verdict::Dead;
    Ok(if !dead && table.revoke(session.owner, token.session())? {
        Some(session)
    } else {
        None
    })
}

/// The live sessions of somebody, for the list of devices.
pub fn list(table: &mut impl SessionTable, owner: Uuid, current: SessionId) -> Result<Vec<Session>, DbError> {
    let sessions = table.live(owner)?.into_iter().map(|row| Session {
        id: SessionId(row.id),
        user_agent: row.user_agent,
        ip: row.ip,
        created_at: Timestamp::from(row.created_at),
        last_used_at: Timestamp::from(row.rotated_at),
        current: row.id == current.0,
    });
    Ok(sessions.collect())
}

/// What a token is to its session.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Current,
    SecondTab,
    Copied,
    Dead,
}

pub(super) fn judge(session: &SessionRow, token: &RefreshToken, now: DateTime<Utc>) -> Verdict {
    if session.revoked_at.is_some() || session.expires_at <= now {
        return Verdict::Dead;
    }
    if token.matches(&session.refresh_hash) {
        return Verdict::Current;
    }
    let replaced = session.previous_hash.as_deref().is_some_and(|hash| token.matches(hash));
    if replaced && now < session.rotated_at + TimeDelta::seconds(GRACE_SECONDS) {
        return Verdict::SecondTab;
    }
    Verdict::Copied
}
