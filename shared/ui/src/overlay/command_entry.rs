use leptos::prelude::*;

use crate::icon::IconData;
use crate::sort_few;

#[derive(Clone)]
pub(super) enum Run {
    Link(String),
    Action(Callback<()>),
}

/// One thing the command palette can do.
#[derive(Clone)]
pub struct CommandEntry {
    pub(super) label: String,
    pub(super) detail: Option<String>,
    pub(super) group: String,
    pub(super) keywords: String,
    pub(super) icon: Option<IconData>,
    pub(super) run: Run,
}

impl CommandEntry {
    fn of(label: String, run: Run) -> Self {
        Self {
            label,
            detail: None,
            group: String::new(),
            keywords: String::new(),
            icon: None,
            run,
        }
    }

    /// Goes to a path inside the app.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::of(label.into(), Run::Link(href.into()))
    }

    /// Does something.
    pub fn action(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self::of(label.into(), Run::Action(Callback::new(move |()| run())))
    }

    /// The heading it stands under.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Muted words behind the label.
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = Some(text.into());
        self
    }

    /// Other words it is found by.
    pub fn keywords(mut self, words: impl Into<String>) -> Self {
        self.keywords = words.into();
        self
    }

    /// Before the label.
    pub fn icon(mut self, icon: IconData) -> Self {
        self.icon = Some(icon);
        self
    }

    // Smaller is better; every typed word must be found somewhere.
    fn rank(&self, words: &[String]) -> Option<usize> {
        let label = self.label.to_lowercase();
        let rest = format!("{} {} {}", self.keywords, self.group, self.detail.as_deref().unwrap_or_default()).to_lowercase();
        words.iter().map(|word| rank_word(word, &label, &rest)).sum()
    }
}

fn rank_word(word: &str, label: &str, rest: &str) -> Option<usize> {
    if label.starts_with(word) {
        return Some(0);
    }
    let starts = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word));
    match () {
        () if starts(label) => Some(1),
        () if label.contains(word) => Some(2),
        () if starts(rest) => Some(3),
        () if rest.contains(word) => Some(4),
        () => None,
    }
}

/// The entries a text finds, best first, groups kept together in the order of their best entry.
pub(super) fn find(entries: &[CommandEntry], text: &str) -> Vec<CommandEntry> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let mut ranked: Vec<(usize, &CommandEntry)> = entries.iter().filter_map(|entry| Some((entry.rank(&words)?, entry))).collect();
    sort_few(&mut ranked, |(one, _), (other, _)| one.cmp(other));
    let mut groups: Vec<&str> = Vec::new();
    for (_, entry) in &ranked {
        if !groups.contains(&entry.group.as_str()) {
            groups.push(&entry.group);
        }
    }
    let place = |&(rank, entry): &(usize, &CommandEntry)| (groups.iter().position(|group| *group == entry.group), rank);
    sort_few(&mut ranked, |one, other| place(one).cmp(&place(other)));
    ranked.into_iter().map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{CommandEntry, find};

    fn labels(text: &str) -> Vec<String> {
        let entries = [
            CommandEntry::link("Orders", "/orders").group("Go to").keywords("sales"),
            CommandEntry::link("Products", "/products").group("Go to"),
            CommandEntry::link("New product", "/products/new").group("Create"),
        ];
        find(&entries, text).into_iter().map(|entry| entry.label).collect()
    }

    #[test]
    fn nothing_typed_finds_everything_in_its_order() {
        assert_eq!(labels(""), ["Orders", "Products", "New product"]);
    }

    #[test]
    fn the_beginning_of_a_label_comes_before_the_middle() {
        assert_eq!(labels("prod"), ["Products", "New product"]);
        assert_eq!(labels("new prod"), ["New product"]);
    }

    #[test]
    fn keywords_are_found_too() {
        assert_eq!(labels("sale"), ["Orders"]);
        assert!(labels("xyz").is_empty());
    }
}
