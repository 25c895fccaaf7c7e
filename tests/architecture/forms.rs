//! No form sends what it could not read, and no refusal of the server is lost on a page.

use std::path::PathBuf;

use super::{files, root, shown};

/// The apps, and what they share that has forms.
const APPS: &[&str] = &[
    "frontend-admin/src",
    "frontend-store/src",
    "frontend-storefront/src",
    "shared/app/src",
];
/// The apps that speak the server's language; the shop says every problem in the reader's.
const DASHBOARDS: &[&str] = &["frontend-admin/src", "frontend-store/src"];
/// Ways to put something in place of a number that could not be read.
const SWALLOWED: &[&str] = &[
    ".read().ok()",
    ".read().unwrap_or",
    ".read().is_ok",
    ".get_untracked().parse()",
    ".parse().ok()",
    ".parse::<i64>().ok()",
    ".and_then(|text| text.parse",
];
/// Ways to say a part of an error: its fields would be missing.
const PARTLY: &[&str] = &["error.message()", "submission.message()", "submission.error().map("];

fn sources(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let found: Vec<(PathBuf, String)> = folders
        .iter()
        .flat_map(|folder| files(&root().join(folder), ".rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source");
            // Closures and calls are broken over lines by the formatter.
            let text = text.lines().map(str::trim).collect::<Vec<_>>().join("\n").replace("\n.", ".");
            (path, text)
        })
        .collect();
    assert!(found.len() > 20, "only {} sources were found", found.len());
    found
}

fn those_with(folders: &[&str], forbidden: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in sources(folders) {
        wrong.extend(
            forbidden
                .iter()
                .filter(|part| text.contains(**part))
                .map(|part| format!("{}: {part}", shown(&path))),
        );
    }
    wrong
}

#[test]
fn a_form_with_numbers_is_sent_by_what_was_read() {
    let mut forms = 0;
    for (path, text) in sources(APPS) {
        if !(text.contains("NumberField") && text.contains("use_submission()")) {
            continue;
        }
        forms += 1;
        // To remove something sends nothing that is typed.
        let sent = text.replace("submission.send(async move { client.delete", "");
        assert!(
            !sent.contains("submission.send("),
            "{} has numbers and sends more than what was read: use `send_read`",
            shown(&path)
        );
    }
    assert!(forms >= 4, "only {forms} forms with numbers were found");
}

#[test]
fn nothing_takes_the_place_of_what_could_not_be_read() {
    assert_eq!(those_with(DASHBOARDS, SWALLOWED), [""; 0]);
}

#[test]
fn a_dashboard_says_all_of_a_refusal() {
    assert_eq!(those_with(DASHBOARDS, PARTLY), [""; 0], "use `Refused`, or `sentences` in a toast");
}
