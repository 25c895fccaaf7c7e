/// The cookie that remembers the language a reader has chosen.
pub const LANGUAGE_COOKIE: &str = "orion_lang";

/// A language of the shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// German.
    De,
}

impl Locale {
    /// Every language, in the order the footer lists them.
    pub const ALL: &'static [Self] = &[Self::En, Self::Fr, Self::De];

    /// The code in `lang` attributes, addresses and the store's settings.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::De => "de",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::De => "Deutsch",
        }
    }

    /// The language of a code such as `de` or `de-CH`.
    pub fn parse(code: &str) -> Option<Self> {
        let language = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .iter()
            .copied()
            .find(|locale| language.eq_ignore_ascii_case(locale.code()))
    }

    /// The language of a page: what its address asks for, else what the reader chose before, else the store's own.
    pub fn of_page(address: Option<&str>, cookie: Option<&str>, store: &str) -> Self {
        address
            .and_then(Self::parse)
            .or_else(|| cookie.and_then(Self::parse))
            .or_else(|| Self::parse(store))
            .unwrap_or_default()
    }

    /// Whether a count takes the singular.
    pub const fn is_singular(self, count: i64) -> bool {
        match self {
            Self::En | Self::De => count == 1,
            Self::Fr => count == 0 || count == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_beats_the_cookie_and_the_cookie_the_store() {
        assert_eq!(Locale::of_page(Some("fr"), Some("de"), "en"), Locale::Fr);
        assert_eq!(Locale::of_page(Some("xx"), Some("de-CH"), "en"), Locale::De);
        assert_eq!(Locale::of_page(None, None, "fr"), Locale::Fr);
        assert_eq!(Locale::of_page(None, None, "ja"), Locale::En);
    }

    #[test]
    fn french_counts_nothing_as_one() {
        assert!(Locale::Fr.is_singular(0) && !Locale::De.is_singular(0) && Locale::En.is_singular(1));
    }
}
