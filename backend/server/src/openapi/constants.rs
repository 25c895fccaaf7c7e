//! Names for the values of enumerations, where a value is in several of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schemas_of;

/// In Go the constants of all types share one room, and OpenAPI Generator calls them by their value alone: `completed` of an order and of
/// an export would be one name for two things. Where that happens the document names the constants, as generators agree to read it.
pub(super) fn name(document: &mut Value) {
    let Some(schemas) = schemas_of(document) else { return };
    let several = shared_values(schemas);
    for (name, schema) in schemas {
        let Some(values) = values_of(schema) else { continue };
        if values.iter().any(|value| several.contains_key(*value)) {
            let names: Vec<String> = values.iter().map(|value| constant(name, value)).collect();
            schema["x-enum-varnames"] = json!(names);
        }
    }
}

/// The values that more than one enumeration has, and in how many they are.
fn shared_values(schemas: &Map<String, Value>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for value in schemas.values().filter_map(values_of).flatten() {
        *found.entry(value.to_owned()).or_insert(0) += 1;
    }
    found.retain(|_, times| *times > 1);
    found
}

fn values_of(schema: &Value) -> Option<Vec<&str>> {
    schema["enum"].as_array()?.iter().map(Value::as_str).collect()
}

/// `ExportStatus` and `completed` become `EXPORT_STATUS_COMPLETED`.
fn constant(enumeration: &str, value: &str) -> String {
    let mut name = String::new();
    for letter in enumeration.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
    }
    let value = value.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
    format!("{name}_{}", value.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_two_enumerations_has_a_name_in_each() {
        let mut document = json!({ "components": { "schemas": {
            "ExportStatus": { "enum": ["queued", "only-here"] },
            "JobStatus": { "enum": ["queued"] },
            "Colour": { "enum": ["red"] },
            "Product": { "type": "object" },
        } } });
        name(&mut document);
        let schemas = schemas_of(&mut document).unwrap();
        assert_eq!(
            schemas["ExportStatus"]["x-enum-varnames"],
            json!(["EXPORT_STATUS_QUEUED", "EXPORT_STATUS_ONLY_HERE"])
        );
        assert_eq!(schemas["JobStatus"]["x-enum-varnames"], json!(["JOB_STATUS_QUEUED"]));
        assert!(schemas["Colour"].get("x-enum-varnames").is_none());
    }
}
