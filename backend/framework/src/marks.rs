//! What other systems note of a thing, and what they call it.

use std::collections::BTreeMap;

use orion_types::Change;
use orion_types::validation::FieldError;
use serde_json::{Map, Value, json};

use crate::problem::FieldErrors;

/// Most notes of one thing.
pub const MAX_NOTES: usize = 50;
/// Longest name of a note, in characters.
pub const MAX_NOTE_NAME: usize = 64;
/// Longest note, in characters.
pub const MAX_NOTE: usize = 5_000;
/// Longest id of another system, in characters.
pub const MAX_EXTERNAL_ID: usize = 255;

/// What is to become of notes and the other system's id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    notes: Change<Map<String, Value>>,
    /// The notes are all there are to be, not changes of those that are there.
    all: bool,
    external_id: Change<String>,
}

/// Notes by their names.
pub type Notes = BTreeMap<String, String>;
/// Changes of notes: null takes one away.
pub type NoteChanges = BTreeMap<String, Option<String>>;

impl Marks {
    /// Those of a thing that is replaced: what is not spoken of stays.
    pub fn replaced(fields: &mut FieldErrors, at: &str, notes: Option<&Notes>, external_id: Option<&str>) -> Self {
        let notes = notes.map(|notes| notes.iter().map(|(name, text)| (name.clone(), json!(text))).collect());
        Self {
            notes: notes.map_or(Change::Keep, |notes| Change::Set(checked(fields, at, notes))),
            all: true,
            external_id: named(fields, at, external_id),
        }
    }

    /// Those of a thing that is changed (RFC 7396): null takes a note away, and all of them where it stands for all.
    pub fn changed(fields: &mut FieldErrors, notes: Change<NoteChanges>, external_id: Option<&str>) -> Self {
        let notes = match notes {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            Change::Set(changes) => {
                let changes = changes
                    .into_iter()
                    .map(|(name, text)| (name, text.map_or(Value::Null, Value::String)));
                Change::Set(checked(fields, "", changes.collect()))
            }
        };
        Self {
            notes,
            all: false,
            external_id: named(fields, "", external_id),
        }
    }

    /// The notes afterwards.
    pub fn metadata(&self, before: Option<&Value>) -> Value {
        let there = before.and_then(Value::as_object).cloned().unwrap_or_default();
        match &self.notes {
            Change::Keep => Value::Object(there),
            Change::Clear => json!({}),
            Change::Set(notes) => {
                let mut after = if self.all { Map::new() } else { there };
                after.extend(notes.clone());
                after.retain(|_, text| !text.is_null());
                Value::Object(after)
            }
        }
    }

    /// Whether a note of this name is spoken of.
    pub fn speaks_of(&self, name: &str) -> bool {
        matches!(&self.notes, Change::Set(notes) if notes.contains_key(name))
    }

    /// The other system's id afterwards.
    pub fn external_id(&self, before: Option<&String>) -> Option<String> {
        match &self.external_id {
            Change::Keep => before.cloned(),
            Change::Clear => None,
            Change::Set(id) => Some(id.clone()),
        }
    }
}

/// Notes as they are told. Texts are all that is written here; what is none is told as its JSON.
pub fn shown(metadata: Value) -> Notes {
    let Value::Object(notes) = metadata else { return Notes::new() };
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    notes.into_iter().map(|(name, value)| (name, text(value))).collect()
}

fn checked(fields: &mut FieldErrors, at: &str, notes: Map<String, Value>) -> Map<String, Value> {
    if notes.len() > MAX_NOTES {
        fields.check(format!("{at}/metadata"), Err::<(), _>(FieldError::TooLong { max: MAX_NOTES }));
    }
    for (name, text) in notes.iter().take(MAX_NOTES) {
        let place = format!("{at}/metadata/{}", name.replace('~', "~0").replace('/', "~1"));
        if name.trim().is_empty() || name.chars().count() > MAX_NOTE_NAME {
            fields.add(place.clone(), "invalid", format!("has a name of 1 to {MAX_NOTE_NAME} characters"));
        }
        if text.as_str().is_some_and(|text| text.chars().count() > MAX_NOTE) {
            fields.check(place, Err::<(), _>(FieldError::TooLong { max: MAX_NOTE }));
        }
    }
    notes
}

/// An empty one is none.
fn named(fields: &mut FieldErrors, at: &str, id: Option<&str>) -> Change<String> {
    match id.map(str::trim) {
        None => Change::Keep,
        Some("") => Change::Clear,
        Some(id) if id.chars().count() > MAX_EXTERNAL_ID => {
            fields.check(
                format!("{at}/external_id"),
                Err::<(), _>(FieldError::TooLong { max: MAX_EXTERNAL_ID }),
            );
            Change::Keep
        }
        Some(id) => Change::Set(id.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_adds_and_takes_away_and_a_replacement_is_all_there_is() {
        let mut fields = FieldErrors::default();
        let before = json!({ "kept": "1", "gone": "2" });
        let changes = NoteChanges::from([("gone".to_owned(), None), ("new".to_owned(), Some("3".to_owned()))]);
        let changed = Marks::changed(&mut fields, Change::Set(changes), None);
        assert_eq!(changed.metadata(Some(&before)), json!({ "kept": "1", "new": "3" }));
        assert_eq!(Marks::changed(&mut fields, Change::Clear, None).metadata(Some(&before)), json!({}));
        assert_eq!(Marks::default().metadata(Some(&before)), before);
        let all = Notes::from([("only".to_owned(), "4".to_owned())]);
        let replaced = Marks::replaced(&mut fields, "", Some(&all), Some(" erp-7 "));
        assert_eq!(replaced.metadata(Some(&before)), json!({ "only": "4" }));
        assert_eq!(replaced.external_id(None).as_deref(), Some("erp-7"));
        assert!(fields.is_empty());
    }

    #[test]
    fn notes_have_bounds_and_are_named_where_they_break_them() {
        let mut fields = FieldErrors::default();
        let long = Notes::from([("a/b".to_owned(), "x".repeat(MAX_NOTE + 1))]);
        Marks::replaced(&mut fields, "/variants/0", Some(&long), Some(&"y".repeat(MAX_EXTERNAL_ID + 1)));
        let told = fields.into_result().unwrap_err();
        let places: Vec<&str> = told.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(places, ["/variants/0/metadata/a~1b", "/variants/0/external_id"]);
    }
}
