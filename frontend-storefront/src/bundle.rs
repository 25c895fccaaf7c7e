//! The way between the shop's two bundles: an ordinary page load, for which the server picks the other one.

use std::cell::Cell;

use leptos::prelude::*;
use orion_client::page_context;
use orion_types::StorefrontBundle;
use orion_ui::{app_href, app_path};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

use crate::basket::use_basket;

thread_local! {
    static OWN: Cell<StorefrontBundle> = const { Cell::new(StorefrontBundle::Browse) };
}

/// Says which bundle this is, before anything else asks.
pub fn open(own: StorefrontBundle) {
    OWN.set(own);
}

/// Whether a path inside the app is shown by the other bundle.
fn is_elsewhere(path: &str) -> bool {
    StorefrontBundle::of(path.split(['?', '#']).next().unwrap_or_default()) != OWN.get()
}

/// Keeps the router from links into the other bundle, so that the browser follows them.
///
/// Called before the router is made: it listens at the window too, and listeners are called in the order they came.
pub fn let_links_leave() {
    window_event_listener(leptos::ev::click, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target
            .and_then(inner_link)
            .is_some_and(|link| is_elsewhere(&app_path(&link.pathname())))
        {
            event.stop_immediate_propagation();
        }
    });
}

/// The link that an element is or stands in, if it leads to a page of this host.
pub fn inner_link(element: Element) -> Option<HtmlAnchorElement> {
    let link: HtmlAnchorElement = element.closest("a[href]").ok()??.dyn_into().ok()?;
    let same_host = window().location().host().is_ok_and(|host| host == link.host());
    (same_host && !link.rel().contains("external")).then_some(link)
}

/// Goes to a path inside the app, wherever it is shown.
pub fn use_go() -> impl Fn(&str) + Clone + Send + Sync + 'static {
    let go = orion_ui::use_go();
    move |path| {
        if is_elsewhere(path) {
            window().location().assign(&app_href(path)).ok();
        } else {
            go(path);
        }
    }
}

/// Has the browser fetch the other bundle, while nothing else is going on, once something is in the cart: most who look around never need it.
pub fn fetch_ahead_of_checkout() {
    let basket = use_basket();
    Effect::new(move |fetched: Option<bool>| {
        let wanted = basket.count() > 0;
        if wanted && fetched != Some(true) {
            page_context().ahead.iter().for_each(|file| fetch_ahead(file));
        }
        wanted || fetched == Some(true)
    });
}

fn fetch_ahead(file: &str) {
    let (Some(head), Ok(link)) = (document().head(), document().create_element("link")) else {
        return;
    };
    for (name, value) in [("rel", "prefetch"), ("href", file)] {
        link.set_attribute(name, value).ok();
    }
    head.append_child(&link).ok();
}
