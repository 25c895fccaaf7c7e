//! Files are taken in a form or alone; each form of the document names one of the two ways.
//!
//! Generators take one type of body for an operation: with two of them the typescript-fetch client of OpenAPI Generator 7.26.0 does not
//! compile and progenitor 0.15.1 stops, which knows no forms with files either.

use serde_json::{Map, Value};

use super::Form;

const IN_A_FORM: &str = "multipart/form-data";
const ALONE: &str = "application/octet-stream";

/// Whether what is sent may be a form with files.
pub(super) fn taken(operation: &Map<String, Value>) -> bool {
    let content = operation.get("requestBody").and_then(|body| body.get("content"));
    content.is_some_and(|content| content.get(IN_A_FORM).is_some())
}

/// Leaves the way that tools which read this form know: forms in 3.1, files alone in 3.0.
pub(super) fn keep_one_way(document: &mut Value, form: Form) {
    let kept = if form == Form::V30 { ALONE } else { IN_A_FORM };
    super::each_operation(document, |operation| {
        let body = operation.value.get_mut("requestBody");
        if let Some(content) = body.and_then(|body| body.get_mut("content")).and_then(Value::as_object_mut)
            && content.contains_key(kept)
        {
            content.retain(|kind, _| kind == kept);
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_form_names_one_way() {
        for (form, left) in [(Form::V31, IN_A_FORM), (Form::V30, ALONE)] {
            let mut document = json!({ "paths": { "/files": { "post": {
                "responses": {}, "requestBody": { "content": { IN_A_FORM: {}, ALONE: {} } } } } } });
            keep_one_way(&mut document, form);
            assert_eq!(document["paths"]["/files"]["post"]["requestBody"]["content"], json!({ left: {} }));
        }
    }
}
