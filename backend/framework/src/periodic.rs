//! What is done again and again: declared by modules with a cron expression, and done once for all servers together.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use croner::Cron;

use crate::config::Config;
use crate::db::{DbError, PlatformTx};

/// Something that a module does again and again.
#[derive(Clone, Copy)]
pub struct Periodic {
    /// Its name, unique over all modules: `module.what_it_does`.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// When, as cron writes it: minute, hour, day of the month, month, day of the week; in UTC.
    pub cron: &'static str,
    /// Does it, short, in a transaction across stores that also notes that it was done: whatever takes longer is a job that this queues, for all
    /// of the platform or for each store that it concerns. When it fails, nothing of it remains and it is tried again.
    pub run: fn(&mut PlatformTx, &Config) -> Result<(), DbError>,
}

impl Periodic {
    /// The first time after another that the expression names; `None` for an expression that cannot be read, or that names none.
    pub(crate) fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let cron = Cron::from_str(self.cron).ok()?;
        cron.find_next_occurrence(&after, false).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cron: &'static str, after: &str) -> Option<String> {
        let periodic = Periodic {
            name: "test.tick",
            summary: "",
            cron,
            run: |_, _| Ok(()),
        };
        let next = periodic.next(after.parse().unwrap())?;
        Some(next.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    }

    #[test]
    fn an_expression_names_minutes_in_utc() {
        for (cron, after, expected) in [
            ("17 * * * *", "2026-11-30T00:16:59Z", "2026-11-30T00:17:00Z"),
            ("17 * * * *", "2026-11-30T00:17:00Z", "2026-11-30T01:17:00Z"),
            ("30 2 * * *", "2026-11-30T02:30:01Z", "2026-12-01T02:30:00Z"),
            ("0 0 1 * *", "2026-11-30T12:00:00Z", "2026-12-01T00:00:00Z"),
            ("*/5 9 * * MON", "2026-11-28T09:00:00Z", "2026-11-30T09:00:00Z"),
        ] {
            assert_eq!(next(cron, after).as_deref(), Some(expected), "{cron} after {after}");
        }
    }

    #[test]
    fn what_is_no_expression_names_nothing() {
        for cron in ["", "often", "61 * * * *", "* * * *"] {
            assert_eq!(next(cron, "2026-11-30T00:00:00Z"), None, "{cron}");
        }
    }
}
