use std::time::Duration;

use leptos::{ev::KeyboardEvent, html, leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::notify;
use crate::{
    dom::{focus, is_modal_open, is_typing},
    icon::{Icon, icons},
    settings::{text_signal, ui_text},
};

/// How long the typing must rest before a search runs.
const PAUSE: Duration = Duration::from_millis(250);

/// A search field: `/` focuses it, it searches when the typing rests, Esc empties it.
#[component]
pub fn SearchInput(
    /// The typed text, both ways.
    value: RwSignal<String>,
    /// What is searched, for assistive technology.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// What is searched, in the empty field.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// Whether `/` focuses it; one field a page.
    #[prop(default = true)]
    hotkey: bool,
    /// Runs 250 ms after the last keystroke, at once on Enter or when emptied.
    #[prop(optional, into)]
    on_search: Option<Callback<String>>,
) -> impl IntoView {
    let control: NodeRef<html::Input> = NodeRef::new();
    let pause = Pause::new();
    let search_now = move || {
        pause.cancel();
        notify(on_search, value.get_untracked());
    };
    if hotkey {
        focus_on_slash(control);
    }
    let empty = move || {
        value.set(String::new());
        search_now();
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            search_now();
        }
        "Escape" if !value.with_untracked(String::is_empty) => {
            // Inside a dialog the same key would close it.
            event.stop_propagation();
            event.prevent_default();
            empty();
        }
        _ => {}
    };
    let label = label.unwrap_or_else(|| text_signal(|text| &text.search));
    let clear = Callback::new(move |()| {
        empty();
        if let Some(control) = control.get_untracked() {
            focus(&control);
        }
    });
    view! {
        <div class="ui-input ui-input--search" role="search">
            <span class="ui-input__icon">
                <Icon icon=icons::SEARCH/>
            </span>
            <input
                class="ui-input__control"
                node_ref=control
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                placeholder=move || placeholder.map_or_else(|| label.get(), |text| text.get())
                prop:value=value
                on:input:target=move |event| {
                    value.set(event.target().value());
                    pause.restart(search_now);
                }
                on:keydown=on_key
            />
            {hotkey.then(|| view! { <kbd class="ui-kbd ui-input__hotkey" aria-hidden="true">"/"</kbd> })}
            <ClearButton value clear/>
        </div>
    }
    .into_any()
}

#[component]
fn ClearButton(value: RwSignal<String>, clear: Callback<()>) -> impl IntoView {
    let is_needed = Memo::new(move |_| value.with(|text| !text.is_empty()));
    move || {
        is_needed.get().then(|| {
            view! {
                <button
                    type="button"
                    class="ui-input__button"
                    aria-label=move || ui_text(|text| &text.clear)
                    on:click=move |_| clear.run(())
                >
                    <Icon icon=icons::X/>
                </button>
            }
        })
    }
}

/// Something that happens once the typing rests, and not after the field is gone.
#[derive(Clone, Copy)]
pub(crate) struct Pause(StoredValue<Option<TimeoutHandle>>);

impl Pause {
    pub(crate) fn new() -> Self {
        let pause = Self(StoredValue::new(None));
        on_cleanup(move || pause.cancel());
        pause
    }

    pub(crate) fn cancel(self) {
        if let Some(handle) = self.0.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    pub(crate) fn restart(self, run: impl Fn() + 'static) {
        self.cancel();
        self.0.set_value(set_timeout_with_handle(run, PAUSE).ok());
    }
}

/// Gives `/` to a search field, unless somebody is typing or a dialog is open.
pub fn focus_on_slash(control: NodeRef<html::Input>) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let is_ours = event.key() == "/" && plain && !is_typing() && !is_modal_open();
        if let Some(control) = control.get_untracked().filter(|_| is_ours) {
            event.prevent_default();
            focus(&control);
            control.select();
        }
    });
    on_cleanup(move || handle.remove());
}
