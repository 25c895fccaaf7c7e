//! Addresses as the post of each country wants them on a parcel.

use crate::customer::Address;

/// Formats with their countries, `latin` behind those for addresses in Latin letters; `scripts/address-formats` writes it.
const TABLE: &str = include_str!("address_formats.tsv");

/// The order for a country that nobody knows: the street above the city.
const USUAL: &str = "%N%n%A%n%Z %C%n%S";

/// The lines of an address, its country last; `country` is that country's name. Whatever was given is on one of them.
pub fn address_lines(address: &Address, country: &str) -> Vec<String> {
    let fields = Fields::of(address);
    let format = format_of(address);
    let mut lines: Vec<String> = format.split("%n").flat_map(|line| fields.written(line)).collect();
    // What the country's post has no place for is not lost.
    let rest = ["%S", "%Z"].into_iter().filter(|field| !format.contains(field));
    lines.extend(rest.flat_map(|field| fields.written(field)));
    lines.extend(Some(country.to_owned()).filter(|country| !country.trim().is_empty()));
    lines
}

fn format_of(address: &Address) -> &'static str {
    let latin = is_latin(&address.line1) && is_latin(&address.city);
    let rows = || TABLE.lines().filter_map(|line| line.split_once('\t'));
    let found = |wanted: &str| {
        rows().find_map(|(format, rest)| {
            let (countries, kind) = rest.split_once('\t')?;
            (kind == wanted && countries.split(' ').any(|code| code == address.country)).then_some(format)
        })
    };
    let own = || found("").unwrap_or(USUAL);
    if latin { found("latin").unwrap_or_else(own) } else { own() }
}

/// Chinese, Japanese and Korean signs begin behind these; where they are written, the largest comes first.
fn is_latin(text: &str) -> bool {
    text.chars().all(|letter| letter < '\u{2e80}')
}

struct Fields<'a> {
    name: &'a str,
    street: [&'a str; 2],
    city: &'a str,
    region: &'a str,
    code: &'a str,
}

impl<'a> Fields<'a> {
    fn of(address: &'a Address) -> Self {
        Self {
            name: address.name.trim(),
            street: [address.line1.trim(), address.line2.trim()],
            city: address.city.trim(),
            region: address.region.trim(),
            code: address.postal_code.trim(),
        }
    }

    fn field(&self, letter: char) -> String {
        match letter {
            'N' => self.name.to_owned(),
            'A' => self
                .street
                .into_iter()
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            'C' => self.city.to_owned(),
            'S' => self.region.to_owned(),
            'Z' => self.code.to_owned(),
            _ => String::new(),
        }
    }

    /// A line of a format with its fields; what stands between two of them goes with the second, and a line without any is none. The street is
    /// two lines where it stands alone.
    fn written(&self, line: &str) -> Vec<String> {
        if line == "%A" {
            return self.street.into_iter().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        }
        if !line.contains('%') {
            return vec![line.to_owned()];
        }
        let mut written = String::new();
        let mut pieces = line.split('%');
        let mut between = pieces.next().unwrap_or_default();
        for piece in pieces {
            let mut letters = piece.chars();
            let value = letters.next().map(|letter| self.field(letter)).unwrap_or_default();
            // A sign before the first field belongs to it, one between two fields to both.
            let first = written.is_empty() && !line.starts_with(between);
            if !value.is_empty() {
                written.push_str(if first { "" } else { between });
                written.push_str(&value);
            }
            between = letters.as_str();
        }
        Some(written).filter(|written| !written.is_empty()).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::COUNTRY_CODES;

    fn address(country: &str, city: &str, region: &str, code: &str) -> Address {
        let text = |text: &str| text.to_owned();
        Address {
            name: text("Ada"),
            line1: text("Street 1"),
            line2: text("Floor 2"),
            city: text(city),
            region: text(region),
            postal_code: text(code),
            country: text(country),
            phone: String::new(),
        }
    }

    fn printed(address: &Address, country: &str) -> String {
        address_lines(address, country).join("|")
    }

    #[test]
    fn each_country_has_its_own_order() {
        for (country, city, region, code, lines) in [
            ("US", "San Francisco", "CA", "94103", "San Francisco, CA 94103"),
            ("US", "San Francisco", "CA", "", "San Francisco, CA"),
            ("US", "San Francisco", "", "94103", "San Francisco 94103"),
            ("GB", "London", "", "SW1A 1AA", "London|SW1A 1AA"),
            ("BR", "Rio de Janeiro", "RJ", "22021-001", "Rio de Janeiro-RJ|22021-001"),
            ("DE", "Berlin", "", "10115", "10115 Berlin"),
            ("CH", "Zürich", "", "8001", "CH-8001 Zürich"),
            ("SE", "Stockholm", "", "114 55", "SE-114 55 Stockholm"),
            ("LU", "Luxembourg", "", "", "Luxembourg"),
            ("AX", "Mariehamn", "", "22100", "AX-22100 Mariehamn|ÅLAND"),
            ("JP", "Chiyoda-ku", "Tokyo", "100-0001", "100-0001"),
        ] {
            let printed = printed(&address(country, city, region, code), "Land");
            assert!(printed.ends_with(&format!("{lines}|Land")), "{printed}");
        }
        assert_eq!(
            printed(&address("HU", "Budapest", "", "1054"), "Hungary"),
            "Ada|Budapest|Street 1|Floor 2|1054|Hungary"
        );
    }

    #[test]
    fn the_largest_comes_first_in_chinese_and_japanese_letters() {
        let tokyo = Address {
            name: "山田".to_owned(),
            line1: "千代田1-1".to_owned(),
            line2: String::new(),
            ..address("JP", "千代田区", "東京都", "100-0001")
        };
        assert_eq!(printed(&tokyo, "日本"), "〒100-0001|東京都千代田区|千代田1-1|山田|日本");
        assert_eq!(
            printed(&address("JP", "Chiyoda-ku", "Tokyo", "100-0001"), "Japan"),
            "Ada|Street 1, Floor 2, Chiyoda-ku, Tokyo|100-0001|Japan"
        );
    }

    #[test]
    fn nothing_that_was_given_is_lost_or_said_twice_anywhere() {
        for country in COUNTRY_CODES.into_iter().chain(["ZZ"]) {
            let printed = printed(&address(country, "Citytown", "Regionland", "90210"), "Landname");
            for field in ["Ada", "Street 1", "Floor 2", "Citytown", "Regionland", "90210", "Landname"] {
                assert_eq!(printed.matches(field).count(), 1, "{country}: {field} in {printed}");
            }
        }
    }

    #[test]
    fn an_address_that_is_hardly_one_has_no_empty_lines() {
        let little = Address {
            line2: String::new(),
            ..address("US", "", "", "")
        };
        assert_eq!(printed(&little, ""), "Ada|Street 1");
    }
}
