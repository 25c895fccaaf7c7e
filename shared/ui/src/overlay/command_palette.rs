use leptos::{ev, html, prelude::*};

use super::{
    command_entry::{CommandEntry, Run, find},
    dialog::{drive_modal, is_backdrop},
    leave_guard::{Destination, is_held},
};
use crate::{
    dom::{html_element, is_modal_open, unique_id},
    form::Pause,
    icon::{Icon, IconSize, icons},
    query::use_go,
    settings::{app_href, text_signal, ui_text},
};

/// What the palette's parts share.
#[derive(Clone, Copy)]
struct Palette {
    id: StoredValue<String>,
    text: RwSignal<String>,
    at: RwSignal<usize>,
    found: Signal<Vec<CommandEntry>>,
    searching: Signal<bool>,
    search: Callback<()>,
    run: Callback<CommandEntry>,
}

impl Palette {
    fn list_id(self) -> String {
        self.id.with_value(|id| format!("{id}-list"))
    }

    fn option_id(self, index: usize) -> String {
        self.id.with_value(|id| format!("{id}-{index}"))
    }

    /// A sentence that nothing was found is no option, and a list without options is none.
    fn has_options(self) -> bool {
        self.found.with(|found| !found.is_empty())
    }

    fn move_to(self, index: usize) {
        self.at.set(index);
        if let Some(option) = html_element(&self.option_id(index)) {
            option.scroll_into_view_with_bool(false);
        }
    }

    fn press(self, event: &ev::KeyboardEvent) {
        let count = self.found.with_untracked(Vec::len);
        let here = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.move_to((here + 1) % count),
            "ArrowUp" if count > 0 => self.move_to((here + count - 1) % count),
            "Enter" => {
                if let Some(entry) = self.found.with_untracked(|found| found.get(here).cloned()) {
                    self.run.run(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// Finds pages and actions by typing. ⌘K or Ctrl-K opens it from anywhere; needs a router around it.
#[component]
pub fn CommandPalette(
    /// What it can do, in the order shown while nothing is typed.
    #[prop(into)]
    entries: Signal<Vec<CommandEntry>>,
    /// Shown or not, both ways.
    open: RwSignal<bool>,
    /// Runs with the text once the typing rests, and with nothing when the palette opens: looks records up.
    #[prop(optional, into)]
    on_search: Option<Callback<String>>,
    /// The records that were found, shown below what matches of the entries.
    #[prop(optional, into)]
    records: Signal<Vec<CommandEntry>>,
    /// Records are being looked up.
    #[prop(optional, into)]
    searching: Signal<bool>,
) -> impl IntoView {
    let element: NodeRef<html::Dialog> = NodeRef::new();
    let (text, at) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    drive_modal(element, open);
    open_by_key(open);
    let pause = Pause::new();
    let look_up = move || {
        if let Some(on_search) = on_search {
            on_search.run(text.get_untracked());
        }
    };
    crate::watch(move || {
        if open.get() {
            text.set(String::new());
            at.set(0);
            pause.cancel();
            look_up();
        }
    });
    // An entry holds callbacks and is not comparable, so this is a signal that is computed when it is asked for.
    let found = Signal::derive(move || {
        let mut found = entries.with(|entries| find(entries, &text.get()));
        records.with(|records| found.extend_from_slice(records));
        found
    });
    let go = use_go();
    let run = Callback::new(move |entry: CommandEntry| {
        open.set(false);
        match entry.run {
            Run::Link(href) if is_held(Destination::Link(app_href(&href))) => {}
            Run::Link(href) => go(&href),
            Run::Action(action) => action.run(()),
        }
    });
    let palette = Palette {
        id: StoredValue::new(unique_id("palette")),
        text,
        at,
        found,
        searching,
        search: Callback::new(move |()| pause.restart(look_up)),
        run,
    };
    let label = text_signal(|text| &text.search);
    view! {
        <dialog
            class="ui-palette"
            node_ref=element
            aria-label=label
            on:close=move |_| open.set(false)
            on:pointerdown=move |event| if is_backdrop(&event) { open.set(false) }
        >
            <div class="ui-palette__frame">
                <SearchLine palette label/>
                <div class="ui-palette__list" role=move || palette.has_options().then_some("listbox") id=palette.list_id() aria-label=move || palette.has_options().then(|| label.get())>
                    {move || options_view(palette, &palette.found.get(), palette.searching.get())}
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn SearchLine(palette: Palette, label: Signal<String>) -> impl IntoView {
    view! {
        <div class="ui-palette__search">
            <Icon icon=icons::SEARCH size=IconSize::Medium/>
            <input
                class="ui-palette__input"
                type="text"
                role="combobox"
                aria-expanded=move || palette.has_options().to_string()
                aria-autocomplete="list"
                aria-controls=palette.list_id()
                aria-activedescendant=move || palette.has_options().then(|| palette.option_id(palette.at.get()))
                aria-label=label
                placeholder=move || ui_text(|text| &text.palette_placeholder)
                autocomplete="off"
                spellcheck="false"
                prop:value=palette.text
                on:input:target=move |event| {
                    palette.text.set(event.target().value());
                    palette.at.set(0);
                    palette.search.run(());
                }
                on:keydown=move |event| palette.press(&event)
            />
            <kbd class="ui-kbd">"esc"</kbd>
        </div>
    }
}

fn open_by_key(open: RwSignal<bool>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_palette = event.key().eq_ignore_ascii_case("k") && (event.meta_key() || event.ctrl_key()) && !event.alt_key();
        if is_palette && (open.get_untracked() || !is_modal_open()) {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || handle.remove());
}

fn options_view(palette: Palette, found: &[CommandEntry], searching: bool) -> AnyView {
    if found.is_empty() && searching {
        return view! { <p class="ui-palette__empty">{ui_text(|text| &text.loading)} "…"</p> }.into_any();
    }
    if found.is_empty() {
        return view! { <p class="ui-palette__empty">{ui_text(|text| &text.palette_empty)}</p> }.into_any();
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
                id=palette.option_id(index)
                aria-selected=move || (palette.at.get() == index).to_string()
                on:pointermove=move |_| palette.at.set(index)
                on:click=move |_| palette.run.run(chosen.clone())
            >
                {entry.icon.map(|icon| view! { <Icon icon/> })}
                <span class="ui-palette__label">{entry.label.clone()}</span>
                {entry.detail.clone().map(|text| view! { <span class="ui-palette__detail">{text}</span> })}
            </div>
        }
    });
    rows.collect_view().into_any()
}
