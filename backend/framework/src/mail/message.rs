//! The RFC 5322 message, built by `lettre`, which refuses line breaks where headers could be smuggled in.

use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use orion_types::validation::mail_address;
use uuid::Uuid;

/// The mailbox with its domain in ASCII: a relay without SMTPUTF8 would not take any other.
fn wire(mailbox: Mailbox) -> Result<Mailbox, String> {
    let Some(address) = mail_address(mailbox.email.as_ref()) else {
        return Ok(mailbox);
    };
    let email = address.parse().map_err(|error| format!("{address:?} is no address: {error}"))?;
    Ok(Mailbox::new(mailbox.name, email))
}

/// `Name <address>` with the name quoted as needed; only the name when there is no address.
pub(super) fn mailbox(name: &str, address: &str) -> String {
    match address.parse() {
        Ok(address) => Mailbox::new(Some(name.replace(['\r', '\n'], " ")), address).to_string(),
        Err(_) => String::new(),
    }
}

/// A message with a text and an HTML part. Its id is that of the row, so that a server that gets it twice can tell.
pub(super) fn build(id: Uuid, from: &str, to: &str, subject: &str, text: &str, html: &str) -> Result<Message, String> {
    let from: Mailbox = from
        .parse()
        .map_err(|error| format!("the sender {from:?} is no address: {error}"))?;
    let to: Mailbox = to.parse().map_err(|error| format!("the recipient is no address: {error}"))?;
    let (from, to) = (wire(from)?, wire(to)?);
    Message::builder()
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from)
        .to(to)
        .subject(subject.replace(['\r', '\n'], " "))
        .multipart(MultiPart::alternative_plain_html(text.to_owned(), html.to_owned()))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "Shop <shop@example.test>";

    fn raw(from: &str, subject: &str) -> String {
        let message = build(Uuid::from_u128(7), from, "a@example.test", subject, "Grüße", "<p>Grüße</p>").unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn a_line_break_in_a_subject_starts_no_header() {
        for subject in [
            "Hello\r\nBcc: evil@example.test",
            "Hello\nBcc: evil@example.test",
            "Hello\rBcc: evil@example.test",
        ] {
            let raw = raw(SHOP, subject);
            assert!(raw.split(['\r', '\n']).all(|line| !line.starts_with("Bcc:")), "{raw}");
        }
    }

    #[test]
    fn a_domain_in_its_own_letters_leaves_in_ascii() {
        let message = build(Uuid::nil(), "Shop <shop@straße.example>", "p1@bücher.example", "s", "t", "h").unwrap();
        let envelope = message.envelope();
        assert_eq!(envelope.to()[0].to_string(), "p1@xn--bcher-kva.example");
        assert_eq!(envelope.from().unwrap().to_string(), "shop@xn--strae-oqa.example");
        let raw = String::from_utf8(message.formatted()).unwrap();
        assert!(raw.is_ascii(), "{raw}");
    }

    #[test]
    fn an_address_with_a_line_break_is_none() {
        let build = |from: &str, to: &str| build(Uuid::nil(), from, to, "s", "t", "h");
        assert!(build(SHOP, "a@example.test\r\nBcc: b@example.test").is_err());
        assert!(build("Shop <shop@example.test>\r\nBcc: b@example.test", "a@example.test").is_err());
        assert_eq!(mailbox("Shop", "shop@example.test\r\nBcc: b@example.test"), "");
    }

    #[test]
    fn the_same_row_is_the_same_message_in_two_forms() {
        let raw = raw(SHOP, "Hello");
        assert!(
            raw.contains("Message-ID: <00000000-0000-0000-0000-000000000007@example.test>\r\n"),
            "{raw}"
        );
        for part in [
            "Date: ",
            "MIME-Version: 1.0",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
        ] {
            assert!(raw.contains(part), "{part} is missing in\n{raw}");
        }
        assert!(raw.is_ascii(), "what is not ASCII is encoded: {raw}");
    }

    #[test]
    fn every_name_of_a_shop_makes_a_sender() {
        for name in [
            "Käse & Brot",
            "\"Quoted\"",
            "Back\\slash",
            "東京のお茶",
            "a@b",
            "<script>",
            "Line\nbreak\r\nBcc: b@example.test",
            "",
        ] {
            let sender = mailbox(name, "hello@example.test");
            let raw = raw(&sender, "Hello");
            assert!(raw.is_ascii() && raw.contains("hello@example.test"), "{sender}\n{raw}");
            assert!(raw.split(['\r', '\n']).all(|line| !line.starts_with("Bcc:")), "{raw}");
        }
    }

    #[test]
    fn a_shop_with_a_comma_in_its_name_is_quoted() {
        assert_eq!(
            mailbox("Clay, Fire & Co", "hello@example.test"),
            "\"Clay, Fire & Co\" <hello@example.test>"
        );
        assert_eq!(mailbox("Shop", ""), "");
    }
}
