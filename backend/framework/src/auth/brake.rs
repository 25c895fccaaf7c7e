//! The brake on guessing passwords: it slows down, and never locks an account for its owner.
//!
//! Attempts are counted per account *and* address, and per address. Somebody who attacks an account from elsewhere does not
//! get in its owner's way; somebody who tries many accounts from one address is slowed by the address.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::clock::Clock;

/// Attempts on one account from one address before it slows down.
const FREE_FOR_ACCOUNT: u32 = 5;
/// Attempts from one address before it slows down; an office behind one address has many people.
const FREE_FOR_ADDRESS: u32 = 30;
const LONGEST_PAUSE: i64 = 300;
/// Minutes without an attempt after which all is forgotten.
const FORGET_AFTER: i64 = 15;
/// Entries, about 50 bytes each.
const CAPACITY: usize = 100_000;

/// Counts attempts to sign in; cheap to clone.
#[derive(Clone)]
pub struct Brake(Arc<Inner>);

struct Inner {
    clock: Clock,
    /// Keys are hashed with a secret of this process, so that nobody can aim at a neighbour's entry.
    hasher: RandomState,
    entries: Mutex<HashMap<u64, Entry>>,
}

#[derive(Clone, Copy)]
struct Entry {
    attempts: u32,
    last: DateTime<Utc>,
    blocked_until: DateTime<Utc>,
}

/// An attempt that may go on. It counts as failed until [`Brake::succeeded`] says otherwise, so that a burst of parallel
/// attempts is braked like a row of them.
#[derive(Debug)]
pub struct Attempt {
    account: u64,
    address: u64,
}

impl Brake {
    /// A brake that has seen nothing.
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner {
            clock,
            hasher: RandomState::new(),
            entries: Mutex::default(),
        }))
    }

    /// Lets an attempt go on; `realm` is the store of a customer and nil for users.
    ///
    /// # Errors
    /// Seconds to wait, at least 1.
    pub fn attempt(&self, realm: Uuid, account: &str, address: Option<&str>) -> Result<Attempt, u32> {
        let address = network(address.unwrap_or_default());
        let hash = |key: (Option<(Uuid, &str)>, &str)| self.0.hasher.hash_one(key);
        let attempt = Attempt {
            account: hash((Some((realm, account)), &address)),
            address: hash((None, &address)),
        };
        let now = self.0.clock.now();
        let mut entries = self.entries();
        for key in [attempt.account, attempt.address] {
            if let Some(entry) = entries.get(&key).filter(|entry| entry.blocked_until > now) {
                let pause = (entry.blocked_until - now).num_milliseconds();
                return Err(u32::try_from(pause.div_euclid(1000) + i64::from(pause % 1000 > 0))
                    .unwrap_or(1)
                    .max(1));
            }
        }
        make_room(&mut entries, now);
        count(&mut entries, attempt.account, FREE_FOR_ACCOUNT, now);
        count(&mut entries, attempt.address, FREE_FOR_ADDRESS, now);
        Ok(attempt)
    }

    /// The password was right: the account's count is forgotten, and the attempt is taken off the address.
    pub fn succeeded(&self, attempt: Attempt) {
        let mut entries = self.entries();
        entries.remove(&attempt.account);
        if let Some(entry) = entries.get_mut(&attempt.address) {
            entry.attempts = entry.attempts.saturating_sub(1);
            if entry.attempts < FREE_FOR_ADDRESS {
                entry.blocked_until = entry.last;
            }
        }
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<u64, Entry>> {
        self.0.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forgotten(entry: &Entry, now: DateTime<Utc>) -> bool {
    now - entry.last >= TimeDelta::minutes(FORGET_AFTER)
}

fn count(entries: &mut HashMap<u64, Entry>, key: u64, free: u32, now: DateTime<Utc>) {
    let entry = entries.entry(key).or_insert(Entry {
        attempts: 0,
        last: now,
        blocked_until: now,
    });
    if forgotten(entry, now) {
        entry.attempts = 0;
    }
    entry.attempts = entry.attempts.saturating_add(1);
    entry.last = now;
    if let Some(over) = entry.attempts.checked_sub(free) {
        entry.blocked_until = now + TimeDelta::seconds(pause(over));
    }
}

/// 1 s, 2 s, 4 s … five minutes.
fn pause(over: u32) -> i64 {
    (1_i64 << over.min(16)).min(LONGEST_PAUSE)
}

/// Whoever has tried least goes first, so that a flood of invented names does not wash away the entry of a real attack.
fn make_room(entries: &mut HashMap<u64, Entry>, now: DateTime<Utc>) {
    if entries.len() + 2 <= CAPACITY {
        return;
    }
    entries.retain(|_, entry| !forgotten(entry, now));
    let mut least = 2;
    while entries.len() > CAPACITY / 2 && least < u32::MAX / 2 {
        entries.retain(|_, entry| entry.attempts >= least);
        least *= 2;
    }
}

/// A household's IPv6 network has 2^64 addresses, so it counts as one.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V6(v6)) => v6.to_ipv4_mapped().map_or_else(String::new, |v4| v4.to_string()),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
#[path = "brake_tests.rs"]
mod tests;
