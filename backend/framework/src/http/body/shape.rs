//! The shape of a body held against its own schema, the one that the API's document shows: everything that is wrong, in the field's words.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use orion_types::validation::FieldError;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::escaped;
use crate::problem::FieldErrors;

/// The schema of a type with all that it refers to.
pub(super) struct Shape {
    root: Value,
    named: HashMap<String, Value>,
}

static SHAPES: LazyLock<RwLock<HashMap<TypeId, Arc<Shape>>>> = LazyLock::new(RwLock::default);

impl Shape {
    /// The shape of a type; made once.
    pub(super) fn of<T: ToSchema + 'static>() -> Arc<Self> {
        let id = TypeId::of::<T>();
        // A map that a panic has left is whole: entries are only ever added.
        let known = SHAPES.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        known.unwrap_or_else(|| {
            let mut named = Vec::new();
            T::schemas(&mut named);
            let shape = Arc::new(Self {
                root: json!(T::schema()),
                named: named.into_iter().map(|(name, schema)| (name, json!(schema))).collect(),
            });
            let mut shapes = SHAPES.write().unwrap_or_else(PoisonError::into_inner);
            shapes.entry(id).or_insert(shape).clone()
        })
    }

    /// Names everything whose shape is wrong.
    pub(super) fn check(&self, value: &Value, errors: &mut FieldErrors) {
        self.look(&self.root, value, "", errors);
    }

    /// Null in a change clears: a text becomes empty, a list too, an object what it is when nothing is said. What cannot be without a value is
    /// named. A field that tells null from absence by itself, as references to other things do, is left alone.
    pub(super) fn clear_nulls(&self, value: &mut Value, errors: &mut FieldErrors) {
        for (name, field) in value.as_object_mut().into_iter().flatten().filter(|(_, field)| field.is_null()) {
            let Some(schema) = self.root.get("properties").and_then(|fields| fields.get(name)) else {
                continue;
            };
            // utoipa writes what is said of a map to what is in it.
            if schema["x-null-clears"] == true || schema["additionalProperties"]["x-null-clears"] == true {
                continue;
            }
            match cleared(self.without_null(schema)) {
                Some(empty) => *field = empty,
                None => errors.add(format!("/{}", escaped(name)), "required", "cannot be without a value"),
            }
        }
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        name.and_then(|name| self.named.get(name)).unwrap_or(schema)
    }

    /// The schema of what is not null.
    fn without_null<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut choices = choices(schema).filter(|choice| kind(choice) != "null");
        match (choices.next(), choices.next()) {
            (Some(only), None) => self.resolve(only),
            _ => self.resolve(schema),
        }
    }

    fn look(&self, schema: &Value, value: &Value, at: &str, errors: &mut FieldErrors) {
        let nullable = allows(schema, "null") || choices(schema).any(|choice| kind(choice) == "null");
        if value.is_null() && nullable {
            return;
        }
        let schema = self.without_null(schema);
        if choices(schema).count() > 1 {
            return self.look_at_variant(schema, value, at, errors);
        }
        if let Some(allowed) = schema["enum"].as_array()
            && !allowed.contains(value)
        {
            let names: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            return errors.add(at, "not_allowed", format!("must be one of {}", names.join(", ")));
        }
        let Some(wanted) = wanted(schema) else { return };
        if !fits(schema, value) {
            let code = if value.is_null() && kind(schema) != "null" {
                "required"
            } else {
                "invalid_type"
            };
            return errors.add(at, code, format!("must be {wanted}"));
        }
        match value {
            Value::Object(fields) => self.look_at_fields(schema, fields, at, errors),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.look(&schema["items"], item, &format!("{at}/{index}"), errors);
                }
            }
            Value::String(text) if schema["format"] == "uuid" && uuid::Uuid::parse_str(text).is_err() => {
                errors.add(at, "invalid", "is no id");
            }
            Value::String(text) => refuse_nul(text, at, errors),
            Value::Number(number) if !within(schema, number.as_i64()) => {
                errors.add(at, "out_of_range", "is out of range");
            }
            _ => {}
        }
    }

    fn look_at_fields(&self, schema: &Value, fields: &Map<String, Value>, at: &str, errors: &mut FieldErrors) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                errors.add(format!("{at}/{}", escaped(name)), "required", "is required");
            }
        }
        let known = schema["properties"].as_object();
        let closed = schema["additionalProperties"] == false;
        for (name, value) in fields {
            let place = format!("{at}/{}", escaped(name));
            match known.and_then(|known| known.get(name)) {
                Some(schema) => self.look(schema, value, &place, errors),
                None if closed => errors.add(place, "unknown_field", "is no field of this object"),
                None => refuse_more(name, value, &place, errors),
            }
        }
    }

    /// One of several objects that a field tells apart.
    fn look_at_variant(&self, schema: &Value, value: &Value, at: &str, errors: &mut FieldErrors) {
        let Value::Object(fields) = value else {
            return errors.add(at, "invalid_type", "must be an object");
        };
        let variants: Vec<&Value> = choices(schema).map(|choice| self.resolve(choice)).collect();
        let Some((tag, _)) = variants.first().and_then(|first| tag(first)) else {
            return;
        };
        let place = format!("{at}/{}", escaped(tag));
        let Some(told) = fields.get(tag) else {
            return errors.add(place, "required", "is required");
        };
        match variants.iter().find(|variant| tag_of(variant, tag) == Some(told)) {
            Some(variant) => self.look_at_fields(variant, fields, at, errors),
            None => {
                let known = variants.iter().filter_map(|variant| tag_of(variant, tag)?.as_str());
                errors.add(
                    place,
                    "not_allowed",
                    format!("must be one of {}", known.collect::<Vec<_>>().join(", ")),
                );
            }
        }
    }
}

