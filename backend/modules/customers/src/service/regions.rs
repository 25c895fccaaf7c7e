//! States, provinces and prefectures: where an address needs one, and how the post writes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use orion_types::customer::{CountryRegions, Region};
use orion_types::validation::{self, FieldError};

/// A line for each country whose addresses name a region; `scripts/address-regions` writes it from Google's address metadata.
const TABLE: &str = include_str!("../regions.tsv");

static COUNTRIES: LazyLock<BTreeMap<&'static str, Country>> = LazyLock::new(|| TABLE.lines().filter_map(Country::read).collect());

/// Why a region was refused.
#[derive(Debug, PartialEq, Eq)]
pub enum RegionError {
    /// As text.
    Field(FieldError),
    /// None of the country's.
    Unknown,
}

struct Country {
    needed: bool,
    known: Vec<Known>,
}

/// A region by all of its names.
struct Known {
    /// What the post writes.
    key: &'static str,
    iso: &'static str,
    name: &'static str,
    /// In Latin letters.
    latin: &'static str,
}

impl Country {
    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let (code, rest) = line.split_once('\t')?;
        let (needed, regions) = rest.split_once('\t')?;
        let country = Self {
            needed: needed == "required",
            known: regions.split('~').filter(|region| !region.is_empty()).map(Known::read).collect(),
        };
        Some((code, country))
    }
}

impl Known {
    fn read(fields: &'static str) -> Self {
        let mut fields = fields.split('|');
        let mut next = || fields.next().unwrap_or_default();
        Self {
            key: next(),
            iso: next(),
            name: next(),
            latin: next(),
        }
    }

    fn is_called(&self, text: &str) -> bool {
        let folded = folded(text);
        [self.key, self.iso, self.name, self.latin]
            .into_iter()
            .filter(|name| !name.is_empty())
            .any(|name| self::folded(name) == folded || is_short_for(text, name))
    }

    /// In Latin letters, unless it was asked for in others.
    fn written(&self, latin: bool) -> &'static str {
        match (latin, self.latin) {
            (true, latin) if !is_latin(self.key) && !latin.is_empty() => latin,
            _ => self.key,
        }
    }
}

/// Whether a country's addresses need a region, and those that are known; no regions for a country whose addresses name none.
///
/// # Errors
/// When there is no such country.
pub fn regions_of(country: &str) -> Result<CountryRegions, FieldError> {
    let code = validation::country_code(country)?;
    let known = COUNTRIES.get(code);
    let region = |region: &Known| {
        let code = region.written(true);
        let name = [region.name, region.latin]
            .into_iter()
            .find(|name| !name.is_empty() && is_latin(name));
        Region {
            code: code.to_owned(),
            name: name.unwrap_or(code).to_owned(),
        }
    };
    Ok(CountryRegions {
        named: known.is_some(),
        needed: known.is_some_and(|known| known.needed),
        regions: known.map(|known| known.known.iter().map(region).collect()).unwrap_or_default(),
    })
}

/// A region as the post of a country writes it: `CA` for California. Where the country needs one it has to be one of its own, if these are
/// known; everywhere else an unknown text is kept, since nothing says that it is wrong.
///
/// # Errors
/// When it is missing, unknown or no text.
pub fn checked_region(text: &str, country: &str) -> Result<String, RegionError> {
    let text = validation::optional(text, validation::MAX_NAME_LENGTH).map_err(RegionError::Field)?;
    let known = COUNTRIES.get(country);
    let needed = known.is_some_and(|known| known.needed);
    let Some(text) = text else {
        return if needed {
            Err(RegionError::Field(FieldError::Required))
        } else {
            Ok(String::new())
        };
    };
    let regions = known.map(|known| known.known.as_slice()).unwrap_or_default();
    match regions.iter().find(|region| region.is_called(text)) {
        Some(region) => Ok(region.written(is_latin(text)).to_owned()),
        None if needed && !regions.is_empty() => Err(RegionError::Unknown),
        None => Ok(text.to_owned()),
    }
}

/// Letters behind these are none of Europe's alphabets.
fn is_latin(text: &str) -> bool {
    text.chars()
        .all(|letter| letter < '\u{370}' || ('\u{1e00}'..'\u{1f00}').contains(&letter) || ('\u{2010}'..'\u{2020}').contains(&letter))
}

/// Without accents, signs and case.
fn folded(text: &str) -> String {
    if !is_latin(text) {
        return text.to_lowercase();
    }
    deunicode::deunicode(text)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// 東京 for 東京都: the last sign says "prefecture", "province" or "city".
fn is_short_for(text: &str, name: &str) -> bool {
    !is_latin(text) && text.chars().count() > 1 && name.strip_prefix(text).is_some_and(|rest| rest.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, country: &str) -> String {
        checked_region(text, country).unwrap_or_else(|error| panic!("{text} in {country}: {error:?}"))
    }

    #[test]
    fn a_region_is_written_as_the_post_of_its_country_does() {
        for (country, text, expected) in [
            ("US", "ca", "CA"),
            ("US", "California", "CA"),
            ("CA", "Quebec", "QC"),
            ("JP", "13", "Tokyo"),
            ("JP", "Tokyo", "Tokyo"),
            ("JP", "東京", "東京都"),
            ("ES", "alava", "VI"),
            ("BR", "São Paulo", "SP"),
            ("IT", "Roma", "RM"),
            ("MX", "Jalisco", "Jal."),
            ("HN", "Cortés", "Cortés"),
            ("DE", "Bayern", "Bayern"),
            ("TR", "İstanbul", "İstanbul"),
            ("DE", "", ""),
            ("TR", "", ""),
        ] {
            assert_eq!(written(text, country), expected, "{text} in {country}");
        }
    }

    #[test]
    fn where_one_is_needed_it_has_to_be_one_of_the_country() {
        assert_eq!(checked_region("Bavaria", "US"), Err(RegionError::Unknown));
        assert_eq!(checked_region("x", "AU"), Err(RegionError::Unknown));
        for country in ["US", "CR", "HN", "IQ", "JM", "KN", "KY", "NR", "PF", "PG", "SO", "SV"] {
            assert_eq!(
                checked_region(" ", country),
                Err(RegionError::Field(FieldError::Required)),
                "{country}"
            );
        }
    }

    #[test]
    fn every_known_region_can_be_chosen_and_none_is_told_twice() {
        for (country, known) in COUNTRIES.iter() {
            let told = regions_of(country).expect("a country");
            assert_eq!((told.named, told.needed), (true, known.needed), "{country}");
            let mut codes: Vec<&str> = told.regions.iter().map(|region| region.code.as_str()).collect();
            for code in &codes {
                assert_eq!(written(code, country), *code, "{country}");
            }
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), known.known.len(), "{country}");
        }
        assert!(COUNTRIES.len() > 70);
    }

    #[test]
    fn a_country_without_regions_says_so() {
        let none = regions_of("de").expect("a country");
        assert!(!none.named && !none.needed && none.regions.is_empty());
        assert!(regions_of("XX").is_err());
    }
}
