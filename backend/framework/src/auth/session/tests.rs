use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use orion_types::SessionId;
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::db::RequestMeta;

/// A table in memory, since the rules are the same over any.
struct Memory {
    rows: HashMap<Uuid, SessionRow>,
    clock: Clock,
    lifetime: Lifetime,
}

impl Memory {
    fn new() -> Self {
        let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        Self {
            rows: HashMap::new(),
            clock,
            lifetime: Lifetime::STAFF,
        }
    }

    fn start(&mut self, owner: Uuid) -> Started {
        start(
            self,
            owner,
            &RequestMeta {
                user_agent: Some("x".repeat(900)),
                ..RequestMeta::default()
            },
        )
        .unwrap()
    }

    fn wait(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    fn rotate_once(&mut self, token: &RefreshToken) -> RefreshToken {
        match refresh(self, token).unwrap() {
            Turn::Rotated { token, .. } => token,
            other => panic!("{other:?}"),
        }
    }
}

impl SessionTable for Memory {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    fn insert(&mut self, row: &SessionRow) -> Result<(), DbError> {
        self.rows.insert(row.id, row.clone());
        Ok(())
    }

    fn lock(&mut self, id: SessionId) -> Result<Option<SessionRow>, DbError> {
        Ok(self.rows.get(&id.0).cloned())
    }

    fn rotate(&mut self, row: &SessionRow, refresh_hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), DbError> {
        let now = self.now();
        let stored = self.rows.get_mut(&row.id).unwrap();
        stored.previous_hash = Some(row.refresh_hash.clone());
        stored.refresh_hash = refresh_hash.to_vec();
        (stored.rotated_at, stored.expires_at) = (now, expires_at);
        Ok(())
    }

    fn revoke(&mut self, owner: Uuid, id: SessionId) -> Result<bool, DbError> {
        let now = self.now();
        let row = self
            .rows
            .get_mut(&id.0)
            .filter(|row| row.owner == owner && row.revoked_at.is_none());
        Ok(row.is_some_and(|row| row.revoked_at.replace(now).is_none()))
    }

    fn revoke_all(&mut self, owner: Uuid, except: Option<SessionId>) -> Result<Vec<SessionId>, DbError> {
        let ids: Vec<_> = self.rows.keys().copied().map(SessionId).filter(|id| Some(*id) != except).collect();
        Ok(ids.into_iter().filter(|id| self.revoke(owner, *id).unwrap()).collect())
    }

    fn live(&mut self, owner: Uuid) -> Result<Vec<SessionRow>, DbError> {
        Ok(self
            .rows
            .values()
            .filter(|row| row.owner == owner && row.revoked_at.is_none())
            .cloned()
            .collect())
    }

    fn forget(&mut self, owner: Uuid, before: DateTime<Utc>) -> Result<(), DbError> {
        self.rows.retain(|_, row| row.owner != owner || row.expires_at >= before);
        Ok(())
    }
}

const OWNER: Uuid = Uuid::from_u128(1);

#[test]
fn a_token_survives_the_cookie() {
    let token = Memory::new().start(OWNER).token;
    let back = RefreshToken::parse(&token.cookie_value()).unwrap();
    assert_eq!(back.session(), token.session());
    assert!(back.matches(&token.hash()));
    let secret = token.cookie_value().split_once('.').map(|(_, secret)| secret.to_owned()).unwrap();
    assert!(!format!("{token:?}").contains(&secret), "secrets stay out of logs");
}

#[test]
fn what_was_never_a_token_is_none() {
    let id = Uuid::from_u128(1);
    for text in [
        "",
        ".",
        "abc",
        "abc.def",
        &format!("{id}."),
        &format!("{id}.c2hvcnQ"),
        &format!("{id}.{}", "A".repeat(44)),
        &"x".repeat(10_000),
    ] {
        assert!(RefreshToken::parse(text).is_none(), "{text}");
    }
}

#[test]
fn every_use_changes_the_token_and_prolongs_the_session() {
    let mut table = Memory::new();
    let started = table.start(OWNER);
    table.wait(600);
    let Turn::Rotated {
        session,
        token,
        expires_at,
    } = refresh(&mut table, &started.token).unwrap()
    else {
        panic!("not rotated")
    };
    assert_eq!(session.owner, OWNER);
    assert_ne!(token.cookie_value(), started.token.cookie_value());
    assert_eq!(expires_at - started.expires_at, TimeDelta::seconds(600));
    table.rotate_once(&token);
}

#[test]
fn a_second_tab_goes_on_without_a_token_of_its_own() {
    let mut table = Memory::new();
    let first = table.start(OWNER).token;
    let second = table.rotate_once(&first);
    table.wait(GRACE_SECONDS - 1);
    assert!(matches!(refresh(&mut table, &first).unwrap(), Turn::Repeated { .. }));
    table.rotate_once(&second);
}

#[test]
fn a_token_that_comes_back_later_ends_the_session_for_everybody() {
    let mut table = Memory::new();
    let first = table.start(OWNER).token;
    let second = table.rotate_once(&first);
    table.wait(GRACE_SECONDS);
    assert!(matches!(refresh(&mut table, &first).unwrap(), Turn::Reused { .. }));
    assert!(matches!(refresh(&mut table, &second).unwrap(), Turn::Ended));
}

#[test]
fn a_thief_who_has_turned_the_session_over_twice_is_found_out() {
    let mut table = Memory::new();
    let stolen = table.start(OWNER).token;
    let thiefs = table.rotate_once(&stolen);
    let thiefs = table.rotate_once(&thiefs);
    table.wait(600);
    assert!(matches!(refresh(&mut table, &stolen).unwrap(), Turn::Reused { .. }));
    assert!(matches!(refresh(&mut table, &thiefs).unwrap(), Turn::Ended));
}

#[test]
fn a_session_ends_without_use_and_after_its_whole_life() {
    let mut table = Memory::new();
    table.lifetime = Lifetime {
        idle: TimeDelta::hours(2),
        total: TimeDelta::hours(5),
    };
    let idle = table.start(OWNER).token;
    let mut busy = table.start(OWNER).token;
    for _ in 0..4 {
        table.wait(3600);
        busy = table.rotate_once(&busy);
    }
    assert!(matches!(refresh(&mut table, &idle).unwrap(), Turn::Ended));
    table.wait(3599);
    busy = table.rotate_once(&busy);
    table.wait(1);
    assert!(matches!(refresh(&mut table, &busy).unwrap(), Turn::Ended));
}

#[test]
fn an_unknown_session_is_over() {
    let mut table = Memory::new();
    let token = Memory::new().start(OWNER).token;
    assert!(matches!(refresh(&mut table, &token).unwrap(), Turn::Ended));
}

#[test]
fn one_may_end_ones_own_sessions_only() {
    let mut table = Memory::new();
    let (mine, other, current) = (table.start(OWNER), table.start(Uuid::from_u128(2)), table.start(OWNER));
    assert!(!table.revoke(OWNER, other.session).unwrap());
    assert_eq!(table.revoke_all(OWNER, Some(current.session)).unwrap(), [mine.session]);
    let left = list(&mut table, OWNER, current.session).unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].current && left[0].user_agent.len() == 200);
}
