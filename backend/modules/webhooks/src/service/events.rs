//! The events that can be chosen.

use orion_events::EventInfo;
use orion_framework::tenancy::StoreContext;
use orion_types::Page;
use orion_types::webhook::WebhookEvent;

/// Events that may leave the program.
pub(crate) fn public() -> impl Iterator<Item = &'static EventInfo> {
    orion_events::ALL.iter().filter(|event| event.public)
}

/// A public event by its name.
pub(crate) fn find(name: &str) -> Option<&'static EventInfo> {
    orion_events::info(name).filter(|event| event.public)
}

/// What happens in this store: the events of the modules that are on.
pub(crate) fn list(store: &StoreContext) -> Page<WebhookEvent> {
    let there = public().filter(|event| store.module_enabled(event.module));
    let shown = there.map(|event| WebhookEvent {
        name: event.name.to_owned(),
        version: i32::from(event.version),
        summary: event.summary.to_owned(),
        object: event.object.to_owned(),
    });
    Page::complete(shown.collect())
}
