use leptos::{ev, prelude::*};

use super::surface::{Format, Surface};
use crate::icon::{Icon, IconData, icons};

/// The formats, and the way to the HTML.
#[component]
pub(super) fn Toolbar(surface: Surface, as_html: RwSignal<bool>, linking: RwSignal<bool>) -> impl IntoView {
    let command = move |name: &'static str| Callback::new(move |()| surface.run(name, ""));
    let link = Callback::new(move |()| {
        surface.remember();
        linking.set(true);
    });
    view! {
        <div class="ui-rich-toolbar" role="group" aria-label="Formatting">
            <FormatButton icon=icons::BOLD label="Bold" surface pick=|format| format.bold disabled=as_html on_press=command("bold")/>
            <FormatButton icon=icons::ITALIC label="Italic" surface pick=|format| format.italic disabled=as_html on_press=command("italic")/>
            <FormatButton icon=icons::LIST label="List" surface pick=|format| format.list disabled=as_html on_press=command("insertUnorderedList")/>
            <FormatButton icon=icons::LINK label="Link" surface pick=|format| format.link disabled=as_html on_press=link/>
            <button
                type="button"
                class="ui-button ui-button--ghost ui-button--small ui-rich-toolbar__source"
                aria-pressed=move || as_html.get().to_string()
                on:click=move |_| as_html.update(|as_html| *as_html = !*as_html)
            >
                "HTML"
            </button>
        </div>
    }
}

#[component]
fn FormatButton(
    icon: IconData,
    label: &'static str,
    surface: Surface,
    pick: fn(Format) -> bool,
    #[prop(into)] disabled: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="ui-button ui-button--icon ui-button--ghost ui-button--small"
            aria-label=label
            title=label
            aria-pressed=move || pick(surface.format()).to_string()
            disabled=disabled
            // A press must not take the focus from the text, or its selection would be gone on some phones.
            on:pointerdown=|event: ev::PointerEvent| event.prevent_default()
            on:mousedown=|event: ev::MouseEvent| event.prevent_default()
            on:click=move |_| on_press.run(())
        >
            <Icon icon/>
        </button>
    }
}
