//! When a certificate is asked for: again after a failure, and anew before its time is over.

use chrono::{DateTime, TimeDelta, Utc};

/// Hours after each failure in a row; the last holds for all that follow. Authorities count what fails, and limit it by the hour.
const PAUSES: [i64; 6] = [1, 2, 4, 8, 16, 24];

/// When to try again after so many failures in a row, at least as late as the authority wants it.
pub(crate) fn after_failure(now: DateTime<Utc>, failures: i32, wanted: Option<TimeDelta>) -> DateTime<Utc> {
    let place = usize::try_from(failures.max(1) - 1).unwrap_or_default().min(PAUSES.len() - 1);
    let pause = TimeDelta::hours(PAUSES[place]);
    now + wanted.map_or(pause, |wanted| wanted.max(pause))
}

/// When to renew: at two thirds of its life, less a part of a twentieth, so that what was given on one day is not asked for anew on one day.
/// `shift` is that part, from 0 to 1.
pub(crate) fn renewal(from: DateTime<Utc>, until: DateTime<Utc>, shift: f64) -> DateTime<Utc> {
    let life = (until - from).num_seconds().max(0);
    let earlier = (life as f64 / 20.0 * shift.clamp(0.0, 1.0)) as i64;
    from + TimeDelta::seconds(life / 3 * 2 - earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn pauses_grow_to_a_day_and_stay_there() {
        let hours = |failures| (after_failure(at(0), failures, None) - at(0)).num_hours();
        assert_eq!([0, 1, 2, 3, 6, 7, 1_000].map(hours), [1, 1, 2, 4, 24, 24, 24]);
    }

    #[test]
    fn nobody_is_asked_before_they_want_to_be() {
        let wait = |wanted| (after_failure(at(0), 1, Some(wanted)) - at(0)).num_minutes();
        assert_eq!(wait(TimeDelta::minutes(90)), 90);
        assert_eq!(wait(TimeDelta::seconds(5)), 60);
    }

    #[test]
    fn a_certificate_is_renewed_at_two_thirds_of_its_life_or_a_little_earlier() {
        let (from, until) = (at(0), at(90 * 86_400));
        assert_eq!(renewal(from, until, 0.0), at(60 * 86_400));
        assert_eq!(renewal(from, until, 1.0), at(60 * 86_400 - 90 * 86_400 / 20));
        assert_eq!(renewal(until, from, 0.5), until, "one that was never good is due at once");
    }
}
