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

/// Who a mail is from, and who gets the answers.
pub(super) struct Sender {
    from: Mailbox,
    reply_to: Option<Mailbox>,
}

impl Sender {
    /// The platform's own address under the shop's name: only for that one may the platform's mail server speak (SPF, DKIM and DMARC look at the
    /// domain in `From`). Answers go to the shop. A row without `reply_to` is from before, and its sender is both.
    pub(super) fn of(platform: &str, shop: &str, reply_to: Option<&str>) -> Result<Self, String> {
        let from: Mailbox = platform
            .parse()
            .map_err(|error| format!("the sender {platform:?} is no address: {error}"))?;
        let (name, reply_to) = match (reply_to, shop.parse::<Mailbox>()) {
            (None, Ok(both)) => (both.name.clone(), Some(both)),
            (Some(address), _) => (Some(shop.to_owned()), answers(shop, address)),
            (None, Err(_)) => (None, None),
        };
        let name = name
            .map(|name| name.replace(['\r', '\n'], " "))
            .filter(|name| !name.trim().is_empty());
        Ok(Self {
            from: wire(Mailbox::new(name.or(from.name), from.email))?,
            reply_to: reply_to.map(wire).transpose()?,
        })
    }
}

/// A shop without an address, or with one that cannot be written to, gets no answers; its mails leave all the same.
fn answers(shop: &str, address: &str) -> Option<Mailbox> {
    let address = mail_address(address).unwrap_or_else(|| address.to_owned()).parse();
    address
        .map(|address| Mailbox::new(Some(shop.replace(['\r', '\n'], " ")), address))
        .ok()
}

/// What a message consists of.
pub(super) struct Parts<'a> {
    pub(super) sender: Sender,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) text: &'a str,
    pub(super) html: &'a str,
}

/// A message with a text and an HTML part. Its id is that of the row, so that a server that gets it twice can tell.
pub(super) fn build(id: Uuid, parts: Parts<'_>) -> Result<Message, String> {
    let to: Mailbox = parts.to.parse().map_err(|error| format!("the recipient is no address: {error}"))?;
    let Sender { from, reply_to } = parts.sender;
    let mut message = Message::builder()
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from)
        .to(wire(to)?);
    if let Some(reply_to) = reply_to {
        message = message.reply_to(reply_to);
    }
    message
        .subject(parts.subject.replace(['\r', '\n'], " "))
        .multipart(MultiPart::alternative_plain_html(parts.text.to_owned(), parts.html.to_owned()))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLATFORM: &str = "Shops <no-reply@shops.example>";

    fn message(shop: &str, reply_to: Option<&str>, to: &str, subject: &str) -> Result<Message, String> {
        let parts = Parts {
            sender: Sender::of(PLATFORM, shop, reply_to)?,
            to,
            subject,
            text: "Grüße",
            html: "<p>Grüße</p>",
        };
        build(Uuid::from_u128(7), parts)
    }

    fn raw(shop: &str, reply_to: Option<&str>, subject: &str) -> String {
        String::from_utf8(message(shop, reply_to, "a@example.test", subject).unwrap().formatted()).unwrap()
    }

    #[test]
    fn the_platform_sends_in_the_name_of_the_shop_and_answers_go_to_the_shop() {
        let raw = raw("Acme", Some("hello@acme.test"), "Hello");
        assert!(raw.contains("From: Acme <no-reply@shops.example>\r\n"), "{raw}");
        assert!(raw.contains("Reply-To: Acme <hello@acme.test>\r\n"), "{raw}");
        assert!(raw.contains("@shops.example>"), "the id is of the domain that sends: {raw}");
    }

    #[test]
    fn a_shop_without_an_address_sends_in_its_name_and_gets_no_answers() {
        let raw = raw("Acme", Some(""), "Hello");
        assert!(
            raw.contains("From: Acme <no-reply@shops.example>\r\n") && !raw.contains("Reply-To"),
            "{raw}"
        );
    }

    #[test]
    fn a_row_from_before_is_sent_like_a_new_one() {
        let raw = raw("Acme <hello@acme.test>", None, "Hello");
        assert!(
            raw.contains("From: Acme <no-reply@shops.example>\r\n") && raw.contains("Reply-To: Acme <hello@acme.test>\r\n"),
            "{raw}"
        );
        let nobody = message("", None, "a@example.test", "Hello").unwrap();
        assert!(
            String::from_utf8(nobody.formatted())
                .unwrap()
                .contains("From: Shops <no-reply@shops.example>\r\n")
        );
    }

    #[test]
    fn a_line_break_in_a_subject_starts_no_header() {
        for subject in [
            "Hello\r\nBcc: evil@example.test",
            "Hello\nBcc: evil@example.test",
            "Hello\rBcc: evil@example.test",
        ] {
            let raw = raw("Shop", Some("shop@example.test"), subject);
            assert!(raw.split(['\r', '\n']).all(|line| !line.starts_with("Bcc:")), "{raw}");
        }
    }

    #[test]
    fn a_domain_in_its_own_letters_leaves_in_ascii() {
        let message = message("Shop", Some("shop@straße.example"), "p1@bücher.example", "s").unwrap();
        assert_eq!(message.envelope().to()[0].to_string(), "p1@xn--bcher-kva.example");
        let raw = String::from_utf8(message.formatted()).unwrap();
        assert!(raw.is_ascii() && raw.contains("shop@xn--strae-oqa.example"), "{raw}");
    }

    #[test]
    fn an_address_with_a_line_break_is_none() {
        assert!(message("Shop", Some(""), "a@example.test\r\nBcc: b@example.test", "s").is_err());
        let raw = raw("Shop", Some("shop@example.test\r\nBcc: b@example.test"), "s");
        assert!(!raw.contains("Reply-To") && !raw.contains("Bcc"), "{raw}");
    }

    #[test]
    fn the_same_row_is_the_same_message_in_two_forms() {
        let raw = raw("Shop", Some("shop@example.test"), "Hello");
        assert!(
            raw.contains("Message-ID: <00000000-0000-0000-0000-000000000007@shops.example>\r\n"),
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
            "Clay, Fire & Co",
        ] {
            let raw = raw(name, Some("hello@example.test"), "Hello");
            assert!(raw.is_ascii() && raw.contains("hello@example.test"), "{name}\n{raw}");
            assert!(raw.contains("<no-reply@shops.example>"), "{name}\n{raw}");
            assert!(raw.split(['\r', '\n']).all(|line| !line.starts_with("Bcc:")), "{raw}");
        }
    }
}
