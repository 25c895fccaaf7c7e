//! From record to record in the order of the list that was seen last.

use std::cell::RefCell;
use std::collections::HashMap;

// In memory: a list that was seen in another tab or yesterday is no order that anybody has in mind.
thread_local! {
    static SEEN: RefCell<HashMap<&'static str, Vec<String>>> = RefCell::default();
}

/// Remembers the page of a list that is shown; `list` is its path, such as `/orders`.
pub fn remember(list: &'static str, ids: Vec<String>) {
    SEEN.with_borrow_mut(|seen| seen.insert(list, ids));
}

/// The paths of the records before and after one; nothing where no list was seen, or the record is not in it.
pub fn neighbours(list: &'static str, id: &str) -> (Option<String>, Option<String>) {
    SEEN.with_borrow(|seen| {
        let (before, after) = seen.get(list).map(|ids| around(ids, id)).unwrap_or_default();
        let path = |id: &str| format!("{list}/{id}");
        (before.map(path), after.map(path))
    })
}

fn around<'a>(ids: &'a [String], id: &str) -> (Option<&'a str>, Option<&'a str>) {
    let Some(at) = ids.iter().position(|known| known == id) else {
        return (None, None);
    };
    let near = |at: Option<usize>| at.and_then(|at| ids.get(at)).map(String::as_str);
    (near(at.checked_sub(1)), near(Some(at + 1)))
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn the_ends_of_a_list_have_one_neighbour() {
        let ids = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(around(&ids, "a"), (None, Some("b")));
        assert_eq!(around(&ids, "b"), (Some("a"), Some("c")));
        assert_eq!(around(&ids, "c"), (Some("b"), None));
        assert_eq!(around(&ids, "x"), (None, None));
    }
}
