//! From JSON to values. What does not depend on the type is a function of its own, so that it is there once.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::str::FromStr;

use uuid::Uuid;

use super::{FromJson, Json, JsonError};

/// Where in the text the reading is, and the first thing there that was not as expected.
#[derive(Debug, Default)]
pub struct Reader {
    way: Vec<Step>,
    error: Option<JsonError>,
}

#[derive(Debug)]
enum Step {
    Field(&'static str),
    Item(usize),
}

impl Reader {
    /// The value, if everything was as expected.
    pub(super) fn finish<T>(self, value: T) -> Result<T, JsonError> {
        match self.error {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }

    /// Notes that something else was expected here; what follows from the first such thing is not told.
    #[cold]
    #[inline(never)]
    pub fn note(&mut self, expected: &'static str) {
        if self.error.is_some() {
            return;
        }
        let mut at = String::new();
        for step in &self.way {
            match step {
                Step::Field(name) => write!(at, "/{name}"),
                Step::Item(index) => write!(at, "/{index}"),
            }
            .ok();
        }
        self.error = Some(JsonError::new(at, expected));
    }

    /// The value of a field; no field is `null`, as the server leaves out what is absent.
    #[inline(never)]
    pub fn field<T: FromJson>(&mut self, json: &Json<'_>, name: &'static str) -> T {
        let json = self.enter(json, name);
        let value = T::from_json(json, self);
        self.way.pop();
        value
    }

    /// The text of the field that names a variant.
    pub fn tag<'json>(&mut self, json: &'json Json<'_>, name: &'static str) -> &'json str {
        let json = self.enter(json, name);
        let text = self.text(json);
        self.way.pop();
        text
    }

    /// The text.
    #[inline(never)]
    pub fn text<'json>(&mut self, json: &'json Json<'_>) -> &'json str {
        match json {
            Json::Text(text) => text,
            _ => {
                self.note("a text");
                ""
            }
        }
    }

    /// What a text stands for.
    pub fn parsed<T: FromStr>(&mut self, json: &Json<'_>, expected: &'static str) -> Option<T> {
        let value = self.text(json).parse().ok();
        if value.is_none() {
            self.note(expected);
        }
        value
    }

    #[inline(never)]
    fn enter<'json, 'text>(&mut self, json: &'json Json<'text>, name: &'static str) -> &'json Json<'text> {
        let found = match json {
            Json::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => {
                self.note("an object");
                None
            }
        };
        self.way.push(Step::Field(name));
        found.unwrap_or(&Json::Null)
    }

    #[inline(never)]
    fn integer(&mut self, json: &Json<'_>) -> i64 {
        let value = match json {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        };
        value.unwrap_or_else(|| {
            self.note("an integer");
            0
        })
    }
}

impl FromJson for () {
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        if *json != Json::Null {
            reader.note("nothing");
        }
    }
}

impl FromJson for bool {
    #[inline(never)]
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        match json {
            Json::Bool(value) => *value,
            _ => {
                reader.note("true or false");
                false
            }
        }
    }
}

impl FromJson for String {
    #[inline(never)]
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        reader.text(json).to_owned()
    }
}

impl FromJson for Uuid {
    #[inline(never)]
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        reader.parsed(json, "an id").unwrap_or_default()
    }
}

macro_rules! integers {
    ($($integer:ty)+) => {$(
        impl FromJson for $integer {
            #[inline(never)]
            fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
                Self::try_from(reader.integer(json)).unwrap_or_else(|_| {
                    reader.note("a number that fits");
                    0
                })
            }
        }
    )+};
}

integers! { u8 u16 u32 i32 i64 }

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        match json {
            Json::Null => None,
            json => Some(T::from_json(json, reader)),
        }
    }
}

/// Texts by their names; nothing is none.
impl FromJson for BTreeMap<String, String> {
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        match json {
            Json::Null => Self::new(),
            Json::Object(members) => {
                let pairs = members
                    .iter()
                    .map(|(name, value)| (name.to_string(), reader.text(value).to_owned()));
                pairs.collect()
            }
            _ => {
                reader.note("an object");
                Self::new()
            }
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    #[inline(never)]
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        let Json::List(items) = json else {
            reader.note("a list");
            return Self::new();
        };
        let mut values = Self::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            reader.way.push(Step::Item(index));
            values.push(T::from_json(item, reader));
            reader.way.pop();
        }
        values
    }
}
