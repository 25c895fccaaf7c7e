//! OpenAPI 3.0.3, made from 3.1: the same facts in older words, for tools that do not read the new ones.

use serde_json::{Map, Value, json};

/// Rewrites a document in place.
pub(super) fn convert(document: &mut Value) {
    document["openapi"] = json!("3.0.3");
    if let Some(license) = document.pointer_mut("/info/license").and_then(Value::as_object_mut) {
        license.remove("identifier");
        license.insert("url".to_owned(), json!("https://spdx.org/licenses/MIT.html"));
    }
    rights_into_words(document);
    let schemas = super::schemas_of(document).cloned().unwrap_or_default();
    walk(&schemas, document, false);
}

/// In 3.0 only OAuth has scopes. The rights that a bearer's token needs are told in the operation's description.
fn rights_into_words(document: &mut Value) {
    super::each_operation(document, |operation| {
        let mut rights = Vec::new();
        for scheme in operation
            .value
            .get_mut("security")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            for scopes in scheme.as_object_mut().into_iter().flat_map(Map::values_mut) {
                for right in scopes.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    // A session and a key need the same one.
                    if !rights.iter().any(|known| known == right) {
                        rights.push(right.to_owned());
                    }
                }
                *scopes = json!([]);
            }
        }
        if rights.is_empty() {
            return;
        }
        let before = operation.value.get("description").and_then(Value::as_str).unwrap_or_default();
        let told = format!("{before}\n\nNeeds the right `{}`.", rights.join("`, `"));
        operation.value.insert("description".to_owned(), json!(told.trim()));
    });
}

/// `example` says whether the value is one and not a schema, so that nothing in it is touched.
fn walk(schemas: &Map<String, Value>, value: &mut Value, example: bool) {
    if example {
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(schemas, item, false)),
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                walk(schemas, inner, matches!(key.as_str(), "example" | "examples" | "default" | "enum"));
            }
            schema(schemas, map);
        }
        _ => {}
    }
}

fn schema(schemas: &Map<String, Value>, map: &mut Map<String, Value>) {
    if let Some(types) = map.get("type").and_then(Value::as_array).cloned() {
        let mut named = types.iter().filter(|name| *name != "null");
        if let Some(first) = named.next() {
            map.insert("type".to_owned(), first.clone());
        }
        if types.iter().any(|name| name == "null") {
            map.insert("nullable".to_owned(), json!(true));
        }
    }
    or_null(schemas, map);
    // An example of a schema is a list in 3.1; that of a body is a map in both.
    if let Some(first) = map.get("examples").and_then(Value::as_array).and_then(|list| list.first()).cloned() {
        map.remove("examples");
        map.insert("example".to_owned(), first);
    }
    if let Some(only) = map.remove("const") {
        map.insert("enum".to_owned(), json!([only]));
    }
    // What stands beside a reference is not read in 3.0.
    if map.len() > 1
        && let Some(reference) = map.remove("$ref")
    {
        map.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

/// `oneOf` of something and null.
fn or_null(schemas: &Map<String, Value>, map: &mut Map<String, Value>) {
    let Some(choices) = map.get("oneOf").and_then(Value::as_array) else {
        return;
    };
    let (nulls, others): (Vec<Value>, Vec<Value>) = choices.iter().cloned().partition(|one| *one == json!({ "type": "null" }));
    if nulls.is_empty() {
        return;
    }
    map.remove("oneOf");
    map.insert("nullable".to_owned(), json!(true));
    if let [only] = others.as_slice() {
        // The reference was given its description by an `allOf` of its own.
        let inner = only.get("allOf").cloned().unwrap_or_else(|| json!([only]));
        if let Some(description) = only.get("description") {
            map.entry("description").or_insert_with(|| description.clone());
        }
        // `nullable` says nothing without a type beside it.
        let named = inner.pointer("/0").and_then(super::referred).and_then(|name| schemas.get(name));
        let kind = named.and_then(|schema| schema["type"].as_str()).unwrap_or("object");
        map.insert("type".to_owned(), json!(kind));
        map.insert("allOf".to_owned(), inner);
    } else {
        map.insert("oneOf".to_owned(), Value::Array(others));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(mut schema: Value) -> Value {
        let known = json!({ "a": { "type": "string" } });
        walk(known.as_object().unwrap(), &mut schema, false);
        schema
    }

    #[test]
    fn null_becomes_a_word_of_its_own() {
        assert_eq!(
            converted(json!({ "type": ["string", "null"], "maxLength": 3 })),
            json!({ "type": "string", "nullable": true, "maxLength": 3 })
        );
        assert_eq!(
            converted(json!({ "oneOf": [{ "$ref": "#/components/schemas/a", "description": "It." }, { "type": "null" }] })),
            json!({ "allOf": [{ "$ref": "#/components/schemas/a" }], "type": "string", "nullable": true, "description": "It." })
        );
    }

    #[test]
    fn what_stands_beside_a_reference_is_kept() {
        assert_eq!(
            converted(json!({ "$ref": "#/a", "description": "It." })),
            json!({ "allOf": [{ "$ref": "#/a" }], "description": "It." })
        );
        assert_eq!(converted(json!({ "$ref": "#/a" })), json!({ "$ref": "#/a" }));
    }

    #[test]
    fn an_example_is_left_alone() {
        let schema = json!({ "examples": [{ "type": ["a", "null"] }] });
        assert_eq!(converted(schema), json!({ "example": { "type": ["a", "null"] } }));
    }
}
