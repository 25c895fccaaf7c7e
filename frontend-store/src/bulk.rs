//! The same done to several records of a list, one after the other.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_app::sentences;
use orion_client::ApiError;
use orion_ui::*;

/// How many failures a toast names; more do not fit.
const NAMED: usize = 3;

/// A record that was chosen: its id, and what the reader calls it.
pub type Chosen = (String, String);

/// The rows that are chosen in a list, and what is being done to them.
#[derive(Clone, Copy)]
pub struct Bulk {
    /// The ids of the chosen rows.
    pub selected: RwSignal<BTreeSet<String>>,
    /// What is known of those on other pages of the list.
    elsewhere: StoredValue<Vec<Chosen>>,
    running: RwSignal<Option<Running>>,
}

#[derive(Clone, Copy, PartialEq)]
struct Running {
    at: usize,
    total: usize,
}

/// Nothing is chosen yet; another page or filter of the list starts anew.
pub fn use_bulk() -> Bulk {
    let bulk = Bulk {
        selected: RwSignal::new(BTreeSet::new()),
        elsewhere: StoredValue::new(Vec::new()),
        running: RwSignal::new(None),
    };
    let search = use_location().search;
    orion_ui::watch(move || {
        search.track();
        bulk.selected.update(BTreeSet::clear);
        bulk.elsewhere.set_value(Vec::new());
    });
    bulk
}

impl Bulk {
    /// Whether something is being done; to be tracked.
    pub fn busy(self) -> Signal<bool> {
        let running = self.running;
        Signal::derive(move || running.get().is_some())
    }

    /// Those that are chosen: of the rows of this page, and of those on others.
    pub fn of<T>(self, rows: &[T], known: impl Fn(&T) -> Chosen) -> Vec<Chosen> {
        let selected = self.selected.get_untracked();
        let here: Vec<Chosen> = rows.iter().map(known).collect();
        let is_here = |id: &String| here.iter().any(|(other, _)| other == id);
        let elsewhere: Vec<Chosen> = self.elsewhere.get_value().into_iter().filter(|(id, _)| !is_here(id)).collect();
        here.into_iter().chain(elsewhere).filter(|(id, _)| selected.contains(id)).collect()
    }

    /// Chooses all that a list has, on whichever page.
    pub fn choose(self, all: Vec<Chosen>) {
        let ids: Vec<String> = all.iter().map(|(id, _)| id.clone()).collect();
        self.elsewhere.set_value(all);
        self.selected.update(|selected| selected.extend(ids));
    }

    /// Calls for each; what worked is no longer chosen. A toast says how many `done` ("products published") and which failed.
    pub fn run<F, T>(self, chosen: Vec<Chosen>, done: &'static str, call: impl Fn(String) -> F + 'static, finished: impl FnOnce() + 'static)
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        if self.running.get_untracked().is_some() || chosen.is_empty() {
            return;
        }
        let Self { selected, running, .. } = self;
        let total = chosen.len();
        running.set(Some(Running { at: 0, total }));
        // Not cancelled with the page: what was begun is finished, and its end is told wherever the reader is.
        leptos::task::spawn_local(async move {
            let mut failed = Vec::new();
            for (at, (id, name)) in chosen.into_iter().enumerate() {
                running.try_set(Some(Running { at: at + 1, total }));
                if let Err(error) = call(id.clone()).await {
                    failed.push(format!("{name}: {}", sentences(&error)));
                } else {
                    selected.try_update(|selected| selected.remove(&id));
                }
            }
            running.try_set(None);
            tell(total, done, &failed);
            finished();
        });
    }
}

fn tell(total: usize, done: &str, failed: &[String]) {
    let toasts = use_toasts();
    let worked = total - failed.len();
    if failed.is_empty() {
        toasts.success(format!("{worked} {done}"));
    } else {
        toasts.error(report(worked, total, done, failed));
    }
}

fn report(worked: usize, total: usize, done: &str, failed: &[String]) -> String {
    let named = failed.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(" · ");
    let more = match failed.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" · and {more} more"),
    };
    format!("{worked} of {total} {done}. Not done: {named}{more}")
}

/// How far it has come, in the bulk bar.
#[component]
pub fn BulkProgress(bulk: Bulk) -> impl IntoView {
    move || {
        let Running { at, total } = bulk.running.get()?;
        Some(view! { <span class="text-sm text-muted tabular-nums whitespace-nowrap" role="status">{format!("{at} of {total} …")}</span> })
    }
}

#[cfg(test)]
mod tests {
    use super::report;

    #[test]
    fn the_report_names_what_failed_and_counts_the_rest() {
        let failed: Vec<String> = (1..=5).map(|number| format!("#{number}: no")).collect();
        assert_eq!(
            report(2, 7, "orders paid", &failed),
            "2 of 7 orders paid. Not done: #1: no · #2: no · #3: no · and 2 more"
        );
        assert_eq!(report(1, 2, "orders paid", &failed[..1]), "1 of 2 orders paid. Not done: #1: no");
    }
}
