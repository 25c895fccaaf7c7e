//! Bodies to send.

use serde_json::{Value, json};

/// A multipart form.
#[derive(Default)]
pub struct Form(Vec<u8>);

const BOUNDARY: &str = "orion-test-boundary";

impl Form {
    /// A form with one file in the field `file`.
    pub fn file(name: &str, content_type: &str, bytes: &[u8]) -> Self {
        Self::default().and_file(name, content_type, bytes)
    }

    /// One more file.
    #[must_use]
    pub fn and_file(mut self, name: &str, content_type: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {content_type}\r\n\r\n"
        );
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    /// One more text field.
    #[must_use]
    pub fn and_text(mut self, name: &str, text: &str) -> Self {
        let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        self.0.extend_from_slice(part.as_bytes());
        self
    }

    pub(crate) fn finish(mut self) -> (String, Vec<u8>) {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), self.0)
    }
}

/// A new product with one variant.
pub fn product(title: &str, price_minor: i64, units: i32) -> Value {
    json!({ "title": title, "variants": [{ "price_minor": price_minor, "initial_on_hand": units }] })
}

/// What would save a product that was read once more, unchanged.
pub fn saved_product(product: &Value) -> Value {
    let variants: Vec<Value> = product["variants"]
        .as_array()
        .expect("variants")
        .iter()
        .map(|variant| {
            json!({
                "id": variant["id"], "option_values": variant["option_values"], "sku": variant["sku"], "price_minor": variant["price"]["amount_minor"],
            })
        })
        .collect();
    json!({ "title": product["title"], "slug": product["slug"], "options": product["options"], "variants": variants })
}

/// An address that passes every check.
pub fn address() -> Value {
    json!({ "name": "Ada Lovelace", "line1": "12 Rue du Fort", "city": "Luxembourg", "postal_code": "1234", "country": "LU" })
}

/// A payment by a card of the test provider.
pub fn card(number: &str) -> Value {
    json!({ "provider": "test-card", "card_number": number, "expiry": "12/39", "cvc": "123" })
}
