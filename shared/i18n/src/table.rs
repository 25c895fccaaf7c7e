//! The shape of the table.

/// A sentence of the shop.
///
/// Each stands for itself and not in one table of all: a download keeps only the sentences that its pages name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(&'static [&'static str; 3]);

impl Text {
    pub(crate) const fn new(words: &'static [&'static str; 3]) -> Self {
        Self(words)
    }

    /// The sentence in a language, with its `{placeholders}`.
    pub const fn words(self, locale: crate::Locale) -> &'static str {
        let [en, fr, de] = self.0;
        match locale {
            crate::Locale::En => en,
            crate::Locale::Fr => fr,
            crate::Locale::De => de,
        }
    }

    /// The sentence with a name.
    pub fn by_name(name: &str) -> Option<Self> {
        let (_, text) = Self::ALL.iter().find(|(known, _)| *known == name)?;
        Some(*text)
    }
}

/// Declares the sentences: the name, then English, French and German.
macro_rules! texts {
    ($($name:ident: $en:literal, $fr:literal, $de:literal;)+) => {
        #[expect(non_upper_case_globals, reason = "named as what they are to those who use them, the variants of a type")]
        impl Text {
            $(#[doc = $en] pub const $name: Self = Self::new(&[$en, $fr, $de]);)+

            /// Every sentence, by the name under which a template asks for it.
            pub const ALL: &'static [(&'static str, Self)] = &[$((stringify!($name), Self::$name),)+];
        }
    };
}

pub(crate) use texts;
