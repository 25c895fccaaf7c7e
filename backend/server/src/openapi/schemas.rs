//! Schemas: pages and unions get names, answers lose a null that never comes, and every success says what it is.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{each_operation, referred, schemas_of};

/// Tagged unions and the field that tells which one it is.
const UNIONS: &[(&str, &str)] = &[("PaymentChoice", "provider"), ("CartNotice", "kind")];

/// What utoipa leaves to be said.
pub(super) fn tidy(document: &mut Value) {
    add_problem(document);
    name_rows(document);
    for (union, field) in UNIONS {
        name_variants(document, union, field);
    }
    let asked = asked_for(document);
    for (name, schema) in schemas_of(document).into_iter().flatten() {
        shorten(schema);
        if !asked.contains(name) {
            never_null(schema);
        }
    }
}

/// No handler names it: what an error looks like is the same everywhere.
fn add_problem(document: &mut Value) {
    use orion_types::Problem;
    use utoipa::{PartialSchema, ToSchema};
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    for (name, schema) in schemas {
        document["components"]["schemas"][name] = json!(schema);
    }
}

/// `Page_Product` writes its rows out; they become a reference to `Product`.
fn name_rows(document: &mut Value) {
    let Some(schemas) = schemas_of(document) else { return };
    let names: Vec<String> = schemas.keys().cloned().collect();
    for page in names {
        let Some(row) = page.strip_prefix("Page_").or_else(|| page.strip_prefix("Rows_")) else {
            continue;
        };
        let items = schemas
            .get_mut(&page)
            .and_then(|schema| schema.pointer_mut("/properties/data/items"));
        let Some(written_out) = items.map(|items| std::mem::replace(items, reference(row))) else {
            continue;
        };
        if referred(&written_out).is_none() {
            schemas.entry(row).or_insert(written_out);
        }
    }
}

/// The variants of a tagged union become schemas of their own, told apart by a discriminator.
fn name_variants(document: &mut Value, union: &str, field: &str) {
    let Some(schemas) = schemas_of(document) else { return };
    let Some(variants) = schemas.get_mut(union).and_then(|schema| schema["oneOf"].as_array_mut()) else {
        return;
    };
    let mut mapping = Map::new();
    let mut named = Vec::new();
    for variant in variants.iter_mut() {
        let Some(tag) = variant.pointer(&format!("/properties/{field}/enum/0")).and_then(Value::as_str) else {
            return;
        };
        let name = format!("{union}{}", camel(tag));
        mapping.insert(tag.to_owned(), json!(format!("#/components/schemas/{name}")));
        let schema = std::mem::replace(variant, reference(&name));
        named.push((name, schema));
    }
    schemas[union]["discriminator"] = json!({ "propertyName": field, "mapping": mapping });
    schemas.extend(named);
}

/// `only_left` becomes `OnlyLeft`.
fn camel(tag: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect::<String>()
    };
    tag.split(['-', '_']).map(capital).collect()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The schemas that a body of a request is made of.
fn asked_for(document: &mut Value) -> BTreeSet<String> {
    let mut next = BTreeSet::new();
    each_operation(document, |operation| {
        collect(operation.value.get("requestBody").unwrap_or(&Value::Null), &mut next);
    });
    let mut found = BTreeSet::new();
    while let Some(name) = next.pop_first() {
        if let Some(schema) = schemas_of(document).and_then(|schemas| schemas.get(&name)) {
            collect(schema, &mut next);
        }
        found.insert(name);
        next = next.difference(&found).cloned().collect();
    }
    found
}

fn collect(value: &Value, into: &mut BTreeSet<String>) {
    into.extend(referred(value).map(str::to_owned));
    match value {
        Value::Object(map) => map.values().for_each(|value| collect(value, into)),
        Value::Array(items) => items.iter().for_each(|value| collect(value, into)),
        _ => {}
    }
}

/// The first paragraph of a doc comment is for everybody, the others are for whoever reads the code. A default of null says nothing.
fn shorten(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
            }
            if map.get("default").is_some_and(Value::is_null) {
                map.remove("default");
            }
            tidy_map(map);
            map.values_mut().for_each(shorten);
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        _ => {}
    }
}

/// What utoipa writes for maps: that names are texts, which goes without saying and OpenAPI 3.0 cannot say, and what is said of a map at what
/// is in it.
fn tidy_map(map: &mut Map<String, Value>) {
    if map.contains_key("additionalProperties") {
        map.remove("propertyNames");
    }
    let inside = map.get_mut("additionalProperties").and_then(Value::as_object_mut);
    if let Some(clears) = inside.and_then(|inside| inside.remove("x-null-clears")) {
        map.insert("x-null-clears".to_owned(), clears);
    }
}

/// Answers leave out what they do not have: there it is absent, never null.
fn never_null(schema: &mut Value) {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flat_map(Map::values_mut).for_each(without_null);
}

/// A property that cannot be null.
pub(super) fn without_null(property: &mut Value) {
    if let Some(types) = property.get_mut("type").and_then(Value::as_array_mut) {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property["type"] = only;
        }
    }
    let choices = property.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_default();
    let others: Vec<&Value> = choices.iter().filter(|one| **one != json!({ "type": "null" })).collect();
    if let ([only], true) = (others.as_slice(), choices.len() == 2) {
        *property = (*only).clone();
    }
}

/// utoipa 6 leaves the description of an answer out where the handler gives none, and OpenAPI requires one.
pub(super) fn describe_answers(document: &mut Value) {
    let schemas = schemas_of(document).cloned().unwrap_or_default();
    each_operation(document, |mut operation| {
        for (status, response) in operation.responses().into_iter().flatten() {
            if response["description"].as_str().is_none_or(str::is_empty) {
                response["description"] = json!(what_it_is(status, response, &schemas));
            }
        }
    });
}

fn what_it_is(status: &str, response: &Value, schemas: &Map<String, Value>) -> String {
    let content = response["content"].as_object().and_then(|content| content.values().next());
    let schema = content.map_or(&Value::Null, |content| &content["schema"]);
    let (told, name) = match referred(schema) {
        Some(name) => (schemas.get(name).unwrap_or(schema), name),
        None => (schema, ""),
    };
    let row = name
        .strip_prefix("Page_")
        .or_else(|| name.strip_prefix("Rows_"))
        .and_then(|row| schemas.get(row));
    match (status, told["description"].as_str(), row) {
        (_, _, Some(row)) => format!("A list. Each row: {}", row["description"].as_str().unwrap_or("one of them.")),
        ("204", _, _) => "Done; there is nothing to say about it.".to_owned(),
        ("304", _, _) => "What the client has is still right.".to_owned(),
        (_, Some(description), _) => description.to_owned(),
        _ => "Done.".to_owned(),
    }
}
