//! Filters of a list, each with one value, kept in the URL.

use leptos::prelude::*;
use orion_ui::*;

/// One filter: its parameter, its name, its choices.
#[derive(Clone, Copy)]
pub struct Filter {
    key: &'static str,
    label: &'static str,
    param: QueryParam,
    options: Signal<Vec<SelectOption>>,
}

/// A filter by the parameter `key`.
pub fn use_filter(key: &'static str, label: &'static str, options: impl Into<Signal<Vec<SelectOption>>>) -> Filter {
    Filter {
        key,
        label,
        param: use_query_param(key),
        options: options.into(),
    }
}

impl Filter {
    /// The chosen value; followed in reactive closures.
    pub fn value(self) -> Option<String> {
        self.param.get_opt()
    }

    /// The button that opens the choices.
    pub fn menu(self) -> AnyView {
        let Self { label, param, options, .. } = self;
        let selected = Signal::derive(move || param.get_opt().into_iter().collect::<Vec<_>>());
        let choose = move |values: Vec<String>| param.set(values.into_iter().next().unwrap_or_default());
        view! { <FilterMenu label options selected on_change=choose single=true/> }.into_any()
    }

    fn chip(self) -> Option<FilterChip> {
        let value = self.value()?;
        let named = self.options.with(|options| {
            let known = options.iter().find(|option| option.value == value);
            known.map(|option| option.label.clone())
        });
        Some(FilterChip::new(self.key, format!("{}: {}", self.label, named.unwrap_or(value))))
    }
}

/// The filters that are on, each with a way off.
#[component]
pub fn FilterRow(filters: Vec<Filter>) -> impl IntoView {
    let set = use_set_query();
    let keys: Vec<&'static str> = filters.iter().map(|filter| filter.key).collect();
    let chips = Signal::derive(move || filters.iter().filter_map(|filter| filter.chip()).collect::<Vec<_>>());
    let remove = move |key: String| set(&[(key.as_str(), None), ("after", None)]);
    let clear = move |()| clear_all(set, &keys);
    view! { <FilterChips chips on_remove=remove on_clear=clear/> }
}

/// Takes parameters away, and with them the list's place.
pub fn clear_all(set: impl Fn(&[(&str, Option<&str>)]), keys: &[&'static str]) {
    let mut changes: Vec<(&str, Option<&str>)> = keys.iter().map(|key| (*key, None)).collect();
    changes.push(("after", None));
    set(&changes);
}

/// What stands in place of a list that its filters have emptied.
#[component]
pub fn NothingMatches(
    /// That nothing was found, in a sentence.
    text: &'static str,
    /// The parameters to take away.
    keys: Vec<&'static str>,
    /// The search field, to be emptied too.
    search: RwSignal<String>,
) -> impl IntoView {
    let set = use_set_query();
    let clear = move |_| {
        search.set(String::new());
        clear_all(set, &keys);
    };
    view! {
        <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description=text>
            <Button on_click=clear>"Clear filters"</Button>
        </EmptyState>
    }
}
