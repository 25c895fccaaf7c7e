//! Where a list is among its pages. A cursor leads on and never back, so the URL keeps the cursors of all pages that were turned.

use crate::query::{QueryParam, use_query_param};

/// The parameter; [`QueryParam::set`] of a filter removes it.
const KEY: &str = "after";

/// Between cursors: they are base64url (RFC 4648, section 5), which has no dot.
const BETWEEN: char = '.';

/// The place of the current page's list among its pages.
#[derive(Clone, Copy)]
pub struct Paging(QueryParam);

/// The list's place as the URL has it.
pub fn use_paging() -> Paging {
    Paging(use_query_param(KEY))
}

impl Paging {
    /// The cursor of this page, for the request; `None` on the first. Followed in reactive closures.
    pub fn cursor(self) -> Option<String> {
        self.0.get_opt().map(|trail| last(&trail).to_owned())
    }

    /// How many pages lie before this one. Followed in reactive closures.
    pub fn turned(self) -> usize {
        self.0.get_opt().map_or(0, |trail| trail.split(BETWEEN).count())
    }

    /// What the page before has in the URL; `None` on the first page.
    pub(super) fn before(self) -> Option<(&'static str, Option<String>)> {
        self.0.get_opt().map(|trail| (KEY, without_last(&trail).map(str::to_owned)))
    }

    /// What the page after has in the URL.
    pub(super) fn after(self, cursor: &str) -> (&'static str, Option<String>) {
        let trail = match self.0.get_opt() {
            Some(trail) => format!("{trail}{BETWEEN}{cursor}"),
            None => cursor.to_owned(),
        };
        (KEY, Some(trail))
    }
}

fn last(trail: &str) -> &str {
    trail.rsplit(BETWEEN).next().unwrap_or(trail)
}

fn without_last(trail: &str) -> Option<&str> {
    trail.rsplit_once(BETWEEN).map(|(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_turns_back_the_way_one_came() {
        assert_eq!((last("a.b.c"), without_last("a.b.c")), ("c", Some("a.b")));
        assert_eq!((last("a"), without_last("a")), ("a", None));
    }
}
