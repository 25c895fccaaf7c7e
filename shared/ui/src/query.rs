//! List state in the URL, so that a list can be reloaded, shared and gone back to.

use leptos::{prelude::*, reactive::graph::Observer};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::settings::{app_href, app_path};

/// Cursors: they belong to one order of one list and mean nothing once a filter changes.
const CURSORS: [&str; 2] = ["after", "before"];

type Changes = Vec<(String, Option<String>)>;
type Changer = Callback<Changes>;

/// One parameter of the address bar.
#[derive(Clone, Copy)]
pub struct QueryParam {
    key: &'static str,
    value: Memo<Option<String>>,
    change: Changer,
}

impl QueryParam {
    /// The value, empty when absent; followed in reactive closures.
    pub fn get(self) -> String {
        self.get_opt().unwrap_or_default()
    }

    /// The value, `None` when absent; followed in reactive closures.
    pub fn get_opt(self) -> Option<String> {
        if Observer::get().is_some() {
            self.value.get()
        } else {
            self.value.get_untracked()
        }
    }

    /// The value as a signal, for props.
    pub fn signal(self) -> Signal<String> {
        Signal::derive(move || self.value.get().unwrap_or_default())
    }

    /// Sets the value (an empty one removes the parameter) and goes back to the list's first page.
    pub fn set(self, value: impl Into<String>) {
        let value = Some(value.into()).filter(|value| !value.is_empty());
        let mut changes = vec![(self.key.to_owned(), value)];
        changes.extend(
            CURSORS
                .iter()
                .filter(|cursor| **cursor != self.key)
                .map(|cursor| ((*cursor).to_owned(), None)),
        );
        self.change.run(changes);
    }

    /// Removes the parameter.
    pub fn clear(self) {
        self.set("");
    }
}

/// A parameter of the current page's query; changing it replaces the history entry.
pub fn use_query_param(key: &'static str) -> QueryParam {
    let search = use_location().search;
    let value = Memo::new(move |_| {
        let search = search.get();
        let value = pairs(&search).find(|(name, _)| *name == key).map(|(_, value)| unescape(value));
        value.filter(|value| !value.is_empty())
    });
    QueryParam {
        key,
        value,
        change: changer(true),
    }
}

/// Changes several parameters in one navigation, replacing the history entry; `None` removes one.
pub fn use_set_query() -> impl Fn(&[(&str, Option<&str>)]) + Copy + Send + Sync + 'static {
    let change = changer(true);
    move |changes| change.run(owned(changes))
}

/// Like [`use_set_query`], but the browser's back button undoes the change.
pub fn use_push_query() -> impl Fn(&[(&str, Option<&str>)]) + Copy + Send + Sync + 'static {
    let change = changer(false);
    move |changes| change.run(owned(changes))
}

/// The current page's path inside the app with some parameters changed, for links that keep the rest of the list's state.
pub fn use_query_href() -> impl Fn(&[(&str, Option<&str>)]) -> String + Clone + Send + Sync + 'static {
    let location = use_location();
    move |changes| {
        let query = location.search.with(|search| changed(search, owned(changes)));
        format!("{}{query}", app_path(&location.pathname.get()))
    }
}

/// Goes to a path inside the app.
pub fn use_go() -> impl Fn(&str) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |path| {
        navigate(
            &app_href(path),
            NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            },
        )
    }
}

fn changer(replace: bool) -> Changer {
    let navigate = use_navigate();
    Callback::new(move |changes: Changes| {
        // From the address bar and not from the router's signal: two changes in one handler must not undo each other.
        let location = window().location();
        let (Ok(path), Ok(search)) = (location.pathname(), location.search()) else {
            return;
        };
        let options = NavigateOptions {
            resolve: false,
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&format!("{path}{}", changed(&search, changes)), options);
    })
}

fn owned(changes: &[(&str, Option<&str>)]) -> Changes {
    changes
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.map(str::to_owned)))
        .collect()
}

// Pairs are kept as they are written, so that a parameter we do not know survives a change of one we know.
fn pairs(search: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn changed(search: &str, changes: Changes) -> String {
    let is_changed = |key: &str| changes.iter().any(|(changed, _)| changed == key);
    let kept = pairs(search)
        .filter(|(key, _)| !is_changed(key))
        .map(|(key, value)| format!("{key}={value}"));
    let set = changes.iter().filter_map(|(key, value)| {
        let value = value.as_deref().filter(|value| !value.is_empty())?;
        Some(format!("{key}={}", escape(value)))
    });
    let query = kept.chain(set).collect::<Vec<_>>().join("&");
    if query.is_empty() { query } else { format!("?{query}") }
}

fn escape(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn unescape(text: &str) -> String {
    let text = text.replace('+', " ");
    js_sys::decode_uri_component(&text).map_or(text, String::from)
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn a_removed_parameter_leaves_the_others_as_they_were_written() {
        let changes = vec![("after".to_owned(), None), ("q".to_owned(), Some(String::new()))];
        assert_eq!(changed("?q=mug&status=active%20now&after=abc", changes), "?status=active%20now");
        assert_eq!(changed("", Vec::new()), "");
    }
}
