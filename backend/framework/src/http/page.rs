//! The error page that cannot fail: no template, no database, no store.

use std::fmt::Write;

/// A small HTML page for a status, with the request's id to quote. Everything is escaped.
pub fn error_page(status: u16, title: &str, detail: Option<&str>, request_id: &str) -> String {
    let mut page = String::with_capacity(1_200);
    let _written = write!(
        page,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><link rel=\"icon\" href=\"data:,\"><title>{title}</title><style>\
         body{{margin:0;min-height:100vh;display:grid;place-items:center;background:#f7f6f3;color:#1c1c1a;font:16px/1.5 system-ui,sans-serif}}\
         main{{max-width:28rem;padding:2rem;text-align:center}}p{{color:#5b5a55}}b{{display:block;font-size:3rem;letter-spacing:-.02em}}\
         a{{color:inherit}}small{{color:#65645e}}@media(prefers-color-scheme:dark){{body{{background:#161614;color:#f2f1ec}}p,small{{color:#a8a69e}}}}\
         </style></head><body><main><b>{status}</b><h1>{title}</h1><p>{detail}</p><p><a href=\"/\">Go to the start page</a></p>\
         <small>Request {request_id}</small></main></body></html>",
        title = escape(title),
        detail = escape(detail.unwrap_or_default()),
        request_id = escape(request_id),
    );
    page
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_page_is_markup_from_outside() {
        let page = error_page(404, "<b>x", Some("\"><script>"), "a&b");
        assert!(!page.contains("<script>") && !page.contains("<b>x"));
        assert!(page.contains("&lt;b&gt;x") && page.contains("a&amp;b"));
    }
}
