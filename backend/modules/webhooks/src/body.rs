//! What is sent: the envelope around an event's data.

use chrono::{DateTime, SecondsFormat, Utc};
use orion_types::status::WebhookPayload;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The body of a delivery. What is only added leaves receivers as they are; the data has a version of its own.
#[derive(Debug, Serialize)]
struct Envelope<'a> {
    #[serde(rename = "type")]
    event: &'a str,
    version: i32,
    id: Uuid,
    timestamp: String,
    sequence: i64,
    store_id: Uuid,
    /// Only there when somebody tries an endpoint: nobody should ship an order of an example.
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<bool>,
    data: Value,
}

/// An event for one endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Told<'a> {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) event: &'a str,
    pub(crate) version: i32,
    pub(crate) sequence: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) test: bool,
    pub(crate) data: &'a Value,
}

/// The body as text: what is signed is what is sent, to the byte.
pub(crate) fn write(told: &Told<'_>, payload: WebhookPayload) -> String {
    let data = match payload {
        WebhookPayload::Full => told.data.clone(),
        WebhookPayload::Thin => thin(told.data),
    };
    let envelope = Envelope {
        event: told.event,
        version: told.version,
        id: told.id,
        timestamp: told.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        sequence: told.sequence,
        store_id: told.store_id,
        test: told.test.then_some(true),
        data,
    };
    // Texts, numbers and JSON that came from the database: there is nothing in it that could not be written.
    serde_json::to_string(&envelope).unwrap_or_default()
}

/// Only the ids in the data: who must not see customers' addresses gets none, and asks the API for what they may see.
fn thin(data: &Value) -> Value {
    let Value::Object(fields) = data else {
        return Value::Object(Map::new());
    };
    let ids = fields
        .iter()
        .filter(|(name, value)| (*name == "id" || name.ends_with("_id")) && !value.is_object() && !value.is_array());
    Value::Object(ids.map(|(name, value)| (name.clone(), value.clone())).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(data: &Value, test: bool) -> Told<'_> {
        Told {
            store_id: Uuid::from_u128(1),
            id: Uuid::from_u128(2),
            event: "order.placed",
            version: 1,
            sequence: 7,
            at: DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
            test,
            data,
        }
    }

    #[test]
    fn a_body_says_what_happened_when_where_and_as_what_number() {
        let data = json!({ "order_id": "o", "email": "ada@example.test" });
        let body: Value = serde_json::from_str(&write(&told(&data, false), WebhookPayload::Full)).unwrap();
        let expected = json!({
            "type": "order.placed", "version": 1, "id": Uuid::from_u128(2), "timestamp": "2023-11-14T22:13:20.000000Z",
            "sequence": 7, "store_id": Uuid::from_u128(1), "data": data,
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn a_thin_body_has_ids_and_nothing_else() {
        let data =
            json!({ "order_id": "o", "customer_id": null, "email": "ada@example.test", "items": [{ "id": 1 }], "paid": { "id": 2 } });
        let body: Value = serde_json::from_str(&write(&told(&data, true), WebhookPayload::Thin)).unwrap();
        assert_eq!(body["data"], json!({ "order_id": "o", "customer_id": null }));
        assert_eq!(body["test"], true);
    }
}
