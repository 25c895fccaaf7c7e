/// The cookie that remembers the language a reader has chosen.
pub const LANGUAGE_COOKIE: &str = "orion_lang";

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Locale {
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
}
