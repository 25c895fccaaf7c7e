use std::{fmt, sync::Arc};

use leptos::prelude::*;

/// What a list is ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Key of the column.
    pub key: String,
    /// Largest, newest or Z first.
    pub descending: bool,
}

impl Sort {
    /// Reads the form it has in URLs and in the API: `-created` is the newest first.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, descending) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
        (!key.is_empty()).then(|| Self {
            key: key.to_owned(),
            descending,
        })
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", if self.descending { "-" } else { "" }, self.key)
    }
}

/// Where a cell stands when the row becomes a card on a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phone {
    /// In the line below the title, among others.
    #[default]
    Line,
    /// In the line below the title, with the column's name before it.
    Labelled,
    /// At the end of the title's line: the total, the price.
    Corner,
    /// Nowhere.
    Hidden,
}

/// How a column looks, without what is in it.
#[derive(Clone)]
pub(super) struct Head {
    pub key: &'static str,
    pub title: Signal<String>,
    pub is_sortable: bool,
    pub is_primary: bool,
    pub is_end: bool,
    pub is_wide_only: bool,
    pub is_roomy: bool,
    pub phone: Phone,
}

impl Head {
    pub fn class(&self) -> String {
        let mut class = String::from("ui-table__cell");
        let phone = match self.phone {
            Phone::Line => "line",
            Phone::Labelled => "labelled",
            Phone::Corner => "corner",
            Phone::Hidden => "hidden",
        };
        let flags = [
            (self.is_primary, "primary"),
            (self.is_end, "end"),
            (self.is_wide_only, "wide"),
            (self.is_roomy, "roomy"),
            (!self.is_primary, phone),
        ];
        for (_, flag) in flags.iter().filter(|(is_set, _)| *is_set) {
            class.push_str(" ui-table__cell--");
            class.push_str(flag);
        }
        class
    }
}

pub(super) type CellView<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

/// One column of a [`DataTable`](super::DataTable).
#[derive(Clone)]
pub struct Column<T: 'static> {
    pub(super) head: Head,
    pub(super) cell: CellView<T>,
}

impl<T: 'static> Column<T> {
    /// A column: its key in the sort parameter, its title, and what a row shows in it.
    pub fn new<M>(
        key: &'static str,
        title: impl leptos::reactive::IntoReactiveValue<Signal<String>, M>,
        cell: impl Fn(&T) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        let head = Head {
            key,
            title: title.into_reactive_value(),
            is_sortable: false,
            is_primary: false,
            is_end: false,
            is_wide_only: false,
            is_roomy: false,
            phone: Phone::Line,
        };
        Self {
            head,
            cell: Arc::new(cell),
        }
    }

    /// The reader can order by it.
    pub fn sortable(mut self) -> Self {
        self.head.is_sortable = true;
        self
    }

    /// What the row is called: its link, and the card's title on a phone.
    pub fn primary(mut self) -> Self {
        self.head.is_primary = true;
        self
    }

    /// Right-aligned with tabular figures, for numbers and money.
    pub fn end(mut self) -> Self {
        self.head.is_end = true;
        self
    }

    /// Left out where the table has less than 736 px; the cards of a phone have it.
    pub fn roomy(mut self) -> Self {
        self.head.is_roomy = true;
        self
    }

    /// Left out where the table has less than 832 px, and on phones.
    pub fn wide_only(mut self) -> Self {
        self.head.is_wide_only = true;
        self
    }

    /// Where it stands on a phone; in the line below the title unless said otherwise.
    pub fn phone(mut self, place: Phone) -> Self {
        self.head.phone = place;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Sort;

    #[test]
    fn an_order_is_written_the_way_it_is_read() {
        for text in ["title", "-created"] {
            assert_eq!(Sort::parse(text).map(|sort| sort.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Sort::parse("-"), None);
        assert_eq!(Sort::parse(""), None);
    }
}
