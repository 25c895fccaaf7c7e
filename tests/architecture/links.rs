//! Links between the documents lead somewhere: to a file that is there, and to a heading that it has.

use std::fs;
use std::path::{Path, PathBuf};

use super::{files, root, shown};

/// What stands between `](` and `)`, but for addresses of the web.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    ends.map(|(link, _)| link)
        .filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
}

/// The anchors of a document's headings, as GitHub makes them.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    headings.map(|heading| anchor(heading.trim_start_matches('#').trim())).collect()
}

fn anchor(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .collect::<String>();
    kept.replace(' ', "-")
}

/// What is wrong with a link of a document.
fn fault(document: &Path, link: &str) -> Option<String> {
    let (file, wanted) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let target: PathBuf = if file.is_empty() {
        document.to_owned()
    } else {
        document.parent().unwrap_or(root()).join(file)
    };
    if !target.exists() {
        return Some("no such file".to_owned());
    }
    let wanted = wanted.filter(|_| target.extension().is_some_and(|ending| ending == "md"))?;
    let text = fs::read_to_string(&target).expect("a document");
    (!anchors(&text).iter().any(|anchor| anchor == wanted)).then(|| format!("no heading #{wanted}"))
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in files(root(), ".md") {
        let text = fs::read_to_string(&document).expect("a document");
        for link in links(&text) {
            seen += 1;
            if let Some(fault) = fault(&document, link) {
                wrong.push(format!("{}: {link}: {fault}", shown(&document)));
            }
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
    assert!(seen > 30, "only {seen} links were found");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let readme = root().join("README.md");
    assert_eq!(fault(&readme, "docs/nowhere.md").as_deref(), Some("no such file"));
    assert_eq!(fault(&readme, "docs/modules.md#nothing").as_deref(), Some("no heading #nothing"));
    assert_eq!(fault(&readme, "docs/modules.md#adding-one"), None);
}
