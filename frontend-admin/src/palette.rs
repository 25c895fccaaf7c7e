//! What the command palette finds beside pages.

use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::{AdminStore, StoreQuery};
use orion_ui::*;

/// The stores that the words find, at most five, and whether they are still being looked for.
pub fn use_stores(words: RwSignal<String>) -> (Signal<Vec<CommandEntry>>, Signal<bool>) {
    let client = use_client();
    let stores = use_load(move || {
        let words = words.get().trim().to_owned();
        async move {
            if words.is_empty() {
                return Ok(Vec::new());
            }
            let query = StoreQuery {
                q: Some(words),
                limit: Some(5),
                ..StoreQuery::default()
            };
            let page = client.get_query::<Page<AdminStore>>("/stores", &query).await?;
            let entry = |store: AdminStore| {
                CommandEntry::link(store.name, format!("/stores/{}", store.id))
                    .group("Stores")
                    .icon(icons::STORE)
                    .detail(store.code)
            };
            Ok(page.data.into_iter().map(entry).collect::<Vec<_>>())
        }
    });
    let found = Signal::derive(move || stores.get().unwrap_or_default());
    let searching = Signal::derive(move || !words.with(String::is_empty) && stores.refreshing().get());
    (found, searching)
}
