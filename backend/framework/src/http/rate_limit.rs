//! Rate limits: a client may have so many of something at once, and that number again over a minute (GCRA, by `governor`).
//!
//! Each server counts for itself. What is told of a limit follows draft-ietf-httpapi-ratelimit-headers-11.

use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::auth::whole_seconds;
use crate::clock::Clock;

/// Clients that are told apart, by a hash that nobody outside can aim: two in the same place share a limit. It bounds the memory of a limit
/// to some ten megabytes, however many addresses are made up.
const PLACES: u64 = 1 << 18;

/// How often a client may do something; cheap to clone.
#[derive(Clone)]
pub struct RateLimit(Option<Arc<Inner>>);

struct Inner {
    policy: &'static str,
    quota: NonZeroU32,
    hasher: RandomState,
    clock: Running,
    limiter: RateLimiter<u32, DashMapStateStore<u32>, Running, StateInformationMiddleware>,
}

/// The time that the process has run, which nobody sets.
#[derive(Clone)]
struct Running(Clock);

impl Ticks for Running {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.running()
    }
}

/// What a limit leaves a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// The limit's name.
    pub policy: &'static str,
    /// How many a minute.
    pub quota: u32,
    /// How many may follow at once.
    pub remaining: u32,
    /// Seconds after which the whole quota is there again.
    pub reset: u32,
}

/// The limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedUp {
    /// What is left: nothing.
    pub allowance: Allowance,
    /// Seconds after which the next one is let through, at least 1.
    pub retry_after: u32,
}

impl RateLimit {
    /// `per_minute` for each client; 0 sets no limit.
    pub fn new(clock: Clock, policy: &'static str, per_minute: u32) -> Self {
        Self(NonZeroU32::new(per_minute).map(|quota| {
            let clock = Running(clock);
            let limiter = RateLimiter::dashmap_with_clock(Quota::per_minute(quota), clock.clone());
            Arc::new(Inner {
                policy,
                quota,
                hasher: RandomState::new(),
                clock,
                limiter: limiter.with_middleware(),
            })
        }))
    }

    /// Takes one for a client; `None` where nothing is limited.
    ///
    /// # Errors
    /// [`UsedUp`].
    pub fn take(&self, client: impl Hash) -> Result<Option<Allowance>, UsedUp> {
        let Some(inner) = &self.0 else { return Ok(None) };
        let place = u32::try_from(inner.hasher.hash_one(client) % PLACES).unwrap_or_default();
        match inner.limiter.check_key(&place) {
            Ok(state) => Ok(Some(inner.allowance(state.remaining_burst_capacity()))),
            Err(until) => Err(UsedUp {
                allowance: inner.allowance(0),
                retry_after: whole_seconds(until.wait_time_from(inner.clock.now())),
            }),
        }
    }
}

impl Inner {
    fn allowance(&self, remaining: u32) -> Allowance {
        let quota = self.quota.get();
        let used = u64::from(quota.saturating_sub(remaining));
        Allowance {
            policy: self.policy,
            quota,
            remaining,
            reset: u32::try_from((used * 60).div_ceil(u64::from(quota))).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    fn limit(per_minute: u32) -> (RateLimit, Clock) {
        let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        (RateLimit::new(clock.clone(), "test", per_minute), clock)
    }

    fn taken(limit: &RateLimit, client: &str) -> usize {
        (0..200).filter(|_| limit.take(client).is_ok()).count()
    }

    #[test]
    fn a_client_has_its_number_and_then_one_after_the_other() {
        let (limit, clock) = limit(60);
        assert_eq!(taken(&limit, "10.0.0.1"), 60);
        assert_eq!(limit.take("10.0.0.1").unwrap_err().retry_after, 1);
        assert!(limit.take("10.0.0.2").is_ok(), "another client has its own");
        clock.advance(TimeDelta::seconds(2));
        assert_eq!(taken(&limit, "10.0.0.1"), 2);
        clock.advance(TimeDelta::minutes(5));
        assert_eq!(taken(&limit, "10.0.0.1"), 60, "who waited longer has not saved more");
    }

    #[test]
    fn what_is_left_is_told_with_the_time_until_all_is_there_again() {
        let (limit, clock) = limit(6);
        let told = |remaining, reset| Allowance {
            policy: "test",
            quota: 6,
            remaining,
            reset,
        };
        assert_eq!(limit.take("a"), Ok(Some(told(5, 10))));
        assert_eq!(limit.take("a"), Ok(Some(told(4, 20))));
        clock.advance(TimeDelta::seconds(10));
        assert_eq!(limit.take("a"), Ok(Some(told(4, 20))));
        for _ in 0..4 {
            limit.take("a").unwrap();
        }
        assert_eq!(
            limit.take("a"),
            Err(UsedUp {
                allowance: told(0, 60),
                retry_after: 10
            })
        );
    }

    #[test]
    fn none_is_no_limit() {
        let (limit, _) = limit(0);
        assert!((0..1000).all(|_| limit.take("10.0.0.1") == Ok(None)));
    }

    #[test]
    fn a_million_clients_take_no_more_places_than_there_are() {
        let (limit, _) = limit(6);
        let admitted = (0..1_000_000_u32).filter(|client| limit.take(client).is_ok()).count();
        assert!(admitted > 900_000, "those who share a place with too many are few: {admitted}");
        assert!(limit.0.unwrap().limiter.len() as u64 <= PLACES);
    }
}
