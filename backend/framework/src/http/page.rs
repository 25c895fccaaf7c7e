//! The error page that cannot fail: no template, no database, no store, nothing to fetch.

use std::fmt::Write;

/// The kit's colours and shapes, light and dark; the page stands alone, so they are written out.
const STYLE: &str = "\
    :root{color-scheme:light dark;--surface:#f5f6f8;--raised:#fff;--text:#14161c;--muted:#565d6d;--border:#e0e3e9;--accent:#2f4fd0;\
    --on-accent:#fff;--ground:#171c33;--stars:#fff;--shadow:0 1px 2px rgb(20 24 36/6%),0 12px 32px rgb(20 24 36/8%)}\
    @media(prefers-color-scheme:dark){:root{--surface:#0d0f13;--raised:#16191f;--text:#eceef3;--muted:#9ba3b2;--border:#282c35;--accent:#4f67e4;\
    --ground:#e9ecfb;--stars:#1b2450;--shadow:none}}\
    *{box-sizing:border-box}\
    body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:1.5rem;background:var(--surface);color:var(--text);\
    font:1rem/1.55 -apple-system,BlinkMacSystemFont,\"Segoe UI\",Roboto,Inter,\"Noto Sans\",\"Helvetica Neue\",Arial,system-ui,sans-serif}\
    main{width:100%;max-width:30rem;padding:2.5rem 2rem;border:1px solid var(--border);border-radius:16px;background:var(--raised);\
    box-shadow:var(--shadow);text-align:center}\
    svg{display:block;margin:0 auto 1.25rem}.ground{fill:var(--ground)}.stars{fill:var(--stars)}\
    .shop{margin-bottom:1.25rem;color:var(--text);font-weight:600}.status{margin:0;color:var(--muted);font-size:.875rem;font-weight:600;letter-spacing:.08em}\
    h1{margin:.25rem 0 .5rem;font-size:1.625rem;line-height:1.2;letter-spacing:-.014em;text-wrap:balance}\
    p{margin:0;color:var(--muted);text-wrap:pretty}\
    .go{display:inline-block;margin-top:1.75rem;padding:.625rem 1.125rem;border-radius:8px;background:var(--accent);color:var(--on-accent);\
    font-weight:600;text-decoration:none}\
    .go:hover{filter:brightness(.92)}.go:focus-visible{outline:2px solid var(--accent);outline-offset:2px}\
    footer{margin-top:1.75rem;padding-top:1.25rem;border-top:1px solid var(--border);color:var(--muted);font-size:.8125rem;overflow-wrap:anywhere}\
    form{margin-top:1.75rem;text-align:left}label{display:block;margin-bottom:.375rem;font-weight:600;font-size:.875rem}\
    input{width:100%;padding:.625rem .75rem;border:1px solid var(--muted);border-radius:8px;background:var(--raised);color:var(--text);font:inherit}\
    input:focus-visible{outline:2px solid var(--accent);outline-offset:1px}button.go{margin-top:.875rem;width:100%;border:0;font:inherit;font-weight:600;cursor:pointer}\
    .text{margin-top:1.5rem;text-align:left}.text p{margin-bottom:1em;color:var(--text);white-space:pre-line;overflow-wrap:anywhere}\
    .wrong{margin-bottom:.75rem;color:var(--text);font-weight:600}\
    code{font:.8125rem ui-monospace,\"SF Mono\",Menlo,Consolas,monospace}";

/// The mark of the dashboards.
const MARK: &str = "\
    <svg width=\"44\" height=\"44\" viewBox=\"0 0 28 28\" aria-hidden=\"true\"><rect class=\"ground\" width=\"28\" height=\"28\" rx=\"8\"/>\
    <path class=\"stars\" d=\"M7.2 17.4l1 2.4 2.4 1-2.4 1-1 2.4-1-2.4-2.4-1 2.4-1zM14 10.2l1.2 2.6 2.6 1.2-2.6 1.2-1.2 2.6-1.2-2.6-2.6-1.2 \
    2.6-1.2zM20.8 3.8l1 2.4 2.4 1-2.4 1-1 2.4-1-2.4-2.4-1 2.4-1z\"/></svg>";

/// What an error page says. Everything is escaped, and the page's own policy lets nothing but its styles in.
#[derive(Debug)]
pub struct ErrorPage<'a> {
    /// Who speaks.
    pub voice: Voice<'a>,
    /// The language of its words.
    pub lang: &'a str,
    /// What happened.
    pub title: &'a str,
    /// What that means, or what can be done.
    pub detail: Option<&'a str>,
    /// Where to go from here, and what the button says; an empty address asks again for the same.
    pub way: Option<(&'a str, &'a str)>,
}

/// Who speaks on an error page.
#[derive(Debug)]
pub enum Voice<'a> {
    /// Orion, to somebody who may report it: its mark, the status of the answer, and the request to quote.
    Orion { status: u16, request_id: &'a str },
    /// A shop to its shoppers: its name and its colours, each `#rrggbb`.
    Shop {
        name: &'a str,
        accent: &'a str,
        on_accent: &'a str,
    },
}

