//! Bodies in the log, for the routes that somebody has named and for no others. What is secret or personal is masked before anything is
//! written, and what cannot be read as JSON, so that nobody knows what is in it, is told by its size only.

use serde_json::Value;

use crate::config::LogBodies;

/// In place of a masked value.
const MASK: &str = "***";

/// Parts of the names of members that are never written.
const SECRET: [&str; 24] = [
    "password",
    "token",
    // A program's code stands in it.
    "redirect_to",
    // So do the ways into a dashboard that an impersonation or a store that was just opened is entered by.
    "link",
    "secret",
    "challenge",
    "one_time_code",
    "recovery_codes",
    "card",
    "cvc",
    "expiry",
    "key",
    "authorization",
    "cookie",
    "email",
    "phone",
    "name",
    "line1",
    "line2",
    "postal",
    "city",
    "region",
    "country",
    "account",
];

/// Which way a body goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the client.
    Request,
    /// To the client.
    Response,
}

/// Writes a body of a route, when its bodies are to be written.
pub fn record(settings: &LogBodies, direction: Direction, route: &str, request_id: &str, body: &[u8]) {
    if body.is_empty() || !settings.wants(route) {
        return;
    }
    let (text, bytes) = (shown(body, settings.limit), body.len());
    match direction {
        Direction::Request => tracing::info!(target: "bodies", route, request_id, bytes, body = text, "request body"),
        Direction::Response => tracing::info!(target: "bodies", route, request_id, bytes, body = text, "response body"),
    }
}

fn shown(body: &[u8], limit: usize) -> String {
    let Ok(mut value) = serde_json::from_slice::<Value>(body) else {
        return "(not JSON)".to_owned();
    };
    mask(&mut value);
    let mut text = value.to_string();
    if text.len() > limit {
        let end = (0..=limit).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.to_ascii_lowercase();
                if SECRET.iter().any(|secret| name.contains(secret)) {
                    *member = Value::from(MASK);
                } else {
                    mask(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_secret_or_personal_is_masked_at_every_depth() {
        let body = json!({
            "email": "ada@example.test", "newPassword": "hunter22", "quantity": 2,
            "payment": { "provider": "test-card", "card_number": "4242424242424242", "cvc": 123 },
            "lines": [{ "access_token": ["a", "b"], "units": 3 }], "redirect_to": "https://assistant.example/?code=orion_oc_x",
            "link": "https://acme.example/store/sign-up/enter#q83vASNFZ4k",
        });
        let text = shown(body.to_string().as_bytes(), 4_096);
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            json!({
                "email": MASK, "newPassword": MASK, "quantity": 2,
                "payment": { "provider": "test-card", "card_number": MASK, "cvc": MASK },
                "lines": [{ "access_token": MASK, "units": 3 }], "redirect_to": MASK, "link": MASK,
            })
        );
    }

    #[test]
    fn a_body_is_cut_after_it_was_masked_and_between_characters() {
        let body = json!({ "a": "é".repeat(100), "password": "hunter22" }).to_string();
        for limit in 0..300 {
            let text = shown(body.as_bytes(), limit);
            assert!(text.len() <= limit + '…'.len_utf8() && !text.contains("hunter"), "{limit}: {text}");
        }
    }

    #[test]
    fn what_is_no_json_is_not_shown() {
        for body in [&b"password=hunter22"[..], b"{\"password\": \"hunter22\"", &[0xff, 0xfe]] {
            assert_eq!(shown(body, 4_096), "(not JSON)");
        }
    }
}
