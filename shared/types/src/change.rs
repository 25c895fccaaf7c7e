//! A field of a change that can be taken away: absent keeps it, null clears it, anything else sets it (RFC 7396).

use crate::json::{FromJson, Json, Reader};

/// What is to become of a field that may be without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It has no value afterwards.
    Clear,
    /// It has this value afterwards.
    Set(T),
}

impl<T> Change<T> {
    /// Whether it stays as it is.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// What is to become of it; `None` where it stays as it is.
    pub fn wanted(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }
}

impl<T: serde::Serialize> serde::Serialize for Change<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // One that is kept is not written at all; where it must be, null is the least wrong.
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Change<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Set(value),
            None => Self::Clear,
        })
    }
}

impl<T: FromJson> FromJson for Change<T> {
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        match json {
            Json::Null => Self::Clear,
            _ => Self::Set(T::from_json(json, reader)),
        }
    }
}