impl Voice<'_> {
    /// What stands above the title.
    fn head(&self) -> String {
        match self {
            Self::Orion { status, .. } => format!("{MARK}<p class=\"status\">{status}</p>"),
            Self::Shop { name, .. } => format!("<p class=\"shop\">{}</p>", escape(name)),
        }
    }

    /// What stands below everything.
    fn foot(&self) -> String {
        match self {
            Self::Orion { request_id, .. } => format!("<footer>Request <code>{}</code></footer>", escape(request_id)),
            Self::Shop { .. } => String::new(),
        }
    }

    /// Rules behind the style sheet. What is no colour stays out: a style sheet has no escape for it.
    fn style(&self) -> String {
        match self {
            Self::Shop { accent, on_accent, .. } if is_colour(accent) && is_colour(on_accent) => {
                format!(":root{{--accent:{accent};--on-accent:{on_accent}}}main{{border-top:4px solid var(--accent)}}")
            }
            _ => String::new(),
        }
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// An error page in English; `base` is what stands before the paths of the place that was asked for.
pub fn error_page(status: u16, title: &str, detail: Option<&str>, base: &str, request_id: &str) -> String {
    let start = if base.is_empty() { "/" } else { base };
    // What went wrong on our side may be over; what is not there will not come by asking again.
    let way = if status >= 500 {
        ("", "Try again")
    } else {
        (start, "Go to the start page")
    };
    render_error_page(&ErrorPage {
        voice: Voice::Orion { status, request_id },
        lang: "en",
        title,
        detail,
        way: Some(way),
    })
}

/// A form of one password, below what a page says.
#[derive(Debug)]
pub struct DoorForm<'a> {
    /// Where it is sent.
    pub action: &'a str,
    /// What the field is called.
    pub label: &'a str,
    /// What the button says.
    pub button: &'a str,
    /// Why the last try did not work.
    pub wrong: Option<&'a str>,
}

impl DoorForm<'_> {
    fn render(&self) -> String {
        let wrong = self
            .wrong
            .map(|text| format!("<p class=\"wrong\" id=\"wrong\" role=\"alert\">{}</p>", escape(text)));
        let described = wrong
            .as_ref()
            .map_or("", |_| " aria-invalid=\"true\" aria-describedby=\"wrong\" autofocus");
        format!(
            "<form method=\"post\" action=\"{action}\">{wrong}<label for=\"password\">{label}</label>\
             <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"off\" maxlength=\"128\" required{described}>\
             <button class=\"go\" type=\"submit\">{button}</button></form>",
            action = escape(self.action),
            label = escape(self.label),
            button = escape(self.button),
            wrong = wrong.unwrap_or_default(),
        )
    }
}

/// The document.
pub fn render_error_page(page: &ErrorPage<'_>) -> String {
    document(page, "")
}

/// The document with a form: the door of a shop that is not open to everybody.
pub fn render_door_page(page: &ErrorPage<'_>, form: Option<&DoorForm<'_>>) -> String {
    document(page, &form.map(DoorForm::render).unwrap_or_default())
}

/// The document with paragraphs of plain text, an empty line between them, such as what the law asks a shop to say.
pub fn render_text_page(page: &ErrorPage<'_>, text: &str) -> String {
    let mut body = String::from("<div class=\"text\">");
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        let _written = write!(body, "<p>{}</p>", escape(paragraph));
    }
    body.push_str("</div>");
    document(page, &body)
}

fn document(page: &ErrorPage<'_>, form: &str) -> String {
    let detail = page.detail.map(|text| format!("<p>{}</p>", escape(text))).unwrap_or_default();
    let way = page
        .way
        .map(|(target, word)| format!("<a class=\"go\" href=\"{}\">{}</a>", escape(target), escape(word)));
    let mut html = String::with_capacity(3_600);
    let _written = write!(
        html,
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\
         <meta name=\"robots\" content=\"noindex\"><link rel=\"icon\" href=\"data:,\"><title>{title}</title><style>{STYLE}{style}</style></head>\
         <body><main>{head}<h1>{title}</h1>{detail}{form}{way}{foot}</main></body></html>",
        lang = escape(page.lang),
        style = page.voice.style(),
        head = page.voice.head(),
        foot = page.voice.foot(),
        title = escape(page.title),
        way = way.unwrap_or_default(),
    );
    html
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
        let page = error_page(404, "<b>x", Some("\"><script>"), "", "a&b");
        assert!(!page.contains("<script>") && !page.contains("<b>x"));
        assert!(page.contains("&lt;b&gt;x") && page.contains("a&amp;b"));
    }

    #[test]
    fn a_shop_speaks_for_itself_and_its_colours_are_colours() {
        let page = |accent| {
            render_error_page(&ErrorPage {
                voice: Voice::Shop {
                    name: "Kiln & Co",
                    accent,
                    on_accent: "#ffffff",
                },
                lang: "de",
                title: "Zu",
                detail: None,
                way: None,
            })
        };
        let closed = page("#a2461f");
        assert!(closed.contains("Kiln &amp; Co") && closed.contains("--accent:#a2461f"), "{closed}");
        for ours in ["<svg", "class=\"status\"", "Request"] {
            assert!(!closed.contains(ours), "{ours} in {closed}");
        }
        assert!(!page("red}</style><script>").contains("<script>"));
    }

    #[test]
    fn the_page_fetches_nothing_and_leads_on() {
        for (status, way) in [(404, "href=\"/\""), (503, ">Try again<")] {
            let page = error_page(status, "Title", None, "", "id");
            assert!(page.contains(way), "{page}");
            assert!(page.contains("prefers-color-scheme:dark"), "{page}");
            for outside in ["src=", "url(", "http://", "https://", "@import"] {
                assert!(!page.contains(outside), "{outside} in {page}");
            }
        }
    }
}
