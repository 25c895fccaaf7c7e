//! The editable element: what the browser's own editing does for it, and what is read from it.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlDocument, Range, Selection};

use super::write::html_of;
use crate::dom::focus;

/// How the text at the caret is formatted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Format {
    pub bold: bool,
    pub italic: bool,
    pub list: bool,
    pub link: bool,
}

/// The text being edited and the HTML that it stands for.
#[derive(Clone, Copy)]
pub(super) struct Surface {
    value: RwSignal<String>,
    element: StoredValue<Option<NodeRef<html::Div>>>,
    /// Where the caret was: a button or a dialog takes the focus, and the browser may forget.
    caret: StoredValue<Option<Range>, LocalStorage>,
    format: RwSignal<Format>,
}

impl Surface {
    pub fn new(value: RwSignal<String>) -> Self {
        Self {
            value,
            element: StoredValue::new(None),
            caret: StoredValue::new_local(None),
            format: RwSignal::new(Format::default()),
        }
    }

    /// Shows the value in an element, and what becomes of it from elsewhere.
    pub fn attach(self, element: NodeRef<html::Div>) {
        self.element.set_value(Some(element));
        self.caret.set_value(None);
        let value = self.value;
        crate::watch(move || {
            let Some(element) = element.get() else { return };
            let wanted = value.get();
            // What was just typed is there already; writing it again would move the caret.
            if html_of(&element) != wanted {
                element.set_inner_html(&wanted);
            }
        });
    }

    /// How the text at the caret is formatted; to be tracked.
    pub fn format(self) -> Format {
        self.format.get()
    }

    /// Takes over what was typed.
    pub fn read(self) {
        if let Some(element) = self.element() {
            self.value.set(html_of(&element));
        }
        self.look();
    }

    /// Notes how the text at the caret is formatted.
    pub fn look(self) {
        let Some(document) = document_of() else { return };
        let is_on = |command: &str| document.query_command_state(command).unwrap_or_default();
        self.format.set(Format {
            bold: is_on("bold"),
            italic: is_on("italic"),
            list: is_on("insertUnorderedList"),
            link: self.link().is_some(),
        });
    }

    /// Notes where the caret is.
    pub fn remember(self) {
        let range = self
            .selection()
            .and_then(|selection| selection.get_range_at(0).ok())
            .map(|range| range.clone_range());
        if range.is_some() {
            self.caret.set_value(range);
        }
    }

    /// Runs one of the browser's editing commands where the caret is or was.
    pub fn run(self, command: &str, argument: &str) {
        if !self.has_focus() {
            self.return_to_caret();
        }
        let Some(document) = document_of() else { return };
        // Tags instead of styles, which would not outlive the server's sanitiser, and a paragraph for each Enter.
        document.exec_command_with_show_ui_and_value("styleWithCSS", false, "false").ok();
        document
            .exec_command_with_show_ui_and_value("defaultParagraphSeparator", false, "p")
            .ok();
        document.exec_command_with_show_ui_and_value(command, false, argument).ok();
        self.read();
    }

    /// Pastes words only: the formats of other programs would fill the shop with their fonts.
    pub fn paste(self, event: &ClipboardEvent) {
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        if let Some(text) = text {
            event.prevent_default();
            self.run("insertText", &text);
        }
    }

    /// The link that the caret is in or was in.
    pub fn link(self) -> Option<Element> {
        let node = match self.selection() {
            Some(selection) => selection.anchor_node()?,
            None => self.caret.get_value()?.start_container().ok()?,
        };
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        element.closest("a[href]").ok()?
    }

    /// Whether nothing is selected, so that a link would have no words.
    pub fn is_collapsed(self) -> bool {
        self.selection().is_none_or(|selection| selection.is_collapsed())
    }

    /// Selects all words of the link that the caret is in.
    pub fn select_link(self) {
        if let (Some(selection), Some(link)) = (self.selection(), self.link()) {
            selection.select_all_children(&link).ok();
        }
    }

    /// Puts the focus and the caret where they were.
    pub fn return_to_caret(self) {
        let Some(element) = self.element() else { return };
        focus(&element);
        let Some((range, selection)) = self.caret.get_value().zip(selection()) else {
            return;
        };
        selection.remove_all_ranges().ok();
        selection.add_range(&range).ok();
    }

    fn has_focus(self) -> bool {
        let active = document().active_element();
        self.element().zip(active).is_some_and(|(element, active)| active == **element)
    }

    fn element(self) -> Option<web_sys::HtmlDivElement> {
        self.element.get_value()?.get_untracked()
    }

    /// The selection, when it is in this text.
    fn selection(self) -> Option<Selection> {
        let element = self.element()?;
        selection().filter(|selection| selection.range_count() > 0 && element.contains(selection.anchor_node().as_ref()))
    }
}

fn selection() -> Option<Selection> {
    window().get_selection().ok()?
}

fn document_of() -> Option<HtmlDocument> {
    document().dyn_into().ok()
}
