//! The part of `Intl` the kit uses. Building a formatter costs far more than using one, so each is built once.

use std::cell::RefCell;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::settings::current_locale;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    #[derive(Clone)]
    pub(super) type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "NumberFormat")]
    fn new(locales: &JsValue, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn format(this: &NumberFormat, value: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    #[derive(Clone)]
    pub(super) type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locales: &JsValue, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn format(this: &DateTimeFormat, milliseconds: f64) -> Result<String, JsValue>;

    #[wasm_bindgen(js_namespace = Intl, js_name = RelativeTimeFormat)]
    #[derive(Clone)]
    pub(super) type RelativeTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "RelativeTimeFormat")]
    fn new(locales: &JsValue, options: &JsValue) -> Result<RelativeTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn format(this: &RelativeTimeFormat, value: f64, unit: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = DisplayNames)]
    #[derive(Clone)]
    pub(super) type DisplayNames;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "DisplayNames")]
    fn new(locales: &JsValue, options: &JsValue) -> Result<DisplayNames, JsValue>;
    // Throws for a text that is not even shaped like a code, such as an empty one.
    #[wasm_bindgen(method, catch)]
    pub(super) fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// One option of a formatter.
#[derive(Clone, Copy)]
pub(super) enum Setting<'a> {
    Text(&'static str, &'a str),
    Digits(&'static str, u32),
}

fn options(settings: &[Setting<'_>]) -> JsValue {
    let object = Object::new();
    for setting in settings {
        let (name, value) = match *setting {
            Setting::Text(name, value) => (name, JsValue::from_str(value)),
            Setting::Digits(name, digits) => (name, JsValue::from_f64(f64::from(digits))),
        };
        // Setting a property on a fresh object cannot fail.
        Reflect::set(&object, &JsValue::from_str(name), &value).ok();
    }
    object.into()
}

type Formatters<F> = RefCell<Vec<(String, Option<F>)>>;

thread_local! {
    static NUMBERS: Formatters<NumberFormat> = const { RefCell::new(Vec::new()) };
    static DATES: Formatters<DateTimeFormat> = const { RefCell::new(Vec::new()) };
    static RELATIVE: Formatters<RelativeTimeFormat> = const { RefCell::new(Vec::new()) };
    static REGIONS: Formatters<DisplayNames> = const { RefCell::new(Vec::new()) };
}

fn cached<F: Clone>(
    formatters: &Formatters<F>,
    name: &str,
    locale: Option<&str>,
    build: impl Fn(&JsValue) -> Result<F, JsValue>,
) -> Option<F> {
    let locale = locale.map(str::to_owned).or_else(current_locale);
    let key = format!("{}|{name}", locale.as_deref().unwrap_or_default());
    let known = formatters
        .borrow()
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, formatter)| formatter.clone());
    known.unwrap_or_else(|| {
        let tag = locale.map_or(JsValue::UNDEFINED, |tag| JsValue::from_str(&tag));
        // A tag the browser does not know is a reason to fall back to its own, not to show nothing.
        let formatter = build(&tag).or_else(|_| build(&JsValue::UNDEFINED)).ok();
        formatters.borrow_mut().push((key, formatter.clone()));
        formatter
    })
}

/// A number formatter; `name` is its key in the cache and names the settings. `None` when the browser refuses the settings.
pub(super) fn numbers(name: &str, locale: Option<&str>, settings: &[Setting<'_>]) -> Option<NumberFormat> {
    NUMBERS.with(|cache| cached(cache, name, locale, |tag| NumberFormat::new(tag, &options(settings))))
}

pub(super) fn dates(name: &str, locale: Option<&str>, settings: &[Setting<'_>]) -> Option<DateTimeFormat> {
    DATES.with(|cache| cached(cache, name, locale, |tag| DateTimeFormat::new(tag, &options(settings))))
}

pub(super) fn relative(locale: Option<&str>) -> Option<RelativeTimeFormat> {
    let settings = [Setting::Text("numeric", "auto")];
    RELATIVE.with(|cache| cached(cache, "", locale, |tag| RelativeTimeFormat::new(tag, &options(&settings))))
}

pub(super) fn regions(locale: Option<&str>) -> Option<DisplayNames> {
    let settings = [Setting::Text("type", "region")];
    REGIONS.with(|cache| cached(cache, "", locale, |tag| DisplayNames::new(tag, &options(&settings))))
}
