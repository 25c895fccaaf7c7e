//! From what the browser's editing leaves behind to clean HTML.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 15] = [
    "UL",
    "OL",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "BLOCKQUOTE",
    "PRE",
    "TABLE",
    "HR",
    "FIGURE",
    "DL",
    "DETAILS",
];

/// The content of an element as blocks: what stands between them becomes paragraphs, and empty ones are left out.
pub(super) fn html_of(element: &Element) -> String {
    let mut page = Page::default();
    page.walk(element);
    page.end_line();
    page.html
}

#[derive(Default)]
struct Page {
    html: String,
    line: String,
}

impl Page {
    fn walk(&mut self, parent: &Node) {
        let nodes = parent.child_nodes();
        for node in (0..nodes.length()).filter_map(|at| nodes.item(at)) {
            match node.dyn_ref::<Element>() {
                Some(element) => self.element(element),
                None if node.node_type() == Node::TEXT_NODE => self.line.push_str(&escape(&node.text_content().unwrap_or_default())),
                None => {}
            }
        }
    }

    fn element(&mut self, element: &Element) {
        let name = element.tag_name();
        match name.as_str() {
            // A list made from a paragraph may stay inside it, where HTML allows none.
            "P" | "DIV" if !element.has_attributes() => {
                self.end_line();
                self.walk(element);
                self.end_line();
            }
            "P" | "DIV" => self.block(element),
            name if BLOCKS.contains(&name) => self.block(element),
            _ => self.line.push_str(&element.outer_html()),
        }
    }

    fn block(&mut self, element: &Element) {
        self.end_line();
        self.html.push_str(&element.outer_html());
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = trim(&line);
        if !line.is_empty() {
            self.html.push_str(&format!("<p>{line}</p>"));
        }
    }
}

/// Without the room around it, and without the break by which the browser keeps an empty line open.
fn trim(line: &str) -> &str {
    let mut rest = line.trim();
    while let Some(shorter) = rest.strip_suffix("<br>").or_else(|| rest.strip_suffix("&nbsp;")) {
        rest = shorter.trim_end();
    }
    rest
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{escape, trim};

    #[test]
    fn an_empty_line_is_none() {
        assert_eq!(trim(" \u{a0}<br>"), "");
        assert_eq!(trim("<b>Moss</b> <br><br>"), "<b>Moss</b>");
        assert_eq!(trim("one<br>two"), "one<br>two");
    }

    #[test]
    fn typed_angles_are_no_tags() {
        assert_eq!(escape("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
    }
}