/// What null in a change makes of a field with this schema; `None` where it cannot be without a value.
pub fn cleared(schema: &Value) -> Option<Value> {
    match kind(schema) {
        "string" if schema["format"] == "uuid" => Some(Value::Null),
        "string" if schema.get("enum").is_none() => Some(json!("")),
        "array" => Some(json!([])),
        "object" => Some(json!({})),
        _ => None,
    }
}

/// A field of a map whose names are free.
fn refuse_more(name: &str, value: &Value, at: &str, errors: &mut FieldErrors) {
    let unfit = [Some(name), value.as_str()].into_iter().flatten().find(|text| text.contains('\0'));
    refuse_nul(unfit.unwrap_or_default(), at, errors);
}

/// PostgreSQL holds no NUL in a text: what one is in would fail wherever it is stored.
fn refuse_nul(text: &str, at: &str, errors: &mut FieldErrors) {
    if text.contains('\0') {
        let error = FieldError::InvalidCharacters;
        errors.add(at, error.code(), error.to_string());
    }
}

/// The field that names a variant, and its value.
fn tag(variant: &Value) -> Option<(&str, &Value)> {
    let fields = variant["properties"].as_object()?;
    let mut tags = fields
        .iter()
        .filter_map(|(name, field)| match field["enum"].as_array()?.as_slice() {
            [only] => Some((name.as_str(), only)),
            _ => None,
        });
    tags.next()
}

fn tag_of<'a>(variant: &'a Value, tag: &str) -> Option<&'a Value> {
    variant["properties"][tag]["enum"].get(0)
}

fn choices(schema: &Value) -> impl Iterator<Item = &Value> + Clone {
    schema.get("oneOf").and_then(Value::as_array).into_iter().flatten()
}

/// The type of a schema, beside null.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null")
            .unwrap_or("null"),
        _ => "",
    }
}

fn allows(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == name,
        Some(Value::Array(names)) => names.iter().any(|one| one == name),
        _ => false,
    }
}

/// What a value must be, for people; `None` where the schema does not say.
fn wanted(schema: &Value) -> Option<&'static str> {
    Some(match kind(schema) {
        "object" => "an object",
        "array" => "a list",
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "null" => "null",
        _ => return None,
    })
}

fn fits(schema: &Value, value: &Value) -> bool {
    match kind(schema) {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => true,
    }
}

/// Whether a whole number fits into the field that the schema is of.
fn within(schema: &Value, number: Option<i64>) -> bool {
    let Some(number) = number else {
        return kind(schema) != "integer";
    };
    let least = schema["minimum"].as_i64();
    let small = schema["format"] == "int32" && i32::try_from(number).is_err() && u32::try_from(number).is_err();
    !small && least.is_none_or(|least| number >= least)
}
