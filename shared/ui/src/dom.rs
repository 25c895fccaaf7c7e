//! The few things the kit asks of the browser beside what the framework offers.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

thread_local! {
    static NEXT_ID: Cell<u32> = const { Cell::new(0) };
}

/// An element id nobody else on the page has.
pub(crate) fn unique_id(prefix: &str) -> String {
    let number = NEXT_ID.with(|next| next.replace(next.get() + 1));
    format!("{prefix}-{number}")
}

/// Moves the focus to the element with this id, if it is there.
pub(crate) fn focus_id(id: &str) {
    if let Some(element) = html_element(id) {
        focus(&element);
    }
}

/// Moves the focus to the element with this id and leaves the page scrolled as it is.
pub(crate) fn focus_in_place(id: &str) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = html_element(id) {
        element.focus_with_options(&options).ok();
    }
}

/// Takes the reader to the field of this name, which is about to be there: a step of a form that follows another.
pub fn focus_input(name: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(&format!("input[name={name}]")).ok().flatten();
        if let Some(input) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            focus(&input);
        }
    });
}

/// Focuses the arrow `direction` of a row that was just moved, once it is there; at the end of the list its other arrow.
/// Arrows stand in elements with `data-move`, below the one with the id `row`.
pub fn focus_arrow(row: String, direction: &'static str) {
    request_animation_frame(move || {
        let find = |selector: String| document().query_selector(&selector).ok().flatten();
        let arrow = find(format!("#{row} [data-move={direction}] button:not(:disabled)"))
            .or_else(|| find(format!("#{row} [data-move] button:not(:disabled)")));
        if let Some(arrow) = arrow.and_then(|arrow| arrow.dyn_into::<HtmlElement>().ok()) {
            focus(&arrow);
        }
    });
}

pub(crate) fn focus(element: &HtmlElement) {
    // Fails only for an element that left the page in the meantime; then there is nothing to focus.
    element.focus().ok();
}

/// Takes the reader to what a form has to say about why it was not sent, once it stands there: the first field that is marked, or
/// what stands above all fields. Pages and dialogs that say it carry `data-refused`.
pub fn focus_refusal() {
    request_animation_frame(|| {
        let find = |selector: &str| {
            let inside = format!("dialog[open] {selector}");
            let found = document().query_selector(&inside).ok().flatten();
            found.or_else(|| document().query_selector(selector).ok().flatten())
        };
        let Some(refused) = find("[data-refused]") else { return };
        let marked = find("[aria-invalid=true]").filter(|_| refused.get_attribute("data-refused").as_deref() == Some("fields"));
        match marked.and_then(|marked| marked.dyn_into::<HtmlElement>().ok()) {
            Some(marked) => focus(&marked),
            None => refused.scroll_into_view(),
        }
    });
}

pub(crate) fn html_element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Whether the focus is somewhere that takes typed characters, where a single-key shortcut must not fire.
pub(crate) fn is_typing() -> bool {
    let Some(active) = document().active_element() else {
        return false;
    };
    let editable = active.get_attribute("contenteditable").is_some_and(|value| value != "false");
    editable || matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Whether a modal dialog is open, where the page's shortcuts must rest.
pub(crate) fn is_modal_open() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

/// The elements matching a selector below a root, in page order.
pub(crate) fn query_all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

/// Moves the focus by arrow keys among the children a selector names; wraps around. Returns whether the key was used.
pub(crate) fn rove_focus(root: &Element, selector: &str, key: &str) -> bool {
    let items = query_all(root, selector);
    let Some(last) = items.len().checked_sub(1) else {
        return false;
    };
    let active = document().active_element();
    let current = active.and_then(|active| items.iter().position(|item| **item == active));
    let next = match (key, current) {
        ("ArrowDown" | "ArrowRight", Some(index)) => {
            if index == last {
                0
            } else {
                index + 1
            }
        }
        ("ArrowUp" | "ArrowLeft", Some(index)) => index.checked_sub(1).unwrap_or(last),
        ("ArrowDown" | "ArrowRight" | "Home", _) => 0,
        ("ArrowUp" | "ArrowLeft" | "End", _) => last,
        _ => return false,
    };
    focus(&items[next]);
    true
}

/// A value this browser remembers; `None` also where storage is blocked.
pub(crate) fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Remembers a value in this browser; where storage is blocked the choice lasts as long as the page.
pub(crate) fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        storage.set_item(key, value).ok();
    }
}
