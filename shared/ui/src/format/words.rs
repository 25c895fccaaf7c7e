//! Words in the order of an alphabet.

use std::cmp::Ordering;

use js_sys::{Array, JsString, Object};

use crate::settings::current_locale;

/// Which of two words comes first for the reader: by code points `Öl` would come after `Zebra`.
pub fn compare_words(one: &str, other: &str) -> Ordering {
    let languages = current_locale().map_or_else(Array::new, |locale| Array::of1(&locale.into()));
    JsString::from(one).locale_compare(other, &languages, &Object::new()).cmp(&0)
}
