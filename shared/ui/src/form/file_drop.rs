use leptos::{html, prelude::*};
use web_sys::{DragEvent, File, FileList};

use crate::{
    dom::unique_id,
    icon::{Icon, IconSize, icons},
    settings::ui_text,
};

/// An area files are dropped on or chosen from.
#[component]
pub fn FileDrop(
    /// What belongs here.
    #[prop(into)]
    label: Signal<String>,
    /// Formats and sizes that are taken.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The HTML accept list: `.csv`, `image/*`.
    #[prop(optional, into)]
    accept: Option<String>,
    /// Takes more than one file.
    #[prop(optional)]
    multiple: bool,
    /// A file is being taken in.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What is wrong with the file.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Runs with the files; the accept list is a hint of the browser, so check them.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let control: NodeRef<html::Input> = NodeRef::new();
    let id = unique_id("files");
    let error_id = format!("{id}-error");
    let take = move |files: Option<FileList>| {
        let most = if multiple { usize::MAX } else { 1 };
        let files: Vec<File> = files.iter().flat_map(each_file).take(most).collect();
        if !files.is_empty() && !busy.get_untracked() {
            on_files.run(files);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|transfer| transfer.files()));
    };
    let chosen = move |_| {
        if let Some(control) = control.get_untracked() {
            take(control.files());
            // Choosing the same file again must fire again, after it was corrected.
            control.set_value("");
        }
    };
    let invalid = move || error.get().is_some();
    view! {
        <div class="ui-field" class:ui-field--invalid=invalid>
            <label
                class="ui-file-drop"
                class:ui-file-drop--over=over
                class:ui-file-drop--busy=busy
                on:dragover=move |event: DragEvent| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <input
                    class="ui-sr-only"
                    node_ref=control
                    type="file"
                    accept=accept
                    multiple=multiple
                    disabled=busy
                    aria-describedby=error_id.clone()
                    on:change=chosen
                />
                <Words label hint/>
            </label>
            {move || error.get().map(|text| view! { <super::field::ErrorLine id=error_id.clone() text/> })}
        </div>
    }
    .into_any()
}

#[component]
fn Words(label: Signal<String>, hint: Option<Signal<String>>) -> impl IntoView {
    view! {
        <Icon icon=icons::UPLOAD size=IconSize::Medium/>
        <span class="ui-file-drop__label">{label}</span>
        <span class="ui-file-drop__action">
            <span class="ui-link">{move || ui_text(|text| &text.choose_file)}</span>
            " "
            {move || ui_text(|text| &text.or_drop)}
        </span>
        {hint.map(|hint| view! { <span class="ui-choice__hint">{hint}</span> })}
    }
}

fn each_file(list: &FileList) -> impl Iterator<Item = File> + '_ {
    (0..list.length()).filter_map(|index| list.get(index))
}
