use std::cell::Cell;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::app_shell::CONTENT_ID;
use crate::dom;

thread_local! {
    static NEXT_FRAME: Cell<bool> = const { Cell::new(false) };
}

/// The frame that is shown next takes the keyboard at once: it replaces a page on which somebody was at work, such as that of signing in.
pub fn focus_next_frame() {
    NEXT_FRAME.set(true);
}

/// Moves the keyboard to the element with this id whenever another page is shown: the link that led there is on no page any more, or far behind.
///
/// Not on the first page, where the browser starts at the top by itself, and not when only the query changes, as a filter does. Needs a router around it.
pub fn focus_new_pages(id: &'static str) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let here = path.get();
        let moved = before.is_some_and(|before| before != here);
        if NEXT_FRAME.take() || moved {
            // A drawer that closes as its link is followed gives the focus back first.
            request_animation_frame(move || dom::focus_in_place(id));
        }
        here
    });
}

/// Gives the keyboard to the page when what it was on is gone, as a button is that has done what it says. Does nothing when it is anywhere else.
pub fn keep_focus() {
    request_animation_frame(|| {
        let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        if lost {
            dom::focus_in_place(CONTENT_ID);
        }
    });
}
