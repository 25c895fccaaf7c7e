//! What PostgreSQL keeps or gathers as `jsonb`, in the types of the program.

use diesel::result::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::DbError;

/// Reads a `jsonb` value.
///
/// # Errors
/// When it has another shape than the type: a query or a migration is wrong, and a default in its place would hide that.
pub fn read_json<T: DeserializeOwned>(value: Value) -> Result<T, DbError> {
    serde_json::from_value(value).map_err(|error| DbError::Other(Error::DeserializationError(Box::new(error))))
}

/// As [`read_json`], for a value that may be absent.
///
/// # Errors
/// As [`read_json`].
pub fn read_json_option<T: DeserializeOwned>(value: Option<Value>) -> Result<Option<T>, DbError> {
    value.map(read_json).transpose()
}

/// As [`read_json`], for a text that was kept as it is.
///
/// # Errors
/// As [`read_json`].
pub fn read_json_text<T: DeserializeOwned>(text: &[u8]) -> Result<T, DbError> {
    serde_json::from_slice(text).map_err(|error| DbError::Other(Error::DeserializationError(Box::new(error))))
}

/// Writes a value as a text to be kept as it is.
///
/// # Errors
/// When the value has no JSON: an empty text in its place would be kept as if it were an answer.
pub fn write_json_text<T: Serialize>(value: &T) -> Result<Vec<u8>, DbError> {
    serde_json::to_vec(value).map_err(|error| DbError::Other(Error::SerializationError(Box::new(error))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn another_shape_is_an_error_and_nothing_is_nothing() {
        assert_eq!(read_json::<Vec<i32>>(json!([1, 2])).unwrap(), [1, 2]);
        assert!(read_json::<Vec<i32>>(json!({})).is_err());
        assert_eq!(read_json_option::<i32>(None).unwrap(), None);
        assert!(read_json_option::<i32>(Some(json!("1"))).is_err());
    }
}
