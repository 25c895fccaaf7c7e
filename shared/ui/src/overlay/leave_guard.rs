use std::{cell::RefCell, rc::Rc};

use leptos::{ev, leptos_dom::helpers::WindowListenerHandle, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AddEventListenerOptions, Element, Event, MouseEvent};

/// Where the reader wanted to go when the guard stopped them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// A link inside the app.
    Link(String),
    /// The browser's back or forward button.
    History,
}

/// Stops ways off the page while something is unsaved, and says where the reader wanted to go.
pub(super) fn guard_leaving(dirty: Signal<bool>) -> RwSignal<Option<Destination>> {
    let wanted = RwSignal::new(None);
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if dirty.get_untracked() {
            event.prevent_default();
        }
    });
    remove_later(unload);
    // In the capture phase: the router listens on the same window and would be gone before we could ask.
    listen_first("click", move |event| {
        if let Some(href) = guarded_link(&event).filter(|_| dirty.try_get_untracked().unwrap_or_default()) {
            event.prevent_default();
            event.stop_immediate_propagation();
            wanted.set(Some(Destination::Link(href)));
        }
    });
    let here = StoredValue::new(String::new());
    // Not before something changed: while a page is being built the address bar may still show the one before.
    crate::watch(move || {
        if dirty.get() {
            here.set_value(current_address());
        }
    });
    hold(move |destination| {
        let is_dirty = dirty.try_get_untracked().unwrap_or_default();
        if is_dirty {
            if destination == Destination::History {
                put_back(&here.get_value());
            }
            wanted.set(Some(destination));
        }
        is_dirty
    });
    wanted
}

type Holder = Rc<dyn Fn(Destination) -> bool>;

thread_local! {
    static HOLDER: RefCell<Option<Holder>> = const { RefCell::new(None) };
}

/// Listens to the browser's back and forward before any router does. Browsers tell a window's listeners in the order they came,
/// whatever their phase, so this must run before the router is made.
pub(crate) fn watch_history() {
    let listener = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if is_held(Destination::History) {
            event.stop_immediate_propagation();
        }
    });
    window()
        .add_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref())
        .ok();
    // It stays as long as the page.
    listener.forget();
}

/// Whether something unsaved keeps the reader here; then the question has been asked.
pub(super) fn is_held(destination: Destination) -> bool {
    let holder = HOLDER.with(|holder| holder.borrow().clone());
    holder.is_some_and(|holds| holds(destination))
}

fn hold(holds: impl Fn(Destination) -> bool + 'static) {
    let holder: Holder = Rc::new(holds);
    HOLDER.with(|cell| cell.replace(Some(holder.clone())));
    let holder = StoredValue::new_local(holder);
    on_cleanup(move || {
        let Some(own) = holder.try_get_value() else { return };
        // The next page may be there already, with a guard of its own.
        HOLDER.with(|cell| cell.borrow_mut().take_if(|current| Rc::ptr_eq(current, &own)));
    });
}

/// The way on after all; call it when the page no longer counts as unsaved.
pub(super) fn use_leave() -> impl Fn(Destination) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |destination| match destination {
        Destination::Link(href) => navigate(
            &href,
            NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            },
        ),
        Destination::History => {
            if let Ok(history) = window().history() {
                history.back().ok();
            }
        }
    }
}

// The address has changed by the time we hear of it; it comes back as a new entry, and leaving goes one back again.
fn put_back(address: &str) {
    if let Ok(history) = window().history() {
        history.push_state_with_url(&JsValue::NULL, "", Some(address)).ok();
    }
}

fn current_address() -> String {
    window().location().href().unwrap_or_default()
}

fn remove_later(handle: WindowListenerHandle) {
    on_cleanup(move || handle.remove());
}

fn listen_first(name: &'static str, run: impl Fn(Event) + 'static) {
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    let listener = Closure::<dyn Fn(Event)>::new(run).into_js_value();
    let function: &js_sys::Function = listener.unchecked_ref();
    // The window takes any listener.
    window()
        .add_event_listener_with_callback_and_add_event_listener_options(name, function, &options)
        .ok();
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        let Some(listener) = listener.try_get_value() else {
            return;
        };
        let function: &js_sys::Function = listener.unchecked_ref();
        window().remove_event_listener_with_callback_and_bool(name, function, true).ok();
    });
}

// The path of a link that would leave this page in this tab and stay inside the site; others the browser asks about itself.
fn guarded_link(event: &Event) -> Option<String> {
    let press: &MouseEvent = event.dyn_ref()?;
    let is_plain = press.button() == 0 && !press.meta_key() && !press.ctrl_key() && !press.shift_key() && !press.alt_key();
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let stays = link
        .get_attribute("target")
        .is_none_or(|target| target.is_empty() || target == "_self");
    let href = link.get_attribute("href")?;
    let inside = href.starts_with('/') && !href.starts_with("//") || href.starts_with('?');
    (is_plain && stays && inside && !link.has_attribute("download")).then_some(href)
}
