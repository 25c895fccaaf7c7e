//! What an entry of the audit log says, field by field.

use orion_types::audit::AuditChange;
use serde_json::Value;

/// How many characters of a value a list shows; descriptions are long, and the whole is one link away.
pub const SHOWN_IN_LISTS: usize = 160;

/// The fields of a change: `{"name": {"before": "A", "after": "B"}}`, and facts as `{"reason": "…"}`; of each value the first `shown` characters.
pub fn audit_changes(changes: &Value, shown: usize) -> Vec<AuditChange> {
    let mut told = Vec::new();
    for (field, value) in changes.as_object().into_iter().flatten() {
        match (value.get("before"), value.get("after")) {
            (Some(before), Some(after)) => tell(&mut told, (field, shown), Some(before), after),
            _ => tell(&mut told, (field, shown), None, value),
        }
    }
    told
}

/// One field; of what is made of parts, such as a theme, those parts that differ.
fn tell(told: &mut Vec<AuditChange>, (field, shown): (&str, usize), before: Option<&Value>, after: &Value) {
    if let Some(parts) = after.as_object() {
        for (part, after) in parts {
            let before = before.map(|before| before.get(part).unwrap_or(&Value::Null));
            if before != Some(after) {
                tell(told, (&format!("{field}.{part}"), shown), before, after);
            }
        }
        return;
    }
    told.push(AuditChange {
        field: field.to_owned(),
        before: before.map(|before| text_of(before, shown)),
        after: text_of(after, shown),
    });
}

fn text_of(value: &Value, shown: usize) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(|value| text_of(value, shown)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    match text.char_indices().nth(shown) {
        Some((end, _)) => text[..end].to_owned() + "…",
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(changes: Value) -> Vec<AuditChange> {
        audit_changes(&changes, SHOWN_IN_LISTS)
    }

    #[test]
    fn what_changed_is_told_with_what_was_there_before_and_facts_are_told_alone() {
        let told = told(json!({ "name": { "before": null, "after": "Mug" }, "units": 7, "text": "é".repeat(200) }));
        let of = |field: &str| told.iter().find(|change| change.field == field).unwrap();
        assert_eq!((of("name").before.as_deref(), of("name").after.as_str()), (Some(""), "Mug"));
        assert_eq!((of("units").before.as_deref(), of("units").after.as_str()), (None, "7"));
        assert_eq!(of("text").after.chars().count(), SHOWN_IN_LISTS + 1);
    }

    #[test]
    fn of_a_theme_the_colours_that_changed_are_told() {
        let theme = |accent: &str| json!({ "accent": accent, "radius": 8 });
        let told = told(json!({ "theme": { "before": theme("#111111"), "after": theme("#222222") }, "tags": ["a", "b"] }));
        let fields: Vec<(&str, Option<&str>, &str)> = told
            .iter()
            .map(|change| (change.field.as_str(), change.before.as_deref(), change.after.as_str()))
            .collect();
        assert_eq!(fields, [("tags", None, "a, b"), ("theme.accent", Some("#111111"), "#222222")]);
    }
}
