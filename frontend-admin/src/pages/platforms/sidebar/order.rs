//! Entries under their headings, and how they change places.

use orion_types::menu::StorePage;
use orion_types::sidebar::SidebarEntry;

/// The headings in the order of their first entries.
fn headings(all: &[SidebarEntry]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for entry in all {
        if !found.contains(&entry.section) {
            found.push(entry.section.clone());
        }
    }
    found
}

fn below(all: &[SidebarEntry], heading: &str) -> Vec<SidebarEntry> {
    all.iter().filter(|entry| entry.section == heading).cloned().collect()
}

/// The headings with the pages below them.
pub fn sections(all: &[SidebarEntry]) -> Vec<(String, Vec<StorePage>)> {
    let with_pages = |heading: String| {
        let pages = below(all, &heading).iter().map(|entry| entry.page).collect();
        (heading, pages)
    };
    headings(all).into_iter().map(with_pages).collect()
}

/// The entries as they are seen: those below one heading beside each other.
pub fn grouped(all: &[SidebarEntry]) -> Vec<SidebarEntry> {
    headings(all).iter().flat_map(|heading| below(all, heading)).collect()
}

/// Lets an entry change places with its neighbour under the same heading; grouped entries stay so.
pub fn move_entry(all: &mut [SidebarEntry], page: StorePage, up: bool) {
    let Some(at) = all.iter().position(|entry| entry.page == page) else {
        return;
    };
    let neighbour = if up { at.checked_sub(1) } else { Some(at + 1) };
    let alike = |other: &usize| all.get(*other).is_some_and(|other| other.section == all[at].section);
    if let Some(other) = neighbour.filter(alike) {
        all.swap(at, other);
    }
}

/// Lets a heading with all that is below it change places with its neighbour.
pub fn move_section(all: &mut Vec<SidebarEntry>, heading: &str, up: bool) {
    let mut order = headings(all);
    let Some(at) = order.iter().position(|other| other == heading) else {
        return;
    };
    let neighbour = if up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = neighbour.filter(|other| *other < order.len()) {
        order.swap(at, other);
        *all = order.iter().flat_map(|heading| below(all, heading)).collect();
    }
}

/// Shows or hides an entry.
pub fn show(all: &mut [SidebarEntry], page: StorePage, shown: bool) {
    for entry in all.iter_mut().filter(|entry| entry.page == page) {
        entry.hidden = !shown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(pages: &[StorePage]) -> Vec<SidebarEntry> {
        let entry = |page: &StorePage| SidebarEntry {
            page: *page,
            label: String::new(),
            section: page.item().section.to_owned(),
            module: String::new(),
            enabled: true,
            hidden: false,
            mandatory: false,
        };
        pages.iter().map(entry).collect()
    }

    fn pages(all: &[SidebarEntry]) -> Vec<StorePage> {
        all.iter().map(|entry| entry.page).collect()
    }

    #[test]
    fn an_entry_stays_below_its_heading() {
        use StorePage::{Customers, Dashboard, Orders};
        let mut all = entries(&[Dashboard, Orders, Customers]);
        move_entry(&mut all, Orders, true);
        assert_eq!(pages(&all), [Dashboard, Orders, Customers], "above it is another heading");
        move_entry(&mut all, Orders, false);
        assert_eq!(pages(&all), [Dashboard, Customers, Orders]);
        move_entry(&mut all, Orders, false);
        assert_eq!(pages(&all), [Dashboard, Customers, Orders], "it is the last one");
    }

    #[test]
    fn a_heading_takes_its_entries_along() {
        use StorePage::{Customers, Dashboard, Orders, Settings};
        let mut all = grouped(&entries(&[Dashboard, Orders, Settings, Customers]));
        assert_eq!(pages(&all), [Dashboard, Orders, Customers, Settings]);
        move_section(&mut all, "Store", true);
        assert_eq!(pages(&all), [Dashboard, Settings, Orders, Customers]);
        move_section(&mut all, "", true);
        assert_eq!(pages(&all), [Dashboard, Settings, Orders, Customers], "it is the first one");
        assert_eq!(sections(&all)[2], ("Sales".to_owned(), vec![Orders, Customers]));
    }

    #[test]
    fn an_entry_is_hidden_and_shown() {
        let mut all = entries(&[StorePage::Orders, StorePage::Customers]);
        show(&mut all, StorePage::Customers, false);
        assert_eq!((all[0].hidden, all[1].hidden), (false, true));
        show(&mut all, StorePage::Customers, true);
        assert!(!all[1].hidden);
    }
}
