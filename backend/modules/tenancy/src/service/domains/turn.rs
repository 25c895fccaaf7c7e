//! What a look at the name servers makes of a domain: a function of its row, the answer and the time.

use chrono::{DateTime, TimeDelta, Utc};
use orion_types::status::{DomainProof, DomainStatus};

use crate::queries::domains::OwnDomain;

/// Between two looks at the proof of an active domain.
const DAILY: TimeDelta = TimeDelta::hours(24);
/// Likewise while it is gone.
const WHILE_LOST: TimeDelta = TimeDelta::hours(6);
/// Until the next look at what could not be told.
const SOON: TimeDelta = TimeDelta::hours(1);
/// How long an active domain goes on without its proof.
pub(crate) const GRACE: TimeDelta = TimeDelta::days(7);
/// Until the second look at a proof that nobody has found yet; each pause is twice the one before, up to a day.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// Looks in vain, some 30 days of them, after which nobody looks before somebody asks.
const MOST_MISSED: i32 = 36;

/// What has become of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing else than before.
    Same,
    /// It is proved, and to be activated.
    Proven,
    /// The proof of an active domain is gone.
    Lost,
    /// It is back.
    Back,
    /// It was gone for too long.
    Off,
}

/// Moves a domain on by what was found. Where it is [`Turn::Proven`] the rest is up to whether another store has the host.
pub(super) fn turn(row: &mut OwnDomain, proof: DomainProof, now: DateTime<Utc>) -> Turn {
    match (row.is_active(), proof) {
        (true, DomainProof::Found) => {
            row.missed = 0;
            row.next_check_at = Some(now + DAILY);
            row.proven_at = row.proven_at.or(Some(now));
            if row.lost_since.take().is_some() { Turn::Back } else { Turn::Same }
        }
        // Given by an operator, it has no proof to lose.
        (true, _) if row.proven_at.is_none() => Turn::Same,
        (true, DomainProof::Unanswered) => {
            row.next_check_at = Some(now + SOON);
            Turn::Same
        }
        (true, _) => lost(row, now),
        (false, DomainProof::Found) => Turn::Proven,
        (false, _) => {
            row.missed = row.missed.saturating_add(1);
            row.next_check_at = pause(row.missed).map(|pause| now + pause);
            Turn::Same
        }
    }
}

fn lost(row: &mut OwnDomain, now: DateTime<Utc>) -> Turn {
    row.next_check_at = Some(now + WHILE_LOST);
    match row.lost_since {
        None => {
            row.lost_since = Some(now);
            Turn::Lost
        }
        Some(since) if now - since >= GRACE => {
            switch_off(row, Some(now + FIRST_PAUSE));
            Turn::Off
        }
        Some(_) => Turn::Same,
    }
}

/// The shop no longer answers there.
pub(super) fn switch_off(row: &mut OwnDomain, next: Option<DateTime<Utc>>) {
    DomainStatus::Failed.as_str().clone_into(&mut row.status);
    row.is_primary = false;
    (row.lost_since, row.proven_at) = (None, None);
    row.missed = 0;
    row.next_check_at = next;
}

/// The shop answers there from now on.
pub(super) fn switch_on(row: &mut OwnDomain, now: DateTime<Utc>) {
    DomainStatus::Active.as_str().clone_into(&mut row.status);
    (row.lost_since, row.proven_at) = (None, Some(now));
    row.missed = 0;
    row.next_check_at = Some(now + DAILY);
}

/// Until the next look at a domain whose host another store has, after so many in vain: it may lose its own proof at any time.
pub(super) fn while_held(missed: i32) -> TimeDelta {
    pause(missed).unwrap_or(DAILY)
}

/// Until the next look after so many in vain.
fn pause(missed: i32) -> Option<TimeDelta> {
    let doubled = FIRST_PAUSE * 2_i32.pow(u32::try_from(missed.clamp(0, 12)).unwrap_or(0));
    (missed < MOST_MISSED).then_some(doubled.min(DAILY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(status: DomainStatus) -> OwnDomain {
        OwnDomain {
            store_id: uuid::Uuid::nil(),
            id: uuid::Uuid::nil(),
            host: "shop.acme.test".to_owned(),
            status: status.as_str().to_owned(),
            is_primary: false,
            token: "abc".to_owned(),
            last_checked_at: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
            next_check_at: None,
            missed: 0,
            proven_at: None,
            lost_since: None,
            last_check: None,
        }
    }

    fn active(now: DateTime<Utc>) -> OwnDomain {
        let mut row = domain(DomainStatus::Pending);
        switch_on(&mut row, now);
        row
    }

    #[test]
    fn pauses_grow_and_end() {
        let now = DateTime::UNIX_EPOCH;
        let mut row = domain(DomainStatus::Pending);
        let mut pauses = Vec::new();
        loop {
            assert_eq!(turn(&mut row, DomainProof::Missing, now), Turn::Same);
            match row.next_check_at {
                Some(next) => pauses.push((next - now).num_minutes()),
                None => break,
            }
        }
        assert_eq!(pauses[..4], [10, 20, 40, 80]);
        assert!(pauses.iter().all(|pause| *pause <= 1440) && pauses.last() == Some(&1440));
        let days = pauses.iter().sum::<i64>() / 1440;
        assert!((25..=35).contains(&days), "{days} days");
    }

    #[test]
    fn a_proof_that_is_gone_takes_the_domain_along_after_a_week() {
        let now = DateTime::UNIX_EPOCH;
        let mut row = active(now);
        row.is_primary = true;
        assert_eq!(turn(&mut row, DomainProof::Wrong, now), Turn::Lost);
        assert_eq!(
            turn(&mut row, DomainProof::Missing, now + GRACE - TimeDelta::seconds(1)),
            Turn::Same
        );
        assert!(row.is_active() && row.is_primary);
        // What nobody answers says nothing, however late it is.
        assert_eq!(turn(&mut row, DomainProof::Unanswered, now + GRACE * 2), Turn::Same);
        assert!(row.is_active());
        assert_eq!(turn(&mut row, DomainProof::Missing, now + GRACE), Turn::Off);
        assert_eq!((row.status.as_str(), row.is_primary, row.lost_since), ("failed", false, None));
        assert!(row.next_check_at.is_some(), "should it come back");
    }

    #[test]
    fn a_proof_that_comes_back_in_time_costs_nothing() {
        let now = DateTime::UNIX_EPOCH;
        let mut row = active(now);
        assert_eq!(turn(&mut row, DomainProof::Missing, now), Turn::Lost);
        assert_eq!(turn(&mut row, DomainProof::Found, now), Turn::Back);
        assert_eq!((row.lost_since, row.next_check_at), (None, Some(now + DAILY)));
    }

    #[test]
    fn what_an_operator_gave_is_not_lost() {
        let now = DateTime::UNIX_EPOCH;
        let mut row = domain(DomainStatus::Active);
        assert_eq!(turn(&mut row, DomainProof::Missing, now), Turn::Same);
        assert_eq!((row.next_check_at, row.lost_since), (None, None));
        assert_eq!(turn(&mut row, DomainProof::Found, now), Turn::Same);
        assert!(row.proven_at.is_some(), "from now on it has one");
    }
}
