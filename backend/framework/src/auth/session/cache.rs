//! Whether sessions still live, remembered for a few seconds, so that each request can ask.

use std::time::Duration;

use moka::sync::Cache;
use orion_types::SessionId;

/// How long an answer is trusted when no news of the session's end arrives.
const TRUST: Duration = Duration::from_secs(5);

/// What this server knows of sessions.
#[derive(Clone)]
pub struct SessionCache(Cache<SessionId, bool>);

impl Default for SessionCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(200_000).time_to_live(TRUST).build())
    }
}

impl SessionCache {
    /// Whether the session lives, if that was asked within the last seconds.
    pub fn get(&self, session: SessionId) -> Option<bool> {
        self.0.get(&session)
    }

    /// Remembers what the table says; an end that was heard of meanwhile wins, because what is ended never lives again.
    pub fn remember(&self, session: SessionId, live: bool) -> bool {
        self.0.entry(session).or_insert(live).into_value()
    }

    /// A session has ended: call it after the commit here, and when another server tells.
    pub fn invalidate(&self, session: SessionId) {
        self.0.insert(session, false);
    }

    /// Forgets everything, when news may have been missed.
    pub fn clear(&self) {
        self.0.invalidate_all();
    }
}

/// What is sent on the channel `orion` when a session ends.
pub fn ended_payload(session: SessionId) -> String {
    format!("session {session}")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_end_is_not_overwritten_by_an_older_look_at_the_table() {
        let (cache, session) = (SessionCache::default(), SessionId(Uuid::from_u128(7)));
        assert_eq!(cache.get(session), None);
        assert!(cache.remember(session, true));
        cache.invalidate(session);
        assert_eq!(cache.get(session), Some(false));
        assert!(!cache.remember(session, true));
        assert_eq!(cache.get(session), Some(false));
    }

    #[test]
    fn the_payload_names_the_session() {
        assert_eq!(ended_payload(SessionId(Uuid::nil())), "session 00000000-0000-0000-0000-000000000000");
    }
}
