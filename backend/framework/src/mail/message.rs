//! The RFC 5322 message, built by `lettre`, which refuses line breaks where headers could be smuggled in.

use lettre::Message;
use lettre::message::{Mailbox, MultiPart};

/// `Name <address>` with the name quoted as needed; only the name when there is no address.
pub(super) fn mailbox(name: &str, address: &str) -> String {
    match address.parse() {
        Ok(address) => Mailbox::new(Some(name.replace(['\r', '\n'], " ")), address).to_string(),
        Err(_) => String::new(),
    }
}

/// A message with a text and an HTML part.
pub(super) fn build(from: &str, to: &str, subject: &str, text: &str, html: &str) -> Result<Message, String> {
    let from: Mailbox = from.parse().map_err(|error| format!("the sender {from:?} is no address: {error}"))?;
    let to: Mailbox = to.parse().map_err(|error| format!("the recipient is no address: {error}"))?;
    Message::builder()
        .from(from)
        .to(to)
        .subject(subject.replace(['\r', '\n'], " "))
        .multipart(MultiPart::alternative_plain_html(text.to_owned(), html.to_owned()))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_in_a_subject_starts_no_header() {
        let message = build("Shop <shop@example.test>", "a@example.test", "Hello\r\nBcc: evil@example.test", "t", "<p>t</p>").unwrap();
        let raw = String::from_utf8(message.formatted()).unwrap();
        assert!(raw.lines().all(|line| !line.starts_with("Bcc:")), "{raw}");
        assert!(build("Shop <shop@example.test>", "a@example.test\r\nBcc: b@example.test", "s", "t", "h").is_err());
    }

    #[test]
    fn a_shop_with_a_comma_in_its_name_is_quoted() {
        assert_eq!(mailbox("Clay, Fire & Co", "hello@example.test"), "\"Clay, Fire & Co\" <hello@example.test>");
        assert_eq!(mailbox("Shop", ""), "");
    }
}
