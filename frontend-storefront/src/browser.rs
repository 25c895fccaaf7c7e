//! The few things the shop asks of the browser beside what the framework offers.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, Storage};

/// What this tab remembers; gone when it is closed.
pub fn tab_memory() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// What this browser remembers.
pub fn browser_memory() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Where the e-mail address that was typed last is kept: who orders and then signs in or makes an account need not type it again.
const EMAIL: &str = "orion.email";

/// Keeps an e-mail address for the other forms of this tab.
pub fn keep_email(email: &str) {
    if let Some(memory) = tab_memory() {
        memory.set_item(EMAIL, email).ok();
    }
}

/// The e-mail address that was kept; empty for none.
pub fn kept_email() -> String {
    tab_memory()
        .and_then(|memory| memory.get_item(EMAIL).ok().flatten())
        .unwrap_or_default()
}

/// Names the page in the tab and in the history.
pub fn name_page(title: impl Fn() -> String + 'static) {
    orion_ui::watch(move || {
        let (title, shop) = (title(), &crate::shop::shop().info.name);
        document().set_title(&if title.is_empty() {
            shop.clone()
        } else {
            format!("{title} · {shop}")
        });
    });
}

/// Whether an element is on the screen; taken for granted until the browser has looked.
pub fn use_in_view(node: NodeRef<html::Div>) -> ReadSignal<bool> {
    let (in_view, set_in_view) = signal(true);
    let look = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry = entries.pop().unchecked_into::<IntersectionObserverEntry>();
        set_in_view.try_set(entry.is_intersecting());
    });
    let Ok(observer) = IntersectionObserver::new(look.as_ref().unchecked_ref()) else {
        return in_view;
    };
    let watching = observer.clone();
    orion_ui::watch(move || {
        if let Some(element) = node.get() {
            watching.observe(&element);
        }
    });
    // Kept as long as the page is: the browser calls it.
    let kept = StoredValue::new_local((observer, look));
    on_cleanup(move || kept.try_with_value(|(observer, _)| observer.disconnect()).unwrap_or_default());
    in_view
}
