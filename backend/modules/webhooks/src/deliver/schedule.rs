//! When a failed delivery is tried again, and how long an endpoint that fails is left alone.

use chrono::TimeDelta;

/// Minutes, hours: pauses after the first, second … attempt, as Standard Webhooks proposes them. Three days in all.
const PAUSES: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];
/// So long nothing may succeed before an endpoint is switched off.
pub(super) const PATIENCE: TimeDelta = TimeDelta::days(3);
/// The first pause of an endpoint, which doubles, and the longest.
const REST: (TimeDelta, TimeDelta) = (TimeDelta::seconds(5), TimeDelta::minutes(5));
/// A receiver that asks for more patience than this gets this much.
const LONGEST_ASKED: TimeDelta = TimeDelta::hours(24);
/// Likewise where it holds up everything else that is to be sent there.
const LONGEST_REST_ASKED: TimeDelta = TimeDelta::hours(1);

/// How long a delivery waits after its `attempt`-th attempt, from 1; `None` when that was the last. `asked` is what the receiver has asked for.
pub(super) fn pause(attempt: i32, asked: Option<TimeDelta>) -> Option<TimeDelta> {
    let place = usize::try_from(attempt.max(1) - 1).unwrap_or(usize::MAX);
    let usual = PAUSES.get(place).copied()?;
    Some(asked.map_or(usual, |asked| asked.min(LONGEST_ASKED).max(usual)))
}

/// How long an endpoint is left alone after so many looks in a row that delivered nothing.
pub(super) fn rest(failures: i32, asked: Option<TimeDelta>) -> TimeDelta {
    let doublings = failures.clamp(1, 16) - 1;
    let usual = (REST.0 * (1 << doublings)).min(REST.1);
    asked.map_or(usual, |asked| asked.min(LONGEST_REST_ASKED).max(usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_attempts_take_three_days() {
        let pauses: Vec<_> = (1..=10).map(|attempt| pause(attempt, None)).collect();
        assert_eq!(pauses[0], Some(TimeDelta::seconds(5)));
        assert_eq!(pauses[8], Some(TimeDelta::hours(24)));
        assert_eq!(pauses[9], None);
        let all: TimeDelta = pauses.into_iter().flatten().sum();
        assert!(all > PATIENCE && all < PATIENCE + TimeDelta::hours(6), "{all}");
    }

    #[test]
    fn a_receiver_may_ask_for_patience_and_not_for_too_much() {
        assert_eq!(pause(1, Some(TimeDelta::seconds(60))), Some(TimeDelta::seconds(60)));
        assert_eq!(pause(2, Some(TimeDelta::seconds(60))), Some(TimeDelta::minutes(5)));
        assert_eq!(pause(1, Some(TimeDelta::days(365))), Some(TimeDelta::hours(24)));
        assert_eq!(rest(1, Some(TimeDelta::days(365))), TimeDelta::hours(1));
    }

    #[test]
    fn an_endpoint_rests_longer_each_time_and_never_long() {
        let seconds = |failures| rest(failures, None).num_seconds();
        assert_eq!([0, 1, 2, 3, 7, i32::MAX].map(seconds), [5, 5, 10, 20, 300, 300]);
    }
}
