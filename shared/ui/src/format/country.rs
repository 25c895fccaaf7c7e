//! Countries by their names in the reader's language.

use super::intl::regions;

/// The name of a country from its ISO 3166 code: `country_name("LU", Some("fr"))` is `Luxembourg`. A code the browser does not know stays as it is.
pub fn country_name(code: &str, locale: Option<&str>) -> String {
    regions(locale)
        .and_then(|names| names.of(code).ok().flatten())
        .unwrap_or_else(|| code.to_owned())
}
