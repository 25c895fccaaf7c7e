use leptos::{
    ev::{self, KeyboardEvent},
    html,
    prelude::*,
};

use crate::{dom::rove_focus, format::format_number};

/// One saved view of a list, or one part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabItem {
    key: String,
    label: String,
    count: Option<u64>,
}

impl TabItem {
    /// A tab with its key in the URL and its name.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            count: None,
        }
    }

    /// How many are behind it.
    pub fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// Views of the same list beside each other; arrow keys move among them.
#[component]
pub fn Tabs(
    /// Names the set for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// The views.
    #[prop(into)]
    items: Signal<Vec<TabItem>>,
    /// Key of the one that is shown; an unknown or empty key is the first.
    #[prop(into)]
    active: Signal<String>,
    /// Runs with the key of the chosen one.
    #[prop(into)]
    on_select: Callback<String>,
) -> impl IntoView {
    let list: NodeRef<html::Div> = NodeRef::new();
    let shown = Memo::new(move |_| {
        let wanted = active.get();
        items.with(|items| {
            let known = items.iter().any(|item| item.key == wanted);
            if known {
                wanted
            } else {
                items.first().map(|item| item.key.clone()).unwrap_or_default()
            }
        })
    });
    keep_in_sight(list, shown);
    let on_key = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        if !matches!(event.key().as_str(), "ArrowUp" | "ArrowDown") && rove_focus(&list, "[role=tab]", &event.key()) {
            event.prevent_default();
        }
    };
    let tab = move |item: TabItem| {
        let key = StoredValue::new(item.key);
        let is_shown = move || key.with_value(|key| shown.with(|shown| shown == key));
        view! {
            <button
                type="button"
                role="tab"
                class="ui-tab"
                aria-selected=move || is_shown().to_string()
                tabindex=move || if is_shown() { "0" } else { "-1" }
                on:click=move |_| on_select.run(key.get_value())
            >
                {item.label}
                {item.count.map(|count| view! { <span class="ui-tab__count">{move || format_number(count as f64, None)}</span> })}
            </button>
        }
    };
    view! {
        <div class="ui-tabs" role="tablist" aria-label=label node_ref=list on:keydown=on_key>
            {move || items.get().into_iter().map(tab).collect_view()}
        </div>
    }
    .into_any()
}

/// Where the tabs do not fit beside each other, the one that is shown is in sight, also after a phone was turned.
fn keep_in_sight(list: NodeRef<html::Div>, shown: Memo<String>) {
    crate::watch(move || {
        shown.track();
        if let Some(list) = list.get() {
            request_animation_frame(move || scroll_to_shown(&list));
        }
    });
    let handle = window_event_listener(ev::resize, move |_| {
        if let Some(list) = list.get_untracked() {
            scroll_to_shown(&list);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Moves the row of tabs alone; `scrollIntoView` would move the page too.
fn scroll_to_shown(list: &web_sys::HtmlElement) {
    let Ok(Some(tab)) = list.query_selector("[aria-selected=true]") else {
        return;
    };
    let (frame, tab) = (list.get_bounding_client_rect(), tab.get_bounding_client_rect());
    let beyond = (tab.right() - frame.right()).max(0.0) + (tab.left() - frame.left()).min(0.0);
    list.set_scroll_left(list.scroll_left() + beyond as i32);
}
