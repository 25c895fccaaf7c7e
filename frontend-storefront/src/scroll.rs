//! Going back shows the place one came from, and a link about to be followed is prepared.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::*;
use orion_types::catalog::{ProductListing, ProductPage};
use orion_types::store::HomePage;
use orion_ui::app_path;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, ScrollBehavior, ScrollRestoration, ScrollToOptions};

use crate::memory;
use crate::places::{HOME, Place};

/// Frames that are waited for the page to become long enough again: about a second.
const PATIENCE: u32 = 60;

thread_local! {
    static PLACES: RefCell<HashMap<String, f64>> = RefCell::default();
}

/// Remembers how far each address was scrolled, and goes there when the reader comes back by the history.
pub fn remember_places() {
    if let Ok(history) = window().history() {
        // The browser would scroll before the page is there.
        history.set_scroll_restoration(ScrollRestoration::Manual).ok();
    }
    window_event_listener(leptos::ev::scroll, |_| {
        let (Some(here), Ok(top)) = (here(), window().scroll_y()) else {
            return;
        };
        PLACES.with(|places| places.borrow_mut().insert(here, top));
    });
    window_event_listener(leptos::ev::popstate, |_| {
        let top = here().and_then(|here| PLACES.with(|places| places.borrow().get(&here).copied()));
        if let Some(top) = top {
            scroll_when_long_enough(top, PATIENCE);
        }
    });
}

fn here() -> Option<String> {
    window().location().href().ok()
}

fn scroll_when_long_enough(top: f64, patience: u32) {
    request_animation_frame(move || {
        let height = document().document_element().map_or(0, |root| root.scroll_height());
        let screen = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        if f64::from(height) < top + screen && patience > 0 {
            return scroll_when_long_enough(top, patience - 1);
        }
        let options = ScrollToOptions::new();
        options.set_top(top);
        options.set_behavior(ScrollBehavior::Instant);
        window().scroll_to_with_scroll_to_options(&options);
    });
}

/// Asks for the data of a page when a pointer comes to rest on its link or a finger touches it.
pub fn prepare_links() {
    window_event_listener(leptos::ev::pointerover, |event| prepare(event.target()));
    window_event_listener(leptos::ev::touchstart, |event| prepare(event.target()));
}

fn prepare(target: Option<web_sys::EventTarget>) {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let Ok(Some(link)) = element.closest("a[href]") else { return };
    let Ok(link) = link.dyn_into::<HtmlAnchorElement>() else { return };
    let same_host = window().location().host().is_ok_and(|host| host == link.host());
    if !same_host || link.rel().contains("external") {
        return;
    }
    match Place::of(&app_path(&link.pathname()), &link.search()) {
        Some(Place::Home) => memory::prefetch::<HomePage>(HOME.to_owned()),
        Some(Place::Listing(path)) => memory::prefetch::<ProductListing>(path),
        Some(Place::Product(path)) => memory::prefetch::<ProductPage>(path),
        None => {}
    }
}
