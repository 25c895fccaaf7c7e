//! How long a failed job waits.

use chrono::TimeDelta;

const FIRST: i64 = 5_000;
const LONGEST: i64 = 3_600_000;

/// Whether pauses are spread, so that jobs that failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jitter {
    /// Anything from zero to the full pause ("full jitter").
    Full,
    /// The full pause, so that a test knows it.
    None,
}

/// The pause after the `attempt`-th attempt, counted from 1: up to 5 s, 10 s, 20 s … one hour.
pub(super) fn pause(attempt: i32, jitter: Jitter) -> TimeDelta {
    let spread = match jitter {
        Jitter::Full => rand::random::<f64>(),
        Jitter::None => 1.0,
    };
    TimeDelta::milliseconds((ceiling(attempt) as f64 * spread) as i64)
}

fn ceiling(attempt: i32) -> i64 {
    let doublings = attempt.clamp(1, 32) - 1;
    (FIRST << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_an_hour() {
        let seconds = |attempt| pause(attempt, Jitter::None).num_seconds();
        assert_eq!([1, 2, 3, 4].map(seconds), [5, 10, 20, 40]);
        assert_eq!([11, 12, 1000, i32::MAX].map(seconds), [3600; 4]);
        assert_eq!([0, -1].map(seconds), [5; 2]);
    }

    #[test]
    fn jitter_never_waits_longer_than_the_pause() {
        for attempt in 1..40 {
            let pause = pause(attempt, Jitter::Full);
            assert!(pause >= TimeDelta::zero() && pause.num_milliseconds() <= ceiling(attempt));
        }
    }
}
