//! Where each entry stands: what was arranged, and between it what is declared.

use std::collections::BTreeSet;

use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_types::menu::StorePage;
use orion_types::sidebar::{MAX_SIDEBAR_ENTRIES, UpdateSidebar};

/// Names that are kept at most, as the table has it: those of a request, and as many that this version does not know.
const MAX_KEPT: usize = 2 * MAX_SIDEBAR_ENTRIES;

/// An arrangement by names of entries; without any it is what the modules declare. Names that this version does not know, of a module that was removed or
/// is yet to come, are kept and count for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) order: Vec<String>,
    pub(crate) hidden: Vec<String>,
}

impl Layout {
    /// Every page in its place, hidden ones too.
    pub(crate) fn pages(&self) -> Vec<StorePage> {
        let mut placed: Vec<StorePage> = self.order.iter().filter_map(|name| StorePage::named(name)).collect();
        let mut declared = StorePage::ALL.to_vec();
        declared.sort_by_key(|page| page.item().order);
        if placed.is_empty() {
            // A heading then stands where the first of its entries does that somebody sees, which is not the first of it for everybody.
            return declared;
        }
        for (at, page) in declared.iter().enumerate() {
            if !placed.contains(page) {
                let place = place_of(*page, &placed, (&declared[..at], &declared[at + 1..]));
                placed.insert(place, *page);
            }
        }
        placed
    }

    /// Whether a page is left out; what has become mandatory since is not.
    pub(crate) fn hides(&self, page: StorePage) -> bool {
        !page.item().mandatory && self.hidden.contains(&page.key())
    }

    /// What somebody wants in its place.
    ///
    /// # Errors
    /// Names that are not known, that come twice or are too many, and what cannot be left out.
    pub(super) fn rearranged(self, asked: &UpdateSidebar) -> Result<Self, ProblemDraft> {
        let mut errors = FieldErrors::default();
        check("/order", &asked.order, &self.order, &mut errors);
        check("/hidden", &asked.hidden, &self.hidden, &mut errors);
        for (at, name) in asked.hidden.iter().enumerate() {
            if StorePage::named(name).is_some_and(|page| page.item().mandatory) {
                errors.add(format!("/hidden/{at}"), "mandatory", "cannot be left out");
            }
        }
        errors.into_result()?;
        Ok(Self {
            order: with_strangers(&self.order, &asked.order),
            hidden: with_strangers(&self.hidden, &asked.hidden),
        })
    }
}

/// Behind the entry before it under the same heading, or before the one behind it there; a heading of which nothing is placed comes behind all that is
/// declared before it.
fn place_of(page: StorePage, placed: &[StorePage], (before, after): (&[StorePage], &[StorePage])) -> usize {
    let section = page.item().section;
    let stands = |other: &StorePage| placed.iter().position(|placed| placed == other);
    let alike = |other: &&StorePage| other.item().section == section;
    let behind_its_own = before.iter().rev().filter(alike).find_map(stands).map(|place| place + 1);
    let before_its_own = || after.iter().filter(alike).find_map(stands);
    let behind_all = || before.iter().filter_map(stands).max().map(|place| place + 1);
    behind_its_own.or_else(before_its_own).or_else(behind_all).unwrap_or_default()
}

fn check(pointer: &str, names: &[String], known: &[String], errors: &mut FieldErrors) {
    if names.len() > MAX_SIDEBAR_ENTRIES {
        errors.add(pointer, "too_many", format!("names at most {MAX_SIDEBAR_ENTRIES} entries"));
        return;
    }
    let mut seen = BTreeSet::new();
    for (at, name) in names.iter().enumerate() {
        if !seen.insert(name) {
            errors.add(format!("{pointer}/{at}"), "duplicate", "is named twice");
        } else if StorePage::named(name).is_none() && !known.contains(name) {
            errors.add(format!("{pointer}/{at}"), "unknown_entry", "is no entry of the sidebar");
        }
    }
}

/// What was asked for, with the names that are not known and were there, as far as there is room for them: each behind the one that it stood behind.
fn with_strangers(before: &[String], asked: &[String]) -> Vec<String> {
    let mut names = asked.to_vec();
    let mut previous: Option<&String> = None;
    for name in before {
        let is_stranger = StorePage::named(name).is_none() && !names.contains(name);
        if is_stranger && names.len() < MAX_KEPT {
            let place = previous.and_then(|previous| names.iter().position(|name| name == previous));
            names.insert(place.map_or(0, |place| place + 1), name.clone());
        }
        previous = Some(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn layout(order: &[&str], hidden: &[&str]) -> Layout {
        Layout {
            order: names(order),
            hidden: names(hidden),
        }
    }

    fn asked(order: &[&str], hidden: &[&str]) -> UpdateSidebar {
        UpdateSidebar {
            order: names(order),
            hidden: names(hidden),
        }
    }

    fn codes(result: Result<Layout, ProblemDraft>) -> Vec<(String, String)> {
        let errors = result.unwrap_err().errors;
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    #[test]
    fn without_an_arrangement_everything_is_where_it_is_declared() {
        let mut declared = StorePage::ALL.to_vec();
        declared.sort_by_key(|page| page.item().order);
        assert_eq!(Layout::default().pages(), declared);
        // Names of a module that is gone arrange nothing.
        assert_eq!(layout(&["subscriptions"], &[]).pages(), declared);
    }

    #[test]
    fn an_entry_that_comes_later_stands_beside_its_own() {
        // Everything was arranged the other way round before there were customers, which are declared behind the orders.
        let mut order: Vec<String> = Layout::default().pages().into_iter().map(StorePage::key).collect();
        order.reverse();
        order.retain(|name| name != "customers");
        let pages = Layout { order, hidden: Vec::new() }.pages();
        let place = |wanted: StorePage| pages.iter().position(|page| *page == wanted).unwrap();
        assert_eq!(place(StorePage::Customers), place(StorePage::Orders) + 1);
        // The first of a heading comes before the next one of it.
        let arranged = layout(&["settings", "customers"], &[]).pages();
        let place = |wanted: StorePage| arranged.iter().position(|page| *page == wanted).unwrap();
        assert_eq!(place(StorePage::Orders) + 1, place(StorePage::Customers));
    }

    #[test]
    fn names_that_are_not_known_are_kept_behind_their_neighbours_and_count_for_nothing() {
        let before = layout(&["orders", "subscriptions", "products"], &["subscriptions"]);
        assert_eq!(before.pages().len(), StorePage::ALL.len());
        let after = before.rearranged(&asked(&["products", "orders"], &["products"])).unwrap();
        assert_eq!(
            after,
            layout(&["products", "orders", "subscriptions"], &["subscriptions", "products"])
        );
    }

    #[test]
    fn what_is_named_wrongly_is_told_by_its_place() {
        let refused = layout(&[], &[]).rearranged(&asked(&["orders", "orders", "nothing"], &["dashboard"]));
        let told = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        assert_eq!(
            codes(refused),
            [
                told("/order/1", "duplicate"),
                told("/order/2", "unknown_entry"),
                told("/hidden/0", "mandatory"),
            ]
        );
        let many = vec!["orders"; MAX_SIDEBAR_ENTRIES + 1];
        assert_eq!(codes(layout(&[], &[]).rearranged(&asked(&many, &[]))), [told("/order", "too_many")]);
    }

    #[test]
    fn what_has_become_mandatory_is_shown() {
        let arranged = layout(&[], &["settings", "orders"]);
        assert!(arranged.hides(StorePage::Orders) && !arranged.hides(StorePage::Settings));
    }
}
