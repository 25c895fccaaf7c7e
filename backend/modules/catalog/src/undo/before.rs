//! What was otherwise before an import: of each row the columns that had other values.

use std::collections::BTreeMap;

use diesel::result::Error::SerializationError;
use orion_framework::db::{DbError, read_json};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::model::ImageRow;

/// Columns and their values.
pub(crate) type Columns = Map<String, Value>;

/// Columns that only ever rise.
const RISING: [&str; 2] = ["version", "updated_at"];

/// A product before an import.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Before {
    #[serde(skip_serializing_if = "Columns::is_empty")]
    pub product: Columns,
    /// By variant.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub variants: BTreeMap<Uuid, Columns>,
    /// Variants that were not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Uuid>,
    /// Variants that were there and were taken out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Uuid>,
    /// By how much the units on hand have changed, by variant.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stock: BTreeMap<Uuid, i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Uuid>>,
    /// Pictures that were not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Uuid>,
    /// Pictures that were shown otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Shown>,
    /// The product that the address of a new one led to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub led_to: Option<Uuid>,
}

/// How a picture was shown, and how it is since.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shown {
    pub id: Uuid,
    pub before: Look,
    pub after: Look,
}

/// How a picture is shown.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Look {
    pub alt: String,
    pub position: i32,
    pub variant_id: Option<Uuid>,
}

impl Look {
    pub fn of(row: &ImageRow) -> Self {
        Self {
            alt: row.alt.clone(),
            position: row.position,
            variant_id: row.variant_id,
        }
    }
}

impl Shown {
    pub fn of(before: &ImageRow, after: &ImageRow) -> Self {
        Self {
            id: before.id,
            before: Look::of(before),
            after: Look::of(after),
        }
    }
}

/// The columns of a row that had other values before a change.
pub(super) fn otherwise<T: Serialize>(before: &T, after: &T) -> Result<Columns, DbError> {
    let (before, after) = (columns(before)?, columns(after)?);
    let other = |(name, value): &(String, Value)| !RISING.contains(&name.as_str()) && after.get(name) != Some(value);
    Ok(before.into_iter().filter(other).collect())
}

/// A row with these columns as they were.
pub(super) fn laid_over<T: Serialize + DeserializeOwned>(row: &T, before: Columns) -> Result<T, DbError> {
    let mut all = columns(row)?;
    all.extend(before);
    read_json(Value::Object(all))
}

fn columns<T: Serialize>(row: &T) -> Result<Columns, DbError> {
    let value = serde_json::to_value(row).and_then(serde_json::from_value);
    value.map_err(|error| DbError::Other(SerializationError(Box::new(error))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Row {
        title: String,
        sku: Option<String>,
        version: i32,
    }

    #[test]
    fn only_what_was_otherwise_is_kept_and_laid_over_what_is_there() {
        let row = |title: &str, sku: Option<&str>, version| Row {
            title: title.to_owned(),
            sku: sku.map(str::to_owned),
            version,
        };
        let before = row("Mug", None, 1);
        let kept = otherwise(&before, &row("Mug", Some("M-1"), 2)).unwrap();
        assert_eq!(json!(kept), json!({ "sku": null }));
        assert_eq!(laid_over(&row("Cup", Some("M-2"), 7), kept).unwrap(), row("Cup", None, 7));
        assert!(otherwise(&before, &before).unwrap().is_empty());
    }

    #[test]
    fn a_product_that_was_as_it_is_takes_no_room() {
        assert_eq!(json!(Before::default()), json!({}));
        assert_eq!(read_json::<Before>(json!({})).unwrap(), Before::default());
    }
}
