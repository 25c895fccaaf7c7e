//! A link about to be followed is prepared.

use leptos::prelude::*;
use orion_types::catalog::{ProductListing, ProductPage};
use orion_types::store::HomePage;
use orion_ui::app_path;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::bundle::inner_link;
use crate::memory;
use crate::places::{HOME, Place};

/// Asks for the data of a page when a pointer comes to rest on its link or a finger touches it.
pub fn prepare_links() {
    window_event_listener(leptos::ev::pointerover, |event| prepare(event.target()));
    window_event_listener(leptos::ev::touchstart, |event| prepare(event.target()));
}

fn prepare(target: Option<web_sys::EventTarget>) {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    let Some(link) = element.and_then(inner_link) else { return };
    match Place::of(&app_path(&link.pathname()), &link.search()) {
        Some(Place::Home) => memory::prefetch::<HomePage>(HOME.to_owned()),
        Some(Place::Listing(path)) => memory::prefetch::<ProductListing>(path),
        Some(Place::Product(path)) => memory::prefetch::<ProductPage>(path),
        None => {}
    }
}
