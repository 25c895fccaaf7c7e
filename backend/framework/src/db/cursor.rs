//! List cursors: the sort key of the last row, opaque to the client.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use orion_types::Page;
use orion_types::page::{DEFAULT_LIMIT, MAX_LIMIT};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::{BAD_CURSOR, BAD_QUERY, ProblemDraft};

/// The cursor that stands behind a row with this sort key.
pub fn encode<K: Serialize>(key: &K) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// The sort key in a cursor. A forged one can only name another place of the same list, which the store's walls keep inside it.
pub fn decode<K: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>, ProblemDraft> {
    let Some(cursor) = cursor else { return Ok(None) };
    let refused = || ProblemDraft::new(&BAD_CURSOR).field("cursor", "invalid", "Take the cursor from the page before.");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
    serde_json::from_slice(&bytes).map(Some).map_err(|_| refused())
}

/// The number of rows to return, 1–100; more is refused and not silently cut.
pub fn page_limit(limit: Option<u32>) -> Result<i64, ProblemDraft> {
    match limit.unwrap_or(DEFAULT_LIMIT) {
        limit @ 1..=MAX_LIMIT => Ok(i64::from(limit)),
        _ => Err(ProblemDraft::new(&BAD_QUERY).field("limit", "out_of_range", format!("The page size is between 1 and {MAX_LIMIT}."))),
    }
}

/// Cuts `limit + 1` rows down to a page; the extra row only tells that more follow.
pub fn page<R, T, K: Serialize>(mut rows: Vec<R>, limit: i64, key: impl Fn(&R) -> K, map: impl FnMut(R) -> T) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(0);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next_cursor = if has_more { rows.last().map(|row| encode(&key(row))) } else { None };
    Page {
        data: rows.into_iter().map(map).collect(),
        has_more,
        next_cursor,
        total: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_its_key() {
        let key = (12_i64, "abc".to_owned());
        assert_eq!(decode::<(i64, String)>(Some(&encode(&key))).unwrap(), Some(key));
    }

    #[test]
    fn garbage_is_refused_by_name() {
        assert_eq!(decode::<i64>(Some("%%%")).unwrap_err().kind, &BAD_CURSOR);
        assert_eq!(decode::<i64>(Some("YWJj")).unwrap_err().kind, &BAD_CURSOR);
    }

    #[test]
    fn a_page_size_of_a_billion_is_refused() {
        assert!(page_limit(Some(1_000_000_000)).is_err());
        assert!(page_limit(Some(0)).is_err());
        assert_eq!(page_limit(None).unwrap(), 20);
    }

    #[test]
    fn the_extra_row_only_tells_that_more_follow() {
        let page = page(vec![1, 2, 3], 2, |n| *n, |n| n);
        assert_eq!(page.data, [1, 2]);
        assert_eq!(page.next_cursor, Some(encode(&2)));
    }
}
