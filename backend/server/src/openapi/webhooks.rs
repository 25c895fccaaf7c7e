//! What is told to addresses outside, as the `webhooks` of the document: made from the one list of events.

use orion_events::{ALL, EventInfo};
use serde_json::{Map, Value, json};

use super::{referred, schemas_of};

/// Adds every public event, and the schemas of what it tells.
pub(super) fn add(document: &mut Value) {
    let public = || ALL.iter().filter(|event| event.public);
    document["webhooks"] = public()
        .map(|event| (event.name.to_owned(), operation(event)))
        .collect::<Map<_, _>>()
        .into();
    let Some(schemas) = schemas_of(document) else { return };
    for event in public() {
        let mut behind = Vec::new();
        if referred(&json!((event.schema)())).is_none() {
            behind.push((data_name(event), (event.schema)()));
        }
        (event.schemas)(&mut behind);
        for (name, schema) in behind {
            schemas.entry(name).or_insert_with(|| json!(schema));
        }
        schemas.insert(envelope_name(event), envelope(event));
    }
}

/// OpenAPI 3.0 has no word for them, and only a store's staff has a use for them.
pub(super) fn leave_out(document: &mut Value) {
    if let Some(document) = document.as_object_mut() {
        document.remove("webhooks");
    }
}

/// `order.payment_failed` is `OrderPaymentFailed`.
fn data_name(event: &EventInfo) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let words: Vec<String> = event.name.split(['.', '_']).map(capital).collect();
    words.concat() + "Data"
}

fn envelope_name(event: &EventInfo) -> String {
    let name = data_name(event);
    name.strip_suffix("Data").unwrap_or(&name).to_owned() + "Event"
}

fn operation(event: &EventInfo) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{}", envelope_name(event)) });
    json!({
        "post": {
            "tags": ["events"],
            "operationId": format!("receive_{}", event.name.replace('.', "_")),
            "summary": event.summary,
            "security": [],
            "requestBody": {
                "required": true,
                "content": { "application/json": { "schema": schema, "example": example(event) } },
            },
            "responses": {
                "2XX": { "description": "It has arrived." },
                "4XX": { "description": "It is told again later." },
            },
        },
    })
}

fn envelope(event: &EventInfo) -> Value {
    json!({
        "type": "object",
        "description": event.summary,
        "required": ["type", "version", "id", "timestamp", "sequence", "data"],
        "properties": {
            "type": { "type": "string", "description": "The event.", "enum": [event.name] },
            "version": { "type": "integer", "format": "int32", "description": "Of the shape of the data; it grows when something is taken away or changes its meaning." },
            "id": { "type": "string", "format": "uuid", "description": "Of this event and no other; who is told twice knows by it." },
            "timestamp": { "type": "string", "format": "date-time", "description": "When it happened." },
            "sequence": { "type": "integer", "format": "int64", "description": "One more than that of the event before: who misses a number has missed an event." },
            "data": data(event),
        },
    })
}

/// What several events tell has a name already.
fn data(event: &EventInfo) -> Value {
    let schema = json!((event.schema)());
    match referred(&schema) {
        Some(_) => schema,
        None => json!({ "$ref": format!("#/components/schemas/{}", data_name(event)) }),
    }
}

fn example(event: &EventInfo) -> Value {
    json!({
        "type": event.name,
        "version": event.version,
        "id": "019ac5d2-8f3e-7b41-9c60-5a1ed2f0a001",
        "timestamp": "2026-11-29T10:15:00.000Z",
        "sequence": 1208,
        "data": (event.example)(),
    })
}
