use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::dom;

/// Moves the keyboard to the element with this id whenever another page is shown: the link that led there is on no page any more, or far behind.
///
/// Not on the first page, where the browser starts at the top by itself, and not when only the query changes, as a filter does. Needs a router around it.
pub fn focus_new_pages(id: &'static str) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let here = path.get();
        if before.is_some_and(|before| before != here) {
            // A drawer that closes as its link is followed gives the focus back first.
            request_animation_frame(move || dom::focus_in_place(id));
        }
        here
    });
}
