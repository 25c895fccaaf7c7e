//! Null in a change clears (RFC 7396). What cannot be without a value is refused then, and the document does not offer it.

use orion_framework::http::cleared;
use serde_json::{Map, Value};

use super::schemas::without_null;
use super::{each_operation, referred, schemas_of};

pub(super) fn only_where_it_clears(document: &mut Value) {
    let mut changes = Vec::new();
    each_operation(document, |operation| {
        let body = &operation.value.get("requestBody").unwrap_or(&Value::Null)["content"]["application/json"]["schema"];
        if operation.method == "patch" {
            changes.extend(referred(body).map(str::to_owned));
        }
    });
    let known = schemas_of(document).cloned().unwrap_or_default();
    for (_, change) in schemas_of(document)
        .into_iter()
        .flatten()
        .filter(|(name, _)| changes.contains(name))
    {
        let fields = change.get_mut("properties").and_then(Value::as_object_mut);
        for field in fields.into_iter().flat_map(Map::values_mut) {
            let mut told = field.clone();
            without_null(&mut told);
            let meant = referred(&told).and_then(|name| known.get(name)).unwrap_or(&told);
            if field["x-null-clears"] != true && cleared(meant).is_none() {
                *field = told;
            }
        }
    }
}
