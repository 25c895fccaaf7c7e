//! Jobs that a person should look after before, or because, they are given up.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;

use crate::db::{DbError, PlatformTx};
use crate::schema::jobs;

/// How long a job may fail before somebody is told.
const QUIET: TimeDelta = TimeDelta::hours(1);

/// What is wrong with the jobs of a kind, in words for operators: those that have failed for more than an hour, and those that were tried for
/// days and are not tried any more. `None` when there are none. `things` names what the jobs are about.
pub fn failing(tx: &mut PlatformTx, kind: &str, things: &str) -> Result<Option<String>, DbError> {
    let before = tx.now() - QUIET;
    let waiting = jobs::table
        .filter(jobs::kind.eq(kind))
        .filter(jobs::status.eq_any(["queued", "running"]))
        .filter(jobs::last_error.is_not_null())
        .filter(jobs::created_at.le(before))
        .select((count_star(), min(jobs::created_at), max(jobs::last_error)))
        .first(tx.conn())?;
    let given_up: i64 = jobs::table
        .filter(jobs::kind.eq(kind))
        .filter(jobs::status.eq("dead"))
        .filter(jobs::last_error.is_not_null())
        .filter(jobs::retry_until.le(jobs::finished_at))
        .count()
        .get_result(tx.conn())?;
    Ok(words(things, waiting, given_up))
}

fn words(things: &str, waiting: (i64, Option<DateTime<Utc>>, Option<String>), given_up: i64) -> Option<String> {
    let (count, oldest, error) = waiting;
    let since = oldest.map(|oldest| oldest.to_rfc3339()).unwrap_or_default();
    let waiting = (count > 0).then(|| {
        format!(
            "{things} that fail and are tried again: {count}, since {since}: {}",
            error.unwrap_or_default()
        )
    });
    let given_up = (given_up > 0).then(|| format!("{things} given up after days of trying: {given_up}"));
    let both: Vec<String> = [waiting, given_up].into_iter().flatten().collect();
    (!both.is_empty()).then(|| both.join("; "))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(words("mails", (0, None, None), 0), None);
        let oldest = "2026-11-28T06:30:00Z".parse().ok();
        let text = words("mails", (2, oldest, Some("refused".to_owned())), 1).unwrap();
        assert_eq!(
            text,
            "mails that fail and are tried again: 2, since 2026-11-28T06:30:00+00:00: refused; mails given up after days of trying: 1"
        );
    }
}
