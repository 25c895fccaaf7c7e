use leptos::{ev, html, prelude::*};

use super::{
    command_entry::{CommandEntry, Run, find},
    dialog::{drive_modal, is_backdrop},
};
use crate::{
    dom::{html_element, is_modal_open, unique_id},
    icon::{Icon, IconSize, icons},
    query::use_go,
    settings::ui_text,
};

/// Finds pages and actions by typing. ⌘K or Ctrl-K opens it from anywhere; needs a router around it.
#[component]
pub fn CommandPalette(
    /// What it can do, in the order shown while nothing is typed.
    #[prop(into)]
    entries: Signal<Vec<CommandEntry>>,
    /// Shown or not, both ways.
    open: RwSignal<bool>,
) -> impl IntoView {
    let element: NodeRef<html::Dialog> = NodeRef::new();
    let input: NodeRef<html::Input> = NodeRef::new();
    let id = StoredValue::new(unique_id("palette"));
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    drive_modal(element, open);
    open_by_key(open);
    Effect::new(move |_| {
        if open.get() {
            text.set(String::new());
            at.set(0);
        }
    });
    // An entry holds callbacks and is not comparable, so this is a signal that is computed when it is asked for.
    let found = Signal::derive(move || entries.with(|entries| find(entries, &text.get())));
    let go = use_go();
    let run = Callback::new(move |entry: CommandEntry| {
        open.set(false);
        match entry.run {
            Run::Link(href) => go(&href),
            Run::Action(action) => action.run(()),
        }
    });
    let option_id = move |index: usize| id.with_value(|id| format!("{id}-{index}"));
    let move_to = move |index: usize| {
        at.set(index);
        if let Some(option) = html_element(&option_id(index)) {
            option.scroll_into_view_with_bool(false);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let here = at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => move_to((here + 1) % count),
            "ArrowUp" if count > 0 => move_to((here + count - 1) % count),
            "Enter" => {
                if let Some(entry) = found.with_untracked(|found| found.get(here).cloned()) {
                    run.run(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let list_id = move || id.with_value(|id| format!("{id}-list"));
    let options = move || options_view(&found.get(), at, option_id, run);
    view! {
        <dialog
            class="ui-palette"
            node_ref=element
            aria-label=move || ui_text(|text| &text.search)
            on:close=move |_| open.set(false)
            on:pointerdown=move |event| if is_backdrop(&event) { open.set(false) }
        >
            <div class="ui-palette__frame">
                <div class="ui-palette__search">
                    <Icon icon=icons::SEARCH size=IconSize::Medium/>
                    <input
                        class="ui-palette__input"
                        node_ref=input
                        type="text"
                        role="combobox"
                        aria-expanded="true"
                        aria-autocomplete="list"
                        aria-controls=list_id
                        aria-activedescendant=move || option_id(at.get())
                        aria-label=move || ui_text(|text| &text.search)
                        placeholder=move || ui_text(|text| &text.palette_placeholder)
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=text
                        on:input:target=move |event| {
                            text.set(event.target().value());
                            at.set(0);
                        }
                        on:keydown=on_key
                    />
                    <kbd class="ui-kbd">"esc"</kbd>
                </div>
                <div class="ui-palette__list" role="listbox" id=list_id aria-label=move || ui_text(|text| &text.search)>
                    {options}
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

fn open_by_key(open: RwSignal<bool>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_palette = event.key().eq_ignore_ascii_case("k")
            && (event.meta_key() || event.ctrl_key())
            && !event.alt_key();
        if is_palette && (open.get_untracked() || !is_modal_open()) {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || handle.remove());
}

fn options_view(
    found: &[CommandEntry],
    at: RwSignal<usize>,
    option_id: impl Fn(usize) -> String,
    run: Callback<CommandEntry>,
) -> AnyView {
    if found.is_empty() {
        return view! { <p class="ui-palette__empty">{ui_text(|text| &text.palette_empty)}</p> }
            .into_any();
    }
    let mut group = "";
    let rows = found.iter().enumerate().map(|(index, entry)| {
        let heading = (entry.group != group && !entry.group.is_empty())
            .then(|| view! { <div class="ui-palette__group" role="presentation">{entry.group.clone()}</div> });
        group = &entry.group;
        let chosen = entry.clone();
        view! {
            {heading}
            <div
                class="ui-palette__option"
                role="option"
                id=option_id(index)
                aria-selected=move || (at.get() == index).to_string()
                on:pointermove=move |_| at.set(index)
                on:click=move |_| run.run(chosen.clone())
            >
                {entry.icon.map(|icon| view! { <Icon icon/> })}
                <span class="ui-palette__label">{entry.label.clone()}</span>
                {entry.detail.clone().map(|text| view! { <span class="ui-palette__detail">{text}</span> })}
            </div>
        }
    });
    rows.collect_view().into_any()
}
