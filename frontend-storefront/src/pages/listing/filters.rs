//! What narrows a listing, as it stands in the address.

use orion_types::choices;

/// Values of options that are chosen: pairs of name and value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options(Vec<(String, String)>);

impl Options {
    /// Reads `Size:M|Size:L|Colour:Blue`.
    pub fn parse(text: &str) -> Self {
        Self(choices::read(text).unwrap_or_default())
    }

    /// Whether a value is chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && v == value)
    }

    /// With a value chosen that was not, or the other way round.
    pub fn toggled(&self, name: &str, value: &str) -> Self {
        let mut pairs = self.0.clone();
        if self.has(name, value) {
            pairs.retain(|(n, v)| n != name || v != value);
        } else {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        Self(pairs)
    }

    /// The chosen pairs.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl std::fmt::Display for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&choices::write(self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))))
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn a_value_is_chosen_and_left_again() {
        let chosen = Options::parse("Size:M|Colour:Blue");
        assert!(chosen.has("Size", "M") && !chosen.has("Size", "Blue"));
        assert_eq!(chosen.toggled("Size", "L").to_string(), "Size:M|Colour:Blue|Size:L");
        assert_eq!(chosen.toggled("Size", "M").to_string(), "Colour:Blue");
        assert_eq!(Options::parse("").to_string(), "");
        let odd = Options::default().toggled("Ratio 1:2", "3|4");
        assert!(Options::parse(&odd.to_string()).has("Ratio 1:2", "3|4"));
    }
}
