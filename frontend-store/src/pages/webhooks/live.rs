//! Data that is looked at again by itself while somebody sees it.

use std::time::Duration;

use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load};
use orion_types::json::FromJson;
use orion_ui::Load;

/// How often what is seen is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// What only a new question can tell of: it is gone, or no longer for this reader.
const ENDED: [u16; 3] = [401, 403, 404];

/// Data that follows what happens.
pub struct Live<T: Send + Sync + 'static> {
    /// The data; asked for anew when the path changes.
    pub loader: Loader<T>,
    /// Whether the newest question had no answer, so that what is shown may be old.
    pub lost: Signal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Live<T> {}

/// Loads what is at a path, and follows it while the tab is seen. What has not changed stays as it is on the page, with the keyboard in it.
pub fn use_live<T: FromJson + Clone + PartialEq + Send + Sync + 'static>(path: Memo<String>) -> Live<T> {
    let client = use_client();
    let loader = use_load(move || {
        let path = path.get();
        async move { client.get::<T>(&path).await }
    });
    let lost = RwSignal::new(false);
    let asking = StoredValue::new(false);
    while_seen(move || {
        let is_there = loader.state().with_untracked(|state| state.ready().is_some());
        // A page that has failed offers to try again itself.
        if asking.get_value() || !is_there {
            return;
        }
        asking.set_value(true);
        let asked = path.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = client.get::<T>(&asked).await;
            // The page may be gone by now, or be about something else.
            if asking.try_set_value(false).is_some() || path.try_get_untracked() != Some(asked) {
                return;
            }
            match answer {
                Ok(value) => {
                    lost.set(false);
                    if loader.state().with_untracked(|state| state.ready() != Some(&value)) {
                        loader.follow(value);
                    }
                }
                Err(error) if error.status().is_some_and(|status| ENDED.contains(&status)) => loader.reload(),
                Err(_) => lost.set(true),
            }
        });
    });
    Live { loader, lost: lost.into() }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Live<T> {
    /// Loading, failed or here, without the data: what is made of it stays while the data changes.
    pub fn shape(self) -> Signal<Load<()>> {
        let shape = Memo::new(move |_| {
            self.loader.state().with(|state| match state {
                Load::Loading => Load::Loading,
                Load::Failed(error) => Load::Failed(error.clone()),
                Load::Ready(_) => Load::Ready(()),
            })
        });
        shape.into()
    }

    /// The data, or what it was when it was last there.
    pub fn data(self) -> Memo<Option<T>> {
        Memo::new(move |before: Option<&Option<T>>| self.loader.get().or_else(|| before.cloned().flatten()))
    }
}

/// Runs something every few seconds while the tab is seen, and as soon as it is seen again.
fn while_seen(look: impl Fn() + Copy + 'static) {
    let look = move || {
        if !document().hidden() {
            look();
        }
    };
    let timer = set_interval_with_handle(look, LOOK_AGAIN);
    let seen = window_event_listener_untyped("visibilitychange", move |_| look());
    on_cleanup(move || {
        seen.remove();
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}
