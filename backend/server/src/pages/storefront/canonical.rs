//! The address of a page that counts, in each language.

use std::fmt::Write;

use orion_i18n::Locale;

use super::Visit;
use super::route::PAGES;
use crate::pages::shell::escape;

/// A page's addresses: the plain one speaks the shop's own language, every other language has one of its own. Each is canonical for
/// itself, so that what one page says of the others is what they say of themselves.
pub struct Canonical {
    path: String,
    /// The cursors of the pages that were turned.
    turned: Option<String>,
    own: Locale,
    asked: Option<Locale>,
}

impl Canonical {
    /// The addresses of the page that a visit shows.
    pub fn of(visit: &Visit, origin: &str) -> Self {
        Self {
            path: format!("{origin}{}", visit.address.path()),
            turned: visit.query.get(PAGES).map(str::to_owned),
            own: Locale::parse(&visit.store.locale).unwrap_or_default(),
            asked: visit.query.get("lang").and_then(Locale::parse),
        }
    }

    /// That of the page itself.
    pub fn here(&self) -> String {
        self.in_language(self.asked)
    }

    fn in_language(&self, locale: Option<Locale>) -> String {
        let lang = locale.filter(|locale| *locale != self.own).map(Locale::code);
        let pairs: Vec<(&str, &str)> = [("lang", lang), (PAGES, self.turned.as_deref())]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        if pairs.is_empty() {
            return self.path.clone();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("{}?{query}", self.path)
    }

    /// The elements that say so.
    pub fn links(&self, head: &mut String) {
        let mut link = |rel: &str, address: String| {
            let _written = write!(head, "<link rel={rel} href=\"{}\">", escape(&address));
        };
        link("\"canonical\"", self.here());
        for locale in Locale::ALL {
            link(
                &format!("\"alternate\" hreflang=\"{}\"", locale.code()),
                self.in_language(Some(*locale)),
            );
        }
        link("\"alternate\" hreflang=\"x-default\"", self.in_language(None));
    }
}
