//! What one app tells the kit: where it is mounted, in which language it speaks, and the kit's own words.

use std::{borrow::Cow, cell::RefCell};

use leptos::{prelude::*, reactive::graph::Observer};

use crate::{overlay::watch_history, text::UiText};

/// The kit's settings for one app; the defaults are English in the browser's locale at the root of the host.
#[derive(Clone, Default)]
pub struct UiSettings {
    /// Path the app is mounted at, without a trailing slash: `""` on its own host, `/store/acme` in path mode.
    pub base_path: String,
    /// BCP 47 tag numbers and dates are written in; `None` is the browser's.
    pub locale: Signal<Option<String>>,
    /// The kit's own words, translated.
    pub text: Signal<UiText>,
}

// One page holds one app, and formatting happens in event handlers too, where no reactive owner is there to ask for a context.
thread_local! {
    static SETTINGS: RefCell<Option<UiSettings>> = const { RefCell::new(None) };
}

/// Gives the kit its settings; call it once, in the root component and before the router is made.
pub fn provide_ui(settings: UiSettings) {
    let before = SETTINGS.with(|cell| cell.replace(Some(settings)));
    if before.is_none() {
        watch_history();
    }
}

fn with_settings<R>(read: impl FnOnce(&UiSettings) -> R) -> Option<R> {
    SETTINGS.with(|cell| cell.borrow().as_ref().map(read))
}

/// The locale numbers and dates are written in, followed when read in a reactive closure; `None` is the browser's.
pub fn current_locale() -> Option<String> {
    let signal = with_settings(|settings| settings.locale)?;
    read_following(signal)
}

/// One of the kit's own words, followed when read in a reactive closure.
pub fn ui_text(pick: fn(&UiText) -> &Cow<'static, str>) -> Cow<'static, str> {
    match with_settings(|settings| settings.text) {
        Some(signal) if Observer::get().is_some() => signal.with(|text| pick(text).clone()),
        Some(signal) => signal.with_untracked(|text| pick(text).clone()),
        None => pick(&UiText::default()).clone(),
    }
}

/// The same word as a signal, for props.
pub(crate) fn text_signal(pick: fn(&UiText) -> &Cow<'static, str>) -> Signal<String> {
    Signal::derive(move || ui_text(pick).into_owned())
}

/// Turns a path inside the app into one for the address bar: puts the base path in front of paths that start with `/`.
pub fn app_href(href: &str) -> String {
    let inside = href.starts_with('/') && !href.starts_with("//");
    if inside {
        with_settings(|settings| join_path(&settings.base_path, href)).unwrap_or_else(|| href.to_owned())
    } else {
        href.to_owned()
    }
}

/// Takes the base path off an address-bar path, so that it compares with paths inside the app.
pub fn app_path(pathname: &str) -> String {
    with_settings(|settings| {
        let rest = pathname.strip_prefix(settings.base_path.as_str()).unwrap_or(pathname);
        if rest.is_empty() { "/".to_owned() } else { rest.to_owned() }
    })
    .unwrap_or_else(|| pathname.to_owned())
}

fn join_path(base: &str, path: &str) -> String {
    if base.is_empty() {
        path.to_owned()
    } else if path == "/" {
        base.to_owned()
    } else {
        format!("{base}{path}")
    }
}

// Reading a signal outside a reactive closure is right in an event handler, and the framework warns about it.
fn read_following<T: Clone + Send + Sync + 'static>(signal: Signal<T>) -> T {
    if Observer::get().is_some() {
        signal.get()
    } else {
        signal.get_untracked()
    }
}

#[cfg(test)]
mod tests {
    use super::join_path;

    #[test]
    fn a_path_inside_the_app_gets_the_base_path_once() {
        assert_eq!(join_path("", "/orders"), "/orders");
        assert_eq!(join_path("/store/acme", "/orders"), "/store/acme/orders");
        assert_eq!(join_path("/store/acme", "/"), "/store/acme");
    }
}
