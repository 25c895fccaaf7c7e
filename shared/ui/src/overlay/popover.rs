use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::dom::{html_element, unique_id};

/// Room between a trigger and its panel in pixels.
const GAP: f64 = 6.0;

/// A trigger and the panel it opens; the browser closes it on Esc and on a press outside.
#[component]
pub(crate) fn Popover(
    /// The panel, for those who close it.
    panel: NodeRef<html::Div>,
    /// What the trigger shows.
    #[prop(into)]
    trigger: ViewFn,
    /// Classes of the trigger.
    #[prop(into)]
    class: Signal<String>,
    /// Name of the panel, and of a trigger without words.
    label: Signal<String>,
    /// The trigger shows no words.
    #[prop(optional)]
    is_icon: bool,
    /// What the panel is: `menu` or `group`.
    role: &'static str,
    /// Runs when the panel was opened.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// The panel's content.
    children: Children,
) -> impl IntoView {
    let id = unique_id("popover");
    let trigger_id = format!("{id}-trigger");
    let place = {
        let trigger_id = trigger_id.clone();
        move |event: Event| {
            if let Some((trigger, panel)) = html_element(&trigger_id).zip(target_of(&event)) {
                place_beside(&trigger, &panel);
            }
        }
    };
    let toggled = move |event: Event| {
        let is_open = target_of(&event).is_some_and(|panel| panel.matches(":popover-open").unwrap_or_default());
        if let Some(on_open) = on_open.filter(|_| is_open) {
            on_open.run(());
        }
    };
    view! {
        <button
            type="button"
            class=class
            id=trigger_id
            popovertarget=id.clone()
            aria-haspopup=(role == "menu").then_some("menu")
            aria-label=move || is_icon.then(|| label.get())
            title=move || is_icon.then(|| label.get())
        >
            {trigger.run()}
        </button>
        <div
            class="ui-popover"
            id=id
            popover="auto"
            role=role
            aria-label=label
            node_ref=panel
            on:beforetoggle=place
            on:toggle=toggled
        >
            {children()}
        </div>
    }
    .into_any()
}

fn target_of(event: &Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

// Runs before the panel has a size, so it grows from the trigger's corner that has the most room, and nothing has to be measured.
fn place_beside(trigger: &HtmlElement, panel: &HtmlElement) {
    let frame = trigger.get_bounding_client_rect();
    let Some(root) = document().document_element() else {
        return;
    };
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let from_end = frame.left() + frame.width() / 2.0 > width / 2.0;
    let from_bottom = frame.bottom() > height * 0.66;
    let style = panel.style();
    let set = |side: &str, value: Option<f64>| {
        let value = value.map_or_else(|| "auto".to_owned(), |value| format!("{}px", value.round() as i64));
        // These properties exist everywhere.
        style.set_property(side, &value).ok();
    };
    set("left", (!from_end).then(|| frame.left().max(GAP)));
    set("right", from_end.then(|| (width - frame.right()).max(GAP)));
    set("top", (!from_bottom).then(|| frame.bottom() + GAP));
    set("bottom", from_bottom.then(|| height - frame.top() + GAP));
}
