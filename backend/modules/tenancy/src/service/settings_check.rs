//! What a person typed into the settings, checked without a database.

use std::str::FromStr;

use orion_framework::module::SettingInfo;
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_framework::zone::Zone;
use orion_i18n::Locale;
use orion_types::Currency;
use orion_types::number;
use orion_types::store::{Theme, UpdateStoreSettings};
use orion_types::validation::{self, FieldError, MAX_PRICE_RATE, PRICE_RATE_DECIMALS};

use super::origins;
use crate::theme;

/// The longest line of text on the home page, in characters.
const MAX_LINE: usize = 200;
/// The longest paragraph of text on the home page, in characters.
const MAX_TEXT: usize = 4_000;
/// The longest legal text, in characters.
const MAX_LEGAL: usize = 40_000;
/// The texts that a store keeps in its settings.
pub(crate) static SETTINGS: &[SettingInfo] = &[
    text("store.tagline", "The line below the shop's name", MAX_LINE),
    text("store.hero_title", "The heading of the home page", MAX_LINE),
    text("store.brand_title", "The heading of the shop's story", MAX_LINE),
    text("store.shipping_hint", "When things arrive", MAX_LINE),
    text("store.hero_text", "The text below the heading of the home page", MAX_TEXT),
    text("store.brand_text", "The shop's story", MAX_TEXT),
    text("store.imprint", "Who runs the shop", MAX_LEGAL),
    text("store.terms", "On which terms it sells", MAX_LEGAL),
];

const fn text(key: &'static str, title: &'static str, most: usize) -> SettingInfo {
    SettingInfo {
        key,
        title,
        kind: "string",
        max_length: Some(most),
    }
}

