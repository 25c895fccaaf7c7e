//! List cursors: the sort key of the last row, opaque to the client.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
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

/// Like [`decode`] for a list with several orders: a key that is of another order names no place in this one.
pub fn decode_in<K: DeserializeOwned>(cursor: Option<&str>, belongs: impl FnOnce(&K) -> bool) -> Result<Option<K>, ProblemDraft> {
    let key = decode(cursor)?;
    match key {
        Some(key) if !belongs(&key) => {
            let detail = "The cursor belongs to a list in another order.";
            Err(ProblemDraft::new(&BAD_CURSOR).field("cursor", "invalid", detail))
        }
        key => Ok(key),
    }
}

/// What a list is ordered by and whether descending, from the form that it has in addresses: `name`, `-created_at`.
pub fn page_order<O: Copy>(sort: Option<&str>, usual: &str, orders: &[(&str, O)]) -> Result<(O, bool), ProblemDraft> {
    let sort = sort.filter(|sort| !sort.is_empty()).unwrap_or(usual);
    let (name, descending) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
    match orders.iter().find(|(known, _)| *known == name) {
        Some((_, order)) => Ok((*order, descending)),
        None => {
            let names: Vec<&str> = orders.iter().map(|(name, _)| *name).collect();
            let detail = format!(
                "It is one of {}, each with a minus before it to turn the list round.",
                names.join(", ")
            );
            Err(ProblemDraft::new(&BAD_QUERY).field("sort", "invalid", detail))
        }
    }
}

/// The time from which on changes are asked for (`updated_since`), as RFC 3339 writes it. An empty one is none: a program that has lost its
/// place would be told of everything as if it had changed.
///
/// # Errors
/// When it is no time.
pub fn since(text: Option<&str>) -> Result<Option<DateTime<Utc>>, ProblemDraft> {
    let Some(text) = text else { return Ok(None) };
    // A plus that nobody has encoded arrives as a space.
    match DateTime::parse_from_rfc3339(&text.replace(' ', "+")) {
        Ok(time) => Ok(Some(time.to_utc())),
        Err(_) => {
            let told = "It is a time such as 2026-11-23T10:00:00Z.";
            Err(ProblemDraft::new(&BAD_QUERY).field("updated_since", "invalid", told))
        }
    }
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
        total_capped: false,
    }
}

/// As [`page`], for rows that may be unreadable.
///
/// # Errors
/// That of the first row that is.
pub fn try_page<R, T, K: Serialize, E>(
    rows: Vec<R>,
    limit: i64,
    key: impl Fn(&R) -> K,
    map: impl FnMut(R) -> Result<T, E>,
) -> Result<Page<T>, E> {
    let Page {
        data,
        has_more,
        next_cursor,
        total,
        total_capped,
    } = page(rows, limit, key, map);
    Ok(Page {
        data: data.into_iter().collect::<Result<_, _>>()?,
        has_more,
        next_cursor,
        total,
        total_capped,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn a_time_is_read_as_it_is_written_and_nothing_else_is() {
        let noon = since(Some("2026-11-23T12:00:00Z")).unwrap();
        for same in ["2026-11-23T13:00:00+01:00", "2026-11-23T13:00:00 01:00", "2026-11-23T12:00:00.000Z"] {
            assert_eq!(since(Some(same)).unwrap(), noon);
        }
        assert_eq!(since(None).unwrap(), None);
        assert_eq!(since(Some("yesterday")).unwrap_err().kind, &BAD_QUERY);
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let cursor = encode(&7_i64);
        assert_eq!(decode_in::<i64>(Some(&cursor), |_| false).unwrap_err().kind, &BAD_CURSOR);
        assert_eq!(decode_in::<i64>(Some(&cursor), |_| true).unwrap(), Some(7));
    }

    #[test]
    fn an_order_is_named_and_turned_round_by_a_minus() {
        let orders = [("name", 'n'), ("created_at", 'c')];
        assert_eq!(page_order(None, "-created_at", &orders).unwrap(), ('c', true));
        assert_eq!(page_order(Some(""), "-created_at", &orders).unwrap(), ('c', true));
        assert_eq!(page_order(Some("name"), "-created_at", &orders).unwrap(), ('n', false));
        assert_eq!(
            page_order(Some("age"), "-created_at", &orders).unwrap_err().errors[0]
                .parameter
                .as_deref(),
            Some("sort")
        );
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

    type Key = (Option<String>, i64, uuid::Uuid);

    proptest! {
        #[test]
        fn fuzz_a_cursor_comes_back_as_its_key(name: Option<String>, number: i64, id: u128) {
            let key: Key = (name, number, uuid::Uuid::from_u128(id));
            prop_assert_eq!(decode::<Key>(Some(&encode(&key))).unwrap(), Some(key));
        }

        /// A forged one is refused by name, or names another place of the same list.
        #[test]
        fn fuzz_a_forged_cursor_is_refused_or_a_key(bytes in prop::collection::vec(any::<u8>(), 0..64), json in "[\\[\\]{}:,\"\\\\0-9a-fnul.eE+-]{0,40}") {
            for cursor in [String::from_utf8_lossy(&bytes).into_owned(), URL_SAFE_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&json)] {
                match decode::<Key>(Some(&cursor)) {
                    Ok(key) => prop_assert!(key.is_some()),
                    Err(refused) => prop_assert_eq!(refused.kind, &BAD_CURSOR),
                }
            }
        }

        #[test]
        fn fuzz_a_time_is_read_or_refused(text in "[0-9TZ: +.-]{0,32}") {
            if let Err(refused) = since(Some(&text)) {
                prop_assert_eq!(refused.kind, &BAD_QUERY);
            }
        }
    }
}
