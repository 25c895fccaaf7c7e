//! Keeping the keyboard where it was when what it was on has moved.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the arrow `direction` of a row that was just moved, once it is there; at the end of the list its other arrow.
/// Arrows stand in elements with `data-move`, below the one with the id `row`.
pub fn focus_arrow(row: String, direction: &'static str) {
    request_animation_frame(move || {
        let find = |selector: String| document().query_selector(&selector).ok().flatten();
        let arrow = find(format!("#{row} [data-move={direction}] button:not(:disabled)"))
            .or_else(|| find(format!("#{row} [data-move] button:not(:disabled)")));
        if let Some(arrow) = arrow.and_then(|arrow| arrow.dyn_into::<HtmlElement>().ok()) {
            arrow.focus().ok();
        }
    });
}
