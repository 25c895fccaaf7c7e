//! From JSON to values. What does not depend on the type is a function of its own, so that it is there once.

use uuid::Uuid;

use super::{FromJson, Json, JsonError};

impl Json<'_> {
    /// The text.
    pub fn text(&self) -> Result<&str, JsonError> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(JsonError::expected("a text")),
        }
    }

    /// A field of an object; no field is `null`, as the server leaves out what is absent.
    pub fn member(&self, name: &str) -> Result<&Self, JsonError> {
        match self {
            Self::Object(members) => Ok(members.iter().find(|(key, _)| key == name).map_or(&Json::Null, |(_, value)| value)),
            _ => Err(JsonError::expected("an object")),
        }
    }

    /// The value of a field that has to be there.
    #[inline(never)]
    pub fn field<T: FromJson>(&self, name: &str) -> Result<T, JsonError> {
        T::from_json(self.member(name)?).map_err(|error| error.below(name))
    }

    /// The value of a field, if it is there.
    pub fn field_or_absent<T: FromJson>(&self, name: &str) -> Result<Option<T>, JsonError> {
        self.field(name)
    }

    fn integer(&self) -> Result<i64, JsonError> {
        match self {
            Self::Number(digits) => digits.parse().map_err(|_| JsonError::expected("an integer")),
            _ => Err(JsonError::expected("an integer")),
        }
    }
}

impl FromJson for () {
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
        match json {
            Json::Null => Ok(()),
            _ => Err(JsonError::expected("nothing")),
        }
    }
}

impl FromJson for bool {
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
        match json {
            Json::Bool(value) => Ok(*value),
            _ => Err(JsonError::expected("true or false")),
        }
    }
}

impl FromJson for String {
    #[inline(never)]
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
        json.text().map(str::to_owned)
    }
}

impl FromJson for Uuid {
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
        json.text()?.parse().map_err(|_| JsonError::expected("an id"))
    }
}

macro_rules! integers {
    ($($integer:ty)+) => {$(
        impl FromJson for $integer {
            fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
                Self::try_from(json.integer()?).map_err(|_| JsonError::expected("a smaller number"))
            }
        }
    )+};
}

integers! { u8 u16 u32 i32 i64 }

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
        match json {
            Json::Null => Ok(None),
            json => T::from_json(json).map(Some),
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    #[inline(never)]
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError> {
        let Json::List(items) = json else {
            return Err(JsonError::expected("a list"));
        };
        let mut values = Self::with_capacity(items.len());
        for item in items {
            match T::from_json(item) {
                Ok(value) => values.push(value),
                Err(error) => return Err(error.below(&values.len().to_string())),
            }
        }
        Ok(values)
    }
}
