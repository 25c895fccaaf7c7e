//! Going back shows the place one came from.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::*;
use web_sys::{PerformanceNavigation, ScrollBehavior, ScrollRestoration, ScrollToOptions};

use crate::browser::tab_memory;

/// Frames that are waited for the page to become long enough again: about a second.
const PATIENCE: u32 = 60;

thread_local! {
    static PLACES: RefCell<HashMap<String, f64>> = RefCell::default();
}

/// Where the tab remembers them while the page is another one.
const KEPT: &str = "orion.scrolled";

/// Remembers how far each address was scrolled, and goes there when the reader comes back by the history.
pub fn remember_places() {
    recall();
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
    window_event_listener(leptos::ev::popstate, |_| return_to_place());
    window_event_listener(leptos::ev::pagehide, |_| keep());
    let way = window().performance().map(|performance| performance.navigation().type_());
    if way == Some(PerformanceNavigation::TYPE_BACK_FORWARD) {
        return_to_place();
    }
}

fn return_to_place() {
    let top = here().and_then(|here| PLACES.with(|places| places.borrow().get(&here).copied()));
    if let Some(top) = top {
        scroll_when_long_enough(top, PATIENCE);
    }
}

/// Pixels and address of each place in a line of its own, for the page that comes after this one.
fn keep() {
    let lines = PLACES.with(|places| {
        let places = places.borrow();
        places
            .iter()
            .map(|(address, top)| format!("{} {address}\n", *top as u32))
            .collect::<String>()
    });
    if let Some(memory) = tab_memory() {
        memory.set_item(KEPT, &lines).ok();
    }
}

fn recall() {
    let Some(lines) = tab_memory().and_then(|memory| memory.get_item(KEPT).ok().flatten()) else {
        return;
    };
    let place = |line: &str| {
        let (top, address) = line.split_once(' ')?;
        Some((address.to_owned(), f64::from(top.parse::<u32>().ok()?)))
    };
    PLACES.with(|places| places.borrow_mut().extend(lines.lines().filter_map(place)));
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
