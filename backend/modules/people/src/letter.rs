//! The same words as text and as HTML.

use orion_framework::mail::{Mail, PLACE};

/// A mail before it is text or HTML.
#[derive(Debug, Default)]
pub(crate) struct Letter {
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    /// What a link is called, and where it leads.
    pub(crate) link: Option<(String, String)>,
    pub(crate) closing: Vec<String>,
}

impl Letter {
    /// To somebody, about the occasion that `key` names. The secret belongs behind the link alone: a name that holds its place holder would
    /// take it to wherever the name points.
    pub(crate) fn to(mut self, address: &str, key: String) -> Mail {
        for text in self.paragraphs.iter_mut().chain(&mut self.closing).chain([&mut self.subject]) {
            *text = text.replace(PLACE, "");
        }
        Mail {
            key,
            to: address.to_owned(),
            text: self.text(),
            html: self.html(),
            subject: self.subject,
        }
    }

    fn text(&self) -> String {
        let link = self.link.iter().map(|(name, url)| format!("{name}: {url}"));
        let parts: Vec<String> = self
            .paragraphs
            .iter()
            .cloned()
            .chain(link)
            .chain(self.closing.iter().cloned())
            .collect();
        parts.join("\n\n") + "\n"
    }

    fn html(&self) -> String {
        let paragraph = |text: &String| format!("<p>{}</p>", escaped(text));
        let link = self
            .link
            .iter()
            .map(|(name, url)| format!("<p><a href=\"{}\">{}</a></p>", escaped(url), escaped(name)));
        let before = self.paragraphs.iter().map(paragraph);
        let body: String = before.chain(link).chain(self.closing.iter().map(paragraph)).collect();
        format!("<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.5;color:#1a1a1a\">{body}</body></html>")
    }
}

/// Names come from outside.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_goes_behind_the_link_and_nowhere_else() {
        let letter = Letter {
            subject: "x https://evil.example/{secret}".to_owned(),
            paragraphs: vec!["x https://evil.example/{secret} invites you".to_owned()],
            link: Some(("Go".to_owned(), "https://shop.example/#{secret}".to_owned())),
            closing: vec!["{secret}".to_owned()],
        };
        let mail = letter.to("eve@example.test", "k".to_owned());
        assert_eq!(mail.text.matches(PLACE).count(), 1, "{}", mail.text);
        assert_eq!(mail.html.matches(PLACE).count(), 1, "{}", mail.html);
        assert!(!mail.subject.contains(PLACE));
    }

    #[test]
    fn names_are_no_markup() {
        let letter = Letter {
            subject: "Hello".to_owned(),
            paragraphs: vec!["Hello <b>Eve</b>,".to_owned()],
            link: Some(("Go".to_owned(), "https://shop.example/#{secret}".to_owned())),
            closing: vec!["Bye".to_owned()],
        };
        let mail = letter.to("eve@example.test", "k".to_owned());
        assert_eq!(mail.text, "Hello <b>Eve</b>,\n\nGo: https://shop.example/#{secret}\n\nBye\n");
        assert!(
            mail.html
                .contains("<p>Hello &lt;b&gt;Eve&lt;/b&gt;,</p><p><a href=\"https://shop.example/#{secret}\">Go</a></p><p>Bye</p>")
        );
    }
}
