//! So many of something from one address, or by one key, and then one after the other.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::auth::{network, whole_seconds};
use crate::clock::Clock;

/// Names that are remembered at most, about 40 bytes each.
const CAPACITY: usize = 100_000;

/// Lets an address, or whatever else has a name, have a number of things at once, and that number again over a minute; cheap to clone.
#[derive(Clone)]
pub struct Throttle(Option<Arc<Inner>>);

struct Inner {
    clock: Clock,
    /// The pause after each, when they come evenly.
    every: Duration,
    /// How far ahead of that an address may be.
    ahead: Duration,
    hasher: RandomState,
    /// When an address would have had its last one, had they come evenly.
    even: Mutex<HashMap<u64, Duration>>,
}

impl Throttle {
    /// `per_minute` for each address; 0 sets no limit.
    pub fn new(clock: Clock, per_minute: u32) -> Self {
        let every = |count: u32| Duration::from_secs(60) / count;
        Self((per_minute > 0).then(|| {
            Arc::new(Inner {
                clock,
                every: every(per_minute),
                ahead: Duration::from_secs(60),
                hasher: RandomState::new(),
                even: Mutex::default(),
            })
        }))
    }

    /// Takes one for an address.
    ///
    /// # Errors
    /// Seconds to wait, at least 1.
    pub fn take(&self, address: &str) -> Result<(), u32> {
        let Some(inner) = &self.0 else { return Ok(()) };
        let now = inner.clock.running();
        let mut even = inner.even.lock().unwrap_or_else(PoisonError::into_inner);
        if even.len() >= CAPACITY {
            // Whoever is not ahead is as good as unknown.
            even.retain(|_, last| *last > now);
        }
        let last = even.entry(inner.hasher.hash_one(network(address))).or_insert(now);
        let next = (*last).max(now) + inner.every;
        match next.checked_sub(now + inner.ahead) {
            Some(over) if !over.is_zero() => Err(whole_seconds(over)),
            _ => {
                *last = next;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    fn throttle(per_minute: u32) -> (Throttle, Clock) {
        let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        (Throttle::new(clock.clone(), per_minute), clock)
    }

    #[test]
    fn an_address_has_its_number_and_then_one_after_the_other() {
        let (throttle, clock) = throttle(60);
        let taken = (0..200).filter(|_| throttle.take("10.0.0.1").is_ok()).count();
        assert_eq!(taken, 60);
        assert_eq!(throttle.take("10.0.0.1"), Err(1));
        assert_eq!(throttle.take("10.0.0.2"), Ok(()), "another address has its own");
        clock.advance(TimeDelta::seconds(2));
        let taken = (0..200).filter(|_| throttle.take("10.0.0.1").is_ok()).count();
        assert_eq!(taken, 2);
        clock.advance(TimeDelta::minutes(5));
        let taken = (0..200).filter(|_| throttle.take("10.0.0.1").is_ok()).count();
        assert_eq!(taken, 60, "who waited longer has not saved more");
    }

    #[test]
    fn none_is_no_limit() {
        let (throttle, _) = throttle(0);
        assert!((0..1000).all(|_| throttle.take("10.0.0.1").is_ok()));
    }
}
