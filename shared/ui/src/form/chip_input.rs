use leptos::prelude::*;

use super::{field::use_field, notify};
use crate::{
    button::{Button, ButtonSize, IconButton},
    dom::{focus_id, unique_id},
    icon::{Icon, icons},
};

/// One of several values; the key stays when the text changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Names it.
    pub key: u32,
    /// What is read.
    pub text: String,
}

/// Values as chips: a value is whatever was typed, its commas included.
///
/// Enter adds what is typed, and so does leaving the field; a press on a chip changes it.
#[component]
pub fn ChipInput(
    /// The values, both ways.
    chips: RwSignal<Vec<Chip>>,
    /// Gives the key of a new one.
    #[prop(into)]
    new_key: Callback<(), u32>,
    /// An example of a value.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Cannot be changed now.
    #[prop(optional)]
    disabled: bool,
    /// Runs after a value has joined.
    #[prop(optional, into)]
    on_added: Option<Callback<u32>>,
    /// Runs after a value has gone.
    #[prop(optional, into)]
    on_removed: Option<Callback<u32>>,
    /// Runs after values changed places.
    #[prop(optional, into)]
    on_moved: Option<Callback<()>>,
) -> impl IntoView {
    let field = use_field(None);
    let typed = RwSignal::new(String::new());
    let editing = RwSignal::new(None::<u32>);
    let complaint = field.complaint;
    let add_one = move |text: &str| {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if chips.with_untracked(|chips| is_there(chips, text, None)) {
            complaint.set(Some(format!("“{text}” is there already.")));
            return;
        }
        let key = new_key.run(());
        chips.update(|chips| {
            chips.push(Chip {
                key,
                text: text.to_owned(),
            });
        });
        notify(on_added, key);
    };
    let add = move || {
        complaint.set(None);
        add_one(&typed.get_untracked());
        typed.set(String::new());
    };
    let add_parts = move |_| {
        complaint.set(None);
        parts(&typed.get_untracked()).into_iter().for_each(|part| add_one(&part));
        typed.set(String::new());
    };
    let keydown = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    let id = field.id.clone();
    let remove = move |key: u32| {
        chips.update(|chips| chips.retain(|chip| chip.key != key));
        notify(on_removed, key);
        focus_id(&id);
    };
    let remove = Callback::new(remove);
    let several = move || typed.with(|typed| parts(typed).len());
    view! {
        <div class="ui-chip-input">
            <ul class="ui-chips" class:hidden=move || chips.with(Vec::is_empty)>
                <For each=move || chips.get() key=|chip| (chip.key, chip.text.clone()) let:chip>
                    <li class="ui-chip">
                        <ChipBody chip chips editing complaint disabled on_moved on_remove=remove/>
                    </li>
                </For>
            </ul>
            <div class="ui-row">
                <div class="ui-input flex-1" class:ui-input--disabled=disabled>
                    <input
                        class="ui-input__control"
                        id=field.id
                        type="text"
                        autocomplete="off"
                        disabled=disabled
                        placeholder=placeholder
                        aria-describedby=field.described_by
                        aria-invalid=move || field.invalid.get().then_some("true")
                        prop:value=typed
                        on:input:target=move |event| typed.set(event.target().value())
                        on:keydown=keydown
                        on:blur=move |_| add()
                    />
                </div>
                // Held down, the field keeps the focus: leaving it would add what is typed as one value.
                {move || (several() > 1).then(|| view! {
                    <span on:mousedown=|event| event.prevent_default()>
                        <Button size=ButtonSize::Small on_click=add_parts>{format!("Add as {} values", several())}</Button>
                    </span>
                })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn ChipBody(
    chip: Chip,
    chips: RwSignal<Vec<Chip>>,
    editing: RwSignal<Option<u32>>,
    complaint: RwSignal<Option<String>>,
    disabled: bool,
    on_moved: Option<Callback<()>>,
    on_remove: Callback<u32>,
) -> impl IntoView {
    let Chip { key, text } = chip;
    let label = format!("Remove {text}");
    let shown = text.clone();
    let open = Memo::new(move |_| editing.get() == Some(key));
    move || {
        if open.get() {
            return view! { <ChipEditor key text=text.clone() chips editing complaint on_moved/> }.into_any();
        }
        let (label, shown) = (label.clone(), shown.clone());
        view! {
            <button type="button" class="ui-chip__label" disabled=disabled on:click=move |_| editing.set(Some(key))>{shown}</button>
            {(!disabled).then(|| view! {
                <button type="button" class="ui-chip__remove" aria-label=label on:click=move |_| on_remove.run(key)><Icon icon=icons::X/></button>
            })}
        }
        .into_any()
    }
}

/// Changes a chip's text, and its place among the others.
#[component]
fn ChipEditor(
    key: u32,
    text: String,
    chips: RwSignal<Vec<Chip>>,
    editing: RwSignal<Option<u32>>,
    complaint: RwSignal<Option<String>>,
    on_moved: Option<Callback<()>>,
) -> impl IntoView {
    let id = unique_id("chip");
    let typed = RwSignal::new(text.clone());
    let label = format!("Change {text}");
    let ready = id.clone();
    crate::watch(move || focus_id(&ready));
    let done = move || {
        // What Enter has closed loses the focus after that, when there is nothing left to ask.
        let Some(text) = typed.try_get_untracked() else { return };
        let text = text.trim().to_owned();
        editing.try_set(None);
        if text.is_empty() {
            return;
        }
        if chips.with_untracked(|chips| is_there(chips, &text, Some(key))) {
            complaint.set(Some(format!("“{text}” is there already.")));
            return;
        }
        complaint.set(None);
        chips.update(|chips| {
            for chip in chips.iter_mut().filter(|chip| chip.key == key) {
                chip.text.clone_from(&text);
            }
        });
    };
    let keydown = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            done();
        }
        "Escape" => {
            event.stop_propagation();
            editing.set(None);
        }
        _ => {}
    };
    let step = move |by: isize| {
        chips.update(|chips| move_by(chips, key, by));
        notify(on_moved, ());
    };
    view! {
        <input
            class="ui-chip__input"
            id=id
            type="text"
            autocomplete="off"
            aria-label=label
            prop:value=typed
            on:input:target=move |event| typed.set(event.target().value())
            on:keydown=keydown
            on:blur=move |_| done()
        />
        <span class="ui-row" on:mousedown=|event| event.prevent_default()>
            <IconButton icon=icons::ARROW_LEFT label="Move to the left" size=ButtonSize::Small on_click=move |_| step(-1)/>
            <IconButton icon=icons::ARROW_RIGHT label="Move to the right" size=ButtonSize::Small on_click=move |_| step(1)/>
        </span>
    }
}

/// Whether a value is among the chips, whatever its case; `but` is the one that is being changed.
fn is_there(chips: &[Chip], text: &str, but: Option<u32>) -> bool {
    let folded = text.to_lowercase();
    chips.iter().any(|chip| Some(chip.key) != but && chip.text.to_lowercase() == folded)
}

/// What a list of values would be, if it is one.
fn parts(typed: &str) -> Vec<String> {
    let separator = if typed.contains(';') { ';' } else { ',' };
    let parts = typed.split(separator).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn move_by(chips: &mut [Chip], key: u32, by: isize) {
    let Some(from) = chips.iter().position(|chip| chip.key == key) else {
        return;
    };
    if let Some(to) = from.checked_add_signed(by).filter(|to| *to < chips.len()) {
        chips.swap(from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::{Chip, is_there, move_by, parts};

    #[test]
    fn a_list_can_be_told_from_a_value_and_is_split_only_when_asked() {
        assert_eq!(parts("S, M, L"), ["S", "M", "L"]);
        assert_eq!(parts("1,5 l; 2,0 l"), ["1,5 l", "2,0 l"]);
        assert_eq!(parts("Small"), ["Small"]);
    }

    #[test]
    fn a_value_is_there_once_and_may_change_its_case() {
        let mut chips = ["S", "M"].map(|text| Chip {
            key: u32::from(text.as_bytes()[0]),
            text: text.to_owned(),
        });
        assert!(is_there(&chips, "s", None));
        assert!(!is_there(&chips, "s", Some(u32::from(b'S'))));
        move_by(&mut chips, u32::from(b'M'), -1);
        move_by(&mut chips, u32::from(b'M'), -1);
        assert_eq!(chips[0].text, "M");
    }
}
