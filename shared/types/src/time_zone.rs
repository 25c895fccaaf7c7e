//! Time zones by their names of today.

/// The zones on offer, each with its older names; `scripts/time-zones` writes it.
const TABLE: &str = include_str!("time_zones.tsv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

/// Every zone that is offered, in the order of their names.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    rows().map(|(name, _)| name)
}

/// The name of today of a zone that goes by an older one, such as `Europe/Kyiv` for `Europe/Kiev` and `Europe/Brussels` for `CET`;
/// any other name as it is.
pub fn present_name(name: &str) -> &str {
    let older = |older: &str| older.split_ascii_whitespace().any(|older| older.eq_ignore_ascii_case(name));
    rows()
        .find(|(today, names)| today.eq_ignore_ascii_case(name) || older(names))
        .map_or(name, |(today, _)| today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_offered_by_their_names_of_today() {
        let offered: Vec<&str> = time_zones().collect();
        assert_eq!(offered.len(), 419);
        for today in ["UTC", "Asia/Kolkata", "Europe/Kyiv", "Europe/Oslo", "America/Nuuk"] {
            assert!(offered.contains(&today), "{today}");
        }
        for older in ["Asia/Calcutta", "Europe/Kiev", "CET", "MET", "EET", "WET", "Etc/UTC", "US/Eastern"] {
            assert!(!offered.contains(&older), "{older}");
        }
    }

    #[test]
    fn older_names_lead_to_those_of_today() {
        for (older, today) in [
            ("CET", "Europe/Brussels"),
            ("MET", "Europe/Brussels"),
            ("EET", "Europe/Athens"),
            ("WET", "Europe/Lisbon"),
            ("Asia/Calcutta", "Asia/Kolkata"),
            ("Europe/Kiev", "Europe/Kyiv"),
            ("Etc/UTC", "UTC"),
            ("europe/berlin", "Europe/Berlin"),
            ("Etc/GMT+5", "Etc/GMT+5"),
            ("Mars/Olympus", "Mars/Olympus"),
            ("", ""),
        ] {
            assert_eq!(present_name(older), today);
        }
    }
}
