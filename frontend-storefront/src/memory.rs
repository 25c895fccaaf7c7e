//! Pages that were seen or are about to be seen, so that going on and going back need no waiting.

use std::cell::RefCell;
use std::collections::HashSet;

use leptos::prelude::*;
use orion_client::{ApiError, Client};
use orion_types::catalog::{ProductListing, ProductPage};
use orion_types::json::FromJson;
use orion_types::store::HomePage;
use orion_ui::LoadError;

use crate::shop::shop;

/// How long an answer counts as new, in milliseconds. An older one is shown at once and asked for again.
const FRESH_MS: f64 = 60_000.0;
/// How many answers of a kind are kept.
const MOST: usize = 40;

/// Answers of one kind, oldest first: path, time of arrival, value.
pub type Shelf<T> = RefCell<Vec<(String, f64, T)>>;

/// The answers that are kept.
#[derive(Default)]
pub struct Memory {
    homes: Shelf<HomePage>,
    listings: Shelf<ProductListing>,
    products: Shelf<ProductPage>,
    under_way: RefCell<HashSet<String>>,
}

thread_local! {
    static MEMORY: Memory = Memory::default();
}

/// An answer that is the same for everybody and may be kept.
pub trait Kept: Clone + FromJson + Send + Sync + 'static {
    /// Where its kind is kept.
    fn shelf(memory: &Memory) -> &Shelf<Self>;
}

impl Kept for HomePage {
    fn shelf(memory: &Memory) -> &Shelf<Self> {
        &memory.homes
    }
}

impl Kept for ProductListing {
    fn shelf(memory: &Memory) -> &Shelf<Self> {
        &memory.listings
    }
}

impl Kept for ProductPage {
    fn shelf(memory: &Memory) -> &Shelf<Self> {
        &memory.products
    }
}

/// Keeps an answer.
pub fn keep<T: Kept>(path: &str, value: T) {
    MEMORY.with(|memory| {
        let mut shelf = T::shelf(memory).borrow_mut();
        shelf.retain(|(known, ..)| known != path);
        if shelf.len() >= MOST {
            shelf.remove(0);
        }
        shelf.push((path.to_owned(), js_sys::Date::now(), value));
    });
}

/// An answer that is known, and whether it is new enough.
fn recall<T: Kept>(path: &str) -> Option<(T, bool)> {
    MEMORY.with(|memory| {
        let shelf = T::shelf(memory).borrow();
        let (_, at, value) = shelf.iter().find(|(known, ..)| known == path)?;
        Some((value.clone(), js_sys::Date::now() - at < FRESH_MS))
    })
}

/// Asks for an answer before it is needed; once, and not for one that is new enough.
pub fn prefetch<T: Kept>(path: String) {
    if recall::<T>(&path).is_some_and(|(_, fresh)| fresh) {
        return;
    }
    let first = MEMORY.with(|memory| memory.under_way.borrow_mut().insert(path.clone()));
    if first {
        leptos::task::spawn_local(async move {
            if let Ok(value) = Client::new(shop().api.as_str()).get::<T>(&path).await {
                keep(&path, value);
            }
            MEMORY.with(|memory| memory.under_way.borrow_mut().remove(&path));
        });
    }
}

/// The data of a page on its way.
#[derive(Debug, Clone)]
pub enum Shown<T> {
    /// Asked for, not here yet.
    Waiting,
    /// There is no such page; with the present address of a renamed one.
    Missing(Option<String>),
    /// Did not come.
    Failed(LoadError),
    /// Here.
    Ready(T),
}

/// The data of a page.
pub struct PageData<T: Send + Sync + 'static> {
    /// What is shown.
    pub state: RwSignal<Shown<T>>,
    /// Whether the next is on its way while the last is still shown.
    pub refreshing: RwSignal<bool>,
    asked: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for PageData<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for PageData<T> {}

impl<T: Send + Sync + 'static> PageData<T> {
    /// Asks again.
    pub fn retry(&self) {
        self.asked.update(|times| *times += 1);
    }
}

/// The data behind a path of the API, from memory where it is there; `keep_old` leaves the last page up while the next comes.
pub fn use_page<T: Kept>(path: Signal<String>, keep_old: bool) -> PageData<T> {
    let now = path.get_untracked();
    let known = recall::<T>(&now);
    let shown = StoredValue::new(known.as_ref().map(|_| now));
    let first = known.map_or(Shown::Waiting, |(value, _)| Shown::Ready(value));
    let data = PageData {
        state: RwSignal::new(first),
        refreshing: RwSignal::new(false),
        asked: RwSignal::new(0),
    };
    let turn = StoredValue::new(0_u32);
    orion_ui::watch(move || {
        let again = data.asked.get() > 0;
        let path = path.get();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        let known = recall::<T>(&path);
        let fresh = known.as_ref().is_some_and(|(_, fresh)| *fresh) && !again;
        let is_shown = shown.with_value(|shown| shown.as_deref() == Some(path.as_str()));
        match known {
            Some((value, _)) if !is_shown => {
                data.state.set(Shown::Ready(value));
                shown.set_value(Some(path.clone()));
            }
            None if !keep_old || !matches!(*data.state.read_untracked(), Shown::Ready(_)) => data.state.set(Shown::Waiting),
            _ => {}
        }
        data.refreshing.set(!fresh);
        if fresh {
            return;
        }
        leptos::task::spawn_local_scoped_with_cancellation(async move {
            let answer = Client::new(shop().api.as_str()).get::<T>(&path).await;
            if let Ok(value) = &answer {
                keep(&path, value.clone());
            }
            // A later question was asked meanwhile: its answer counts, whichever arrives first.
            if turn.try_get_value() == Some(mine) {
                data.refreshing.set(false);
                shown.set_value(Some(path));
                data.state.set(outcome(answer));
            }
        });
    });
    data
}

fn outcome<T>(answer: Result<T, ApiError>) -> Shown<T> {
    match answer {
        Ok(value) => Shown::Ready(value),
        Err(error) if error.code() == Some("catalog.product_moved") => {
            Shown::Missing(error.problem().and_then(|problem| problem.detail.clone()))
        }
        Err(error) if error.status() == Some(404) => Shown::Missing(None),
        Err(error) => Shown::Failed(orion_app::load_error(&error)),
    }
}
