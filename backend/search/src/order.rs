//! The order of a list, and the part of it behind a place.

use std::cmp::Ordering;

use crate::filter::{Order, Place};
use crate::snapshot::{Listed, Snapshot};

impl Snapshot {
    pub(crate) fn compare(&self, order: Order, a: &Listed, b: &Listed) -> Ordering {
        let ((one, a_doc), (other, b_doc)) = (self.of(a), self.of(b));
        let ids = || one.ids[a_doc].cmp(&other.ids[b_doc]);
        let titles = || one.key(a.doc).cmp(other.key(b.doc));
        match order {
            Order::Newest => other.created[b_doc].cmp(&one.created[a_doc]).then_with(|| ids().reverse()),
            Order::PriceAscending => one.price[a_doc].cmp(&other.price[b_doc]).then_with(ids),
            Order::PriceDescending => other.price[b_doc].cmp(&one.price[a_doc]).then_with(|| ids().reverse()),
            Order::Title => titles().then_with(ids),
            Order::Relevance => b.rank.cmp(&a.rank).then_with(|| ids().reverse()),
            Order::Suggestion => b.rank.cmp(&a.rank).then_with(titles).then_with(ids),
        }
    }

    /// Whether a product comes behind a place.
    pub(crate) fn is_behind(&self, order: Order, listed: &Listed, place: &PlaceKey) -> bool {
        let (columns, doc) = self.of(listed);
        let id = columns.ids[doc];
        let behind = match order {
            Order::Newest => place.at.time.cmp(&columns.created[doc]).then_with(|| place.at.id.cmp(&id)),
            Order::PriceAscending => columns.price[doc].cmp(&place.at.number).then_with(|| id.cmp(&place.at.id)),
            Order::PriceDescending => place.at.number.cmp(&columns.price[doc]).then_with(|| place.at.id.cmp(&id)),
            Order::Title | Order::Suggestion => columns.key(listed.doc).cmp(&place.key).then_with(|| id.cmp(&place.at.id)),
            Order::Relevance => place.at.number.cmp(&listed.rank).then_with(|| place.at.id.cmp(&id)),
        };
        behind == Ordering::Greater
    }

    pub(crate) fn place_key(&self, place: &Place) -> PlaceKey {
        PlaceKey {
            key: self.language.key(&place.text),
            at: place.clone(),
        }
    }

    /// The first `limit` of a list behind a place, in order; the list itself is left in any.
    pub(crate) fn first_of(&self, mut listed: Vec<Listed>, order: Order, after: Option<&PlaceKey>, limit: usize) -> Vec<Listed> {
        if let Some(place) = after {
            listed.retain(|one| self.is_behind(order, one, place));
        }
        if listed.len() > limit && limit > 0 {
            listed.select_nth_unstable_by(limit - 1, |a, b| self.compare(order, a, b));
        }
        listed.truncate(limit);
        listed.sort_unstable_by(|a, b| self.compare(order, a, b));
        listed
    }
}

/// A place with what its title sorts by.
pub(crate) struct PlaceKey {
    key: Vec<u8>,
    at: Place,
}
