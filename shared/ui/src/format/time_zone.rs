use super::intl;

/// The time zones that the browser knows, by their IANA names; empty in one that does not tell.
pub fn time_zones() -> Vec<String> {
    let names = intl::supported_values_of("timeZone").unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).collect()
}
