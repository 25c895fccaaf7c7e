//! The shape of the table.

/// Declares the sentences: the name, then English, French and German.
macro_rules! texts {
    ($($name:ident: $en:literal, $fr:literal, $de:literal;)+) => {
        /// A sentence of the shop.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Text {
            $(#[doc = $en] $name,)+
        }

        impl Text {
            /// Every sentence.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The sentence in a language, with its `{placeholders}`.
            pub const fn words(self, locale: $crate::Locale) -> &'static str {
                match locale {
                    $crate::Locale::En => match self { $(Self::$name => $en,)+ },
                    $crate::Locale::Fr => match self { $(Self::$name => $fr,)+ },
                    $crate::Locale::De => match self { $(Self::$name => $de,)+ },
                }
            }

            /// The name by which a template asks for it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The sentence with a name.
            pub fn by_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|text| text.name() == name)
            }
        }
    };
}

pub(crate) use texts;