/// A change of the settings in the shape that is stored; `None` stays.
#[derive(Debug, Default)]
pub(crate) struct CheckedSettings {
    pub(crate) name: Option<String>,
    pub(crate) contact_email: Option<String>,
    pub(crate) currency: Option<Currency>,
    /// In units of its tenth decimal.
    pub(crate) price_rate: Option<i64>,
    pub(crate) prices_include_tax: Option<bool>,
    pub(crate) locale: Option<String>,
    pub(crate) timezone: Option<String>,
    /// Keys of the table `store_settings` with their new values.
    pub(crate) texts: Vec<(&'static str, String)>,
    pub(crate) theme: Option<Theme>,
    pub(crate) allowed_origins: Option<Vec<String>>,
}

/// Checks a change; every wrong field is named.
pub(crate) fn check(change: &UpdateStoreSettings) -> Result<CheckedSettings, ProblemDraft> {
    let UpdateStoreSettings {
        name,
        tagline,
        contact_email,
        currency: code,
        price_rate: rate,
        prices_include_tax,
        locale: language,
        timezone: zone,
        hero_title,
        hero_text,
        brand_title,
        brand_text,
        shipping_hint,
        imprint,
        terms,
        theme: tokens,
        allowed_origins,
    } = change;
    let mut errors = FieldErrors::default();
    let mut texts = Vec::new();
    let lines = [
        ("/tagline", "store.tagline", tagline),
        ("/hero_title", "store.hero_title", hero_title),
        ("/brand_title", "store.brand_title", brand_title),
        ("/shipping_hint", "store.shipping_hint", shipping_hint),
    ];
    for (pointer, key, text) in lines {
        let line = text
            .as_ref()
            .and_then(|text| errors.check(pointer, validation::optional(text, MAX_LINE)));
        texts.extend(line.map(|line| (key, line.unwrap_or_default().to_owned())));
    }
    for (pointer, key, text, most) in [
        ("/hero_text", "store.hero_text", hero_text, MAX_TEXT),
        ("/brand_text", "store.brand_text", brand_text, MAX_TEXT),
        ("/imprint", "store.imprint", imprint, MAX_LEGAL),
        ("/terms", "store.terms", terms, MAX_LEGAL),
    ] {
        let text = text.as_ref().and_then(|text| errors.check(pointer, paragraph(text, most)));
        texts.extend(text.map(|text| (key, text)));
    }
    let checked = CheckedSettings {
        name: name
            .as_ref()
            .and_then(|name| errors.check("/name", validation::name(name)).map(str::to_owned)),
        contact_email: contact_email
            .as_ref()
            .and_then(|email| errors.check("/contact_email", contact(email))),
        currency: code.as_ref().and_then(|code| currency("/currency", code, &mut errors)),
        price_rate: rate.as_ref().and_then(|rate| price_rate("/price_rate", rate, &mut errors)),
        prices_include_tax: *prices_include_tax,
        locale: language.as_ref().and_then(|language| locale("/locale", language, &mut errors)),
        timezone: zone.as_ref().and_then(|zone| timezone("/timezone", zone, &mut errors)),
        texts,
        theme: tokens.as_ref().map(|tokens| theme::check(tokens, &mut errors)),
        allowed_origins: allowed_origins.as_ref().map(|list| origins::check(list, &mut errors)),
    };
    errors.into_result().map(|()| checked)
}

/// An address to write to, or none.
fn contact(text: &str) -> Result<String, FieldError> {
    if text.trim().is_empty() {
        Ok(String::new())
    } else {
        validation::email(text)
    }
}

/// Plain text of some paragraphs.
fn paragraph(text: &str, most: usize) -> Result<String, FieldError> {
    let text = validation::description(text)?;
    if text.chars().nth(most).is_some() {
        return Err(FieldError::TooLong { max: most });
    }
    Ok(text.to_owned())
}

/// The code of a store: a label that is not reserved, whose hyphens stand alone, since it is part of addresses in path mode too.
pub(crate) fn store_code(text: &str) -> Result<String, FieldError> {
    let code = validation::subdomain(text)?;
    if code.contains("--") {
        Err(FieldError::InvalidSubdomain)
    } else {
        Ok(code)
    }
}

/// A currency that a store may choose now.
pub(crate) fn currency(pointer: &str, text: &str, errors: &mut FieldErrors) -> Option<Currency> {
    let currency = Currency::from_str(text.trim().to_ascii_uppercase().as_str())
        .ok()
        .filter(|currency| !currency.is_withdrawn());
    if currency.is_none() {
        errors.add(pointer, "invalid_currency", "is not an ISO 4217 currency in use");
    }
    currency
}

/// A rate between two currencies.
fn price_rate(pointer: &str, text: &str, errors: &mut FieldErrors) -> Option<i64> {
    match number::decimal(text, PRICE_RATE_DECIMALS) {
        Ok(rate) if (1..=MAX_PRICE_RATE).contains(&rate) => Some(rate),
        Ok(_) => {
            errors.add(pointer, "out_of_range", "must be more than nothing and at most 1,000,000");
            None
        }
        Err(error) => {
            errors.add(pointer, error.code(), error.to_string());
            None
        }
    }
}

/// A language of ours.
pub(crate) fn locale(pointer: &str, text: &str, errors: &mut FieldErrors) -> Option<String> {
    let codes: Vec<&str> = Locale::ALL.iter().map(|locale| locale.code()).collect();
    let known = codes.contains(&text);
    if !known {
        errors.add(pointer, "invalid_locale", format!("must be one of {}", codes.join(", ")));
    }
    known.then(|| text.to_owned())
}

/// A time zone of the IANA database, by its name of today.
pub(crate) fn timezone(pointer: &str, text: &str, errors: &mut FieldErrors) -> Option<String> {
    let zone = Zone::named(text);
    if zone.is_none() {
        errors.add(pointer, "invalid_timezone", "is not a time zone such as Europe/Berlin");
    }
    zone.map(|zone| zone.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: &UpdateStoreSettings) -> Vec<String> {
        let errors = check(change).err().map(|draft| draft.errors).unwrap_or_default();
        errors
            .into_iter()
            .map(|error| format!("{} {}", error.pointer, error.code))
            .collect()
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let change = UpdateStoreSettings {
            name: Some("  ".to_owned()),
            currency: Some("EURO".to_owned()),
            locale: Some("xx".to_owned()),
            timezone: Some("Mars/Olympus".to_owned()),
            contact_email: Some("nobody".to_owned()),
            tagline: Some("x".repeat(201)),
            hero_text: Some("x".repeat(4_001)),
            ..UpdateStoreSettings::default()
        };
        let expected = [
            "/tagline too_long",
            "/hero_text too_long",
            "/name required",
            "/contact_email invalid_email",
            "/currency invalid_currency",
            "/locale invalid_locale",
            "/timezone invalid_timezone",
        ];
        assert_eq!(refused(&change), expected);
    }

    #[test]
    fn what_is_absent_stays_and_what_is_empty_is_cleared() {
        let change = UpdateStoreSettings {
            tagline: Some(" ".to_owned()),
            contact_email: Some(String::new()),
            ..UpdateStoreSettings::default()
        };
        let checked = check(&change).unwrap();
        assert_eq!(checked.texts, [("store.tagline", String::new())]);
        assert_eq!(checked.contact_email.as_deref(), Some(""));
        assert!(checked.name.is_none() && checked.theme.is_none());
    }

    #[test]
    fn the_declared_keys_are_those_that_are_kept() {
        let text = || Some("Hello".to_owned());
        let change = UpdateStoreSettings {
            tagline: text(),
            hero_title: text(),
            hero_text: text(),
            brand_title: text(),
            brand_text: text(),
            shipping_hint: text(),
            imprint: text(),
            terms: text(),
            ..UpdateStoreSettings::default()
        };
        let kept: Vec<&str> = check(&change).unwrap().texts.into_iter().map(|(key, _)| key).collect();
        let declared: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        assert_eq!(kept, declared);
    }

    #[test]
    fn a_withdrawn_currency_is_no_choice() {
        let mut errors = FieldErrors::default();
        assert_eq!(currency("/currency", "jpy", &mut errors), Some(Currency::JPY));
        assert!(currency("/currency", "DEM", &mut errors).is_none());
        assert!(currency("/currency", "XAU", &mut errors).is_none());
    }

    #[test]
    fn a_code_is_a_label_with_single_hyphens() {
        assert_eq!(store_code(" Acme-2 ").as_deref(), Ok("acme-2"));
        assert_eq!(store_code("a--b"), Err(FieldError::InvalidSubdomain));
        assert_eq!(store_code("admin"), Err(FieldError::Reserved));
    }
}
