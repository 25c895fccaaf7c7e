//! What is told to addresses outside, as the document promises it.

use std::collections::BTreeSet;

use orion::openapi::{Area, Form, cut};
use serde_json::Value;

use super::resolved;
use crate::isolation::document;

#[test]
fn every_public_event_is_a_webhook_and_no_other_is() {
    let document = document();
    let told: BTreeSet<&str> = document["webhooks"]
        .as_object()
        .expect("webhooks")
        .keys()
        .map(String::as_str)
        .collect();
    let public: BTreeSet<&str> = orion_events::ALL
        .iter()
        .filter(|event| event.public)
        .map(|event| event.name)
        .collect();
    assert_eq!(told, public);
}

#[test]
fn they_are_in_the_documents_whose_readers_have_a_use_for_them() {
    let whole = document();
    for (area, form, there) in [
        (Area::All, Form::V31, true),
        (Area::Store, Form::V31, true),
        (Area::Storefront, Form::V31, false),
        (Area::Admin, Form::V31, false),
        (Area::All, Form::V30, false),
    ] {
        assert_eq!(cut(&whole, area, form).get("webhooks").is_some(), there, "{area:?} {form:?}");
    }
}

/// What is wrong with a value by its schema.
fn misfits(document: &Value, schema: &Value, value: &Value, place: &str, wrong: &mut Vec<String>) {
    let schema = resolved(document, schema);
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
    };
    if schema["type"].as_str().is_some_and(|wanted| wanted != kind) {
        wrong.push(format!("{place}: {value} is no {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        wrong.push(format!("{place}: {value} is none of {}", schema["enum"]));
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    wrong.extend(
        required
            .filter(|field| value.get(field).is_none())
            .map(|field| format!("{place}: {field} is missing")),
    );
    for (field, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(field) {
            Some(schema) => misfits(document, schema, inner, &format!("{place}.{field}"), wrong),
            None if schema["properties"].is_object() => wrong.push(format!("{place}: {field} is not known")),
            None => {}
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        misfits(document, &schema["items"], inner, place, wrong);
    }
}

#[test]
fn every_example_fits_its_schema() {
    let document = document();
    let mut wrong = Vec::new();
    for (name, item) in document["webhooks"].as_object().expect("webhooks") {
        let content = &item["post"]["requestBody"]["content"]["application/json"];
        assert_eq!(content["example"]["type"], name.as_str());
        misfits(&document, &content["schema"], &content["example"], name, &mut wrong);
    }
    assert_eq!(wrong, [] as [&str; 0]);
}
