//! The only places where time, ids and randomness come from.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::{Builder, Uuid};

/// When this process first asked how long it runs.
static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Tells the time: the machine's, or one that a test holds still and moves.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Microseconds since 1970, when a test has taken the clock over.
    held: Option<Arc<AtomicI64>>,
    /// How far a machine's clock is off, in microseconds, when a test wants a wrong one.
    off: i64,
}

impl Clock {
    /// A clock that stands at `time` until it is moved.
    pub fn fixed(time: DateTime<Utc>) -> Self {
        Self {
            held: Some(Arc::new(AtomicI64::new(time.timestamp_micros()))),
            off: 0,
        }
    }

    /// The clock of a machine that is wrong by so much.
    pub fn wrong_by(off: TimeDelta) -> Self {
        Self {
            held: None,
            off: off.num_microseconds().unwrap_or(0),
        }
    }

    /// The time that a test holds still; `None` where time passes. What several servers have to agree on goes by the database's clock, and
    /// by this one only where there is no other.
    pub fn held(&self) -> Option<DateTime<Utc>> {
        self.held.as_ref().map(|_| self.now())
    }

    /// How long this process has run, for what must not jump when somebody sets the machine's clock; a held clock says how far it was moved
    /// since 1970.
    pub fn running(&self) -> Duration {
        match self.held() {
            Some(time) => Duration::from_micros(time.timestamp_micros().unsigned_abs()),
            None => BEGUN.elapsed(),
        }
    }

    /// The present time, to the microsecond, which is what PostgreSQL keeps.
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match &self.held {
            Some(held) => held.load(Ordering::SeqCst),
            None => machine_time().timestamp_micros() + self.off,
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    /// Moves a fixed clock; the machine's clock stays as it is.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(held) = &self.held {
            held.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}

/// Makes ids and secrets.
pub struct Ids;

impl Ids {
    /// A new id: UUID version 7 (RFC 9562), so that ids sort by the time they were made.
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    pub fn new_id() -> Uuid {
        Uuid::now_v7()
    }

    /// The smallest id that is made at a time, to the millisecond (RFC 9562, section 5.7).
    pub fn first_at(time: DateTime<Utc>) -> Uuid {
        let milliseconds = u64::try_from(time.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid()
    }

    /// When an id was made, to the millisecond; `None` for one of another version.
    pub fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
        let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
    }

    /// A secret of 256 random bits as 43 URL-safe characters.
    pub fn secret() -> String {
        URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let start = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let clock = Clock::fixed(start);
        assert_eq!(clock.now(), start);
        clock.advance(TimeDelta::minutes(15));
        assert_eq!(clock.now() - start, TimeDelta::minutes(15));
    }

    #[test]
    fn an_id_and_its_time_lead_to_each_other() {
        let time = DateTime::from_timestamp_millis(1_790_000_000_123).unwrap();
        assert_eq!(Ids::made_at(Ids::first_at(time)), Some(time));
        assert_eq!(Ids::made_at(Uuid::nil()), None);
    }

    #[test]
    fn ids_sort_by_time() {
        let first = Ids::new_id();
        let second = Ids::new_id();
        assert!(first < second);
    }
}
