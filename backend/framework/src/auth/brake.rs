//! The brake on guessing passwords: it slows down, and never locks an account for its owner.
//!
//! Attempts are counted per account *and* address, and per address. Somebody who attacks an account from elsewhere does not
//! get in its owner's way; somebody who tries many accounts from one address is slowed by the address.
//!
//! Checking a password takes a core for a good while, so an address has only a few attempts under way at a time; what comes beyond is told
//! at once to come back. Each address then stands in line with a few, however many it would like to send.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use uuid::Uuid;

use crate::clock::Clock;

/// Attempts on one account from one address before it slows down.
const FREE_FOR_ACCOUNT: u32 = 5;
/// Attempts from one address before it slows down; an office behind one address has many people.
const FREE_FOR_ADDRESS: u32 = 30;
/// Attempts under way from one address.
const AT_A_TIME: u32 = 4;
/// Likewise from an address where somebody has signed in: an office that begins its day.
const AT_A_TIME_KNOWN: u32 = 16;
const LONGEST_PAUSE: u64 = 300;
/// Time without an attempt after which all is forgotten.
const FORGET_AFTER: Duration = Duration::from_secs(15 * 60);
/// How long an address where somebody has signed in is known.
const KNOWN_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
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
    /// Attempts under way, by address.
    under_way: Mutex<HashMap<u64, u32>>,
    known: Cache<u64, ()>,
}

/// Times are those that the process has run: nobody is let in or locked out because somebody set the machine's clock.
#[derive(Clone, Copy)]
struct Entry {
    attempts: u32,
    last: Duration,
    blocked_until: Duration,
}

/// An attempt that may go on. It counts as failed until [`Brake::succeeded`] says otherwise, so that a burst of parallel
/// attempts is braked like a row of them. It is under way until it is dropped.
pub struct Attempt {
    account: u64,
    /// Keeps the address's place.
    place: Place,
}

/// A place among the attempts of an address that are under way.
struct Place {
    inner: Arc<Inner>,
    address: u64,
    known: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut under_way = lock(&self.inner.under_way);
        if let Some(count) = under_way.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.address);
            }
        }
    }
}

impl Attempt {
    /// Whether somebody has signed in from this address lately: then it does not stand in line with strangers.
    pub fn is_known(&self) -> bool {
        self.place.known
    }
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").field("known", &self.place.known).finish_non_exhaustive()
    }
}

impl Brake {
    /// A brake that has seen nothing.
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner {
            clock,
            hasher: RandomState::new(),
            entries: Mutex::default(),
            under_way: Mutex::default(),
            known: Cache::builder().max_capacity(CAPACITY as u64).time_to_live(KNOWN_FOR).build(),
        }))
    }

    /// Lets an attempt go on; `realm` is the store of a customer and nil for users.
    ///
    /// # Errors
    /// Seconds to wait, at least 1.
    pub fn attempt(&self, realm: Uuid, account: &str, address: Option<&str>) -> Result<Attempt, u32> {
        let address = network(address.unwrap_or_default());
        let hash = |key: (Option<(Uuid, &str)>, &str)| self.0.hasher.hash_one(key);
        let (account, address) = (hash((Some((realm, account)), &address)), hash((None, &address)));
        // Before it counts: who is only too many at once has guessed nothing.
        let place = self.place(address).ok_or(1_u32)?;
        let now = self.0.clock.running();
        let mut entries = self.entries();
        for key in [account, address] {
            if let Some(entry) = entries.get(&key).filter(|entry| entry.blocked_until > now) {
                return Err(whole_seconds(entry.blocked_until - now));
            }
        }
        make_room(&mut entries, now);
        count(&mut entries, account, FREE_FOR_ACCOUNT, now);
        count(&mut entries, address, FREE_FOR_ADDRESS, now);
        Ok(Attempt { account, place })
    }

    fn place(&self, address: u64) -> Option<Place> {
        let known = self.0.known.contains_key(&address);
        let most = if known { AT_A_TIME_KNOWN } else { AT_A_TIME };
        let mut under_way = lock(&self.0.under_way);
        let count = under_way.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        let inner = self.0.clone();
        Some(Place { inner, address, known })
    }

    /// The password was right: the account's count is forgotten, and the attempt is taken off the address.
    pub fn succeeded(&self, attempt: Attempt) {
        let address = attempt.place.address;
        self.0.known.insert(address, ());
        let mut entries = self.entries();
        entries.remove(&attempt.account);
        if let Some(entry) = entries.get_mut(&address) {
            entry.attempts = entry.attempts.saturating_sub(1);
            if entry.attempts < FREE_FOR_ADDRESS {
                entry.blocked_until = entry.last;
            }
        }
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<u64, Entry>> {
        lock(&self.0.entries)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Seconds to wait, at least 1.
pub(crate) fn whole_seconds(pause: Duration) -> u32 {
    u32::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(u32::MAX).max(1)
}

fn forgotten(entry: &Entry, now: Duration) -> bool {
    now.saturating_sub(entry.last) >= FORGET_AFTER
}

fn count(entries: &mut HashMap<u64, Entry>, key: u64, free: u32, now: Duration) {
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
        entry.blocked_until = now + Duration::from_secs(pause(over));
    }
}

/// 1 s, 2 s, 4 s … five minutes.
fn pause(over: u32) -> u64 {
    (1_u64 << over.min(16)).min(LONGEST_PAUSE)
}

/// Whoever has tried least goes first, so that a flood of invented names does not wash away the entry of a real attack.
fn make_room(entries: &mut HashMap<u64, Entry>, now: Duration) {
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
pub(crate) fn network(address: &str) -> String {
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
