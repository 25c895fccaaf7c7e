//! Lists on the wire: cursor pages with a bounded size.

/// The page size when none is asked for.
pub const DEFAULT_LIMIT: u32 = 20;
/// The largest page size; more is refused with `out_of_range`.
pub const MAX_LIMIT: u32 = 100;
/// How far lists count. Of a list with more rows nobody reads the number, and counting them would take as long as reading them.
pub const MAX_TOTAL: i64 = 10_000;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the order that was asked for.
    pub data: Vec<T>,
    /// Whether more rows follow.
    pub has_more: bool,
    /// What to pass as `cursor` for the next page; opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// The count of all rows that match, where the list says it counts; lists count up to 10,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// There when more rows match than `total` says: it is 10,000 then, and a number to be read as "10,000+".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub total_capped: bool,
}

impl<T> Page<T> {
    /// A page that holds everything there is.
    pub fn complete(data: Vec<T>) -> Self {
        let total = i64::try_from(data.len()).ok();
        Self {
            data,
            has_more: false,
            next_cursor: None,
            total,
            total_capped: false,
        }
    }

    /// The page with the count of all rows that match, of which more than [`MAX_TOTAL`] are as good as one more.
    #[must_use]
    pub fn counted(self, count: i64) -> Self {
        Self {
            total: Some(count.min(MAX_TOTAL)),
            total_capped: count > MAX_TOTAL,
            ..self
        }
    }
}
