//! Formatted text: paragraphs, bold, italic, lists and links, with a way to the HTML behind it.

mod link;
mod surface;
mod toolbar;
mod write;

use leptos::{html, prelude::*};

use super::field::use_field;
use link::LinkDialog;
use surface::Surface;
use toolbar::Toolbar;

/// Several paragraphs of formatted text, kept as HTML. What is typed plain becomes paragraphs.
///
/// What comes in must be sanitised already, and what goes out must be again: here only the page's policy keeps scripts from running.
#[component]
pub fn RichText(
    /// The HTML, both ways; it changes only when the reader changes something.
    value: RwSignal<String>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let field = use_field(None);
    let surface = Surface::new(value);
    let as_html = RwSignal::new(false);
    let linking = RwSignal::new(false);
    let (id, described_by, invalid) = (StoredValue::new(field.id), field.described_by, field.invalid);
    let control = move || {
        if as_html.get() {
            view! { <Source id=id.get_value() value described_by disabled/> }.into_any()
        } else {
            view! { <Editor id=id.get_value() surface described_by invalid disabled/> }.into_any()
        }
    };
    view! {
        <div class="ui-input ui-input--area ui-input--rich" class:ui-input--disabled=disabled>
            {move || (!disabled.get()).then(|| view! { <Toolbar surface as_html linking/> })}
            {control}
        </div>
        <LinkDialog open=linking surface/>
    }
    .into_any()
}

#[component]
fn Editor(
    id: String,
    surface: Surface,
    described_by: Signal<Option<String>>,
    invalid: Signal<bool>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let element: NodeRef<html::Div> = NodeRef::new();
    let labelled_by = format!("{id}-label");
    surface.attach(element);
    view! {
        <div
            class="ui-input__control ui-rich"
            node_ref=element
            id=id
            role="textbox"
            tabindex="0"
            aria-multiline="true"
            aria-labelledby=labelled_by
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            aria-readonly=move || disabled.get().then_some("true")
            contenteditable=move || (!disabled.get()).to_string()
            on:input=move |_| surface.read()
            on:paste=move |event| surface.paste(&event)
            on:keyup=move |_| surface.look()
            on:pointerup=move |_| surface.look()
            on:blur=move |_| surface.remember()
        ></div>
    }
}

#[component]
fn Source(id: String, value: RwSignal<String>, described_by: Signal<Option<String>>, disabled: Signal<bool>) -> impl IntoView {
    view! {
        <textarea
            class="ui-input__control ui-rich-source"
            id=id
            rows="10"
            spellcheck="false"
            disabled=disabled
            aria-describedby=described_by
            prop:value=value
            on:input:target=move |event| value.set(event.target().value())
        ></textarea>
    }
}
