//! Data on its way: asked for at the leaf, asked again when what it depends on changes, and never overtaken by an older answer.

use std::pin::Pin;

use leptos::prelude::*;
use orion_client::ApiError;
use orion_ui::{Load, LoadError, keep_focus};

/// What the kit shows of a failed call.
pub fn load_error(error: &ApiError) -> LoadError {
    LoadError {
        message: error.message(),
        request_id: error.request_id().map(str::to_owned),
        missing: error.status() == Some(404),
        forbidden: error.status() == Some(403),
    }
}

/// Data that a component has asked for.
pub struct Loader<T: Send + Sync + 'static> {
    state: RwSignal<Load<T>>,
    asked: RwSignal<u32>,
    refreshing: RwSignal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Clone + Send + Sync + 'static> Loader<T> {
    /// Loading, failed or here.
    pub fn state(&self) -> Signal<Load<T>> {
        self.state.into()
    }

    /// Whether newer data is on its way while the old is still shown.
    pub fn refreshing(&self) -> Signal<bool> {
        self.refreshing.into()
    }

    /// Asks again.
    pub fn reload(&self) {
        self.asked.update(|times| *times += 1);
    }

    /// Asks again from a timer, which may ring when the page is gone.
    pub fn try_reload(&self) {
        self.asked.try_update(|times| *times += 1);
    }

    /// Puts data there that another call has brought, such as the answer to an edit. What was pressed for it may be gone then.
    pub fn set(&self, value: T) {
        self.state.set(Load::Ready(value));
        keep_focus();
    }

    /// Puts newer data there that nobody has asked for, on a page that follows what happens; the keyboard stays where it is.
    pub fn follow(&self, value: T) {
        self.state.try_set(Load::Ready(value));
    }

    /// The data, when it is here; to be tracked.
    pub fn get(&self) -> Option<T> {
        match self.state.get() {
            Load::Ready(value) => Some(value),
            _ => None,
        }
    }
}

/// Loads with `fetch`, now and whenever a signal that it reads before its first `await` changes.
pub fn use_load<T, F, Fut>(fetch: F) -> Loader<T>
where
    T: Clone + Send + Sync + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let loader = Loader {
        state: RwSignal::new(Load::Loading),
        asked: RwSignal::new(0),
        refreshing: RwSignal::new(false),
    };
    let question = move || -> Question {
        let answer = fetch();
        Box::pin(async move {
            let state = match answer.await {
                Ok(value) => Load::Ready(value),
                Err(error) => Load::Failed(load_error(&error)),
            };
            Box::new(move || loader.state.set(state)) as Box<dyn FnOnce()>
        })
    };
    ask(loader.asked, loader.refreshing, Box::new(question));
    loader
}

/// A question on its way; what it ends with is to be done if nothing else was asked meanwhile.
type Question = Pin<Box<dyn Future<Output = Box<dyn FnOnce()>>>>;

/// Asks now and whenever asked again. Not generic: it is there once, and not once for every type that is loaded.
fn ask(asked: RwSignal<u32>, refreshing: RwSignal<bool>, question: Box<dyn Fn() -> Question>) {
    let turn = StoredValue::new(0_u32);
    orion_ui::watch(move || {
        asked.track();
        let answer = question();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        refreshing.set(true);
        leptos::task::spawn_local_scoped_with_cancellation(async move {
            let done = answer.await;
            // A later question was asked meanwhile: its answer counts, whichever arrives first.
            if turn.try_get_value() != Some(mine) {
                return;
            }
            refreshing.set(false);
            done();
        });
    });
}
