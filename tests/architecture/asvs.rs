//! The account of OWASP ASVS goes on being true: what it names as proof is there, each requirement has one line with a verdict, its sums
//! are those of its lines, and what is missing is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{files, root, shown};

const DOCUMENT: &str = "docs/security/asvs.md";
/// How many requirements release 5.0.0 has of a level.
const REQUIREMENTS: [(&str, usize); 2] = [("1", 70), ("2", 183)];
/// In the order of the sums.
const VERDICTS: [&str; 4] = ["met", "partly", "not met", "not applicable"];
/// How names begin that are files.
const FOLDERS: &[&str] = &["backend/", "docs/", "frontend-", "migrations/", "scripts/", "shared/", "tests/"];
/// How names end that are files beside those folders.
const MANIFESTS: &[&str] = &[".toml", ".lock", ".json"];

/// A line of a table.
struct Requirement<'a> {
    number: &'a str,
    level: &'a str,
    about: &'a str,
    verdict: &'a str,
    /// What shows it, or what is missing.
    why: &'a str,
}

impl Requirement<'_> {
    fn chapter(&self) -> &str {
        self.number.split('.').next().unwrap_or_default()
    }
}

/// What a line names to show its verdict.
enum Proof<'a> {
    Test(&'a str),
    Journey(&'a str),
    File(&'a str),
}

fn document() -> String {
    fs::read_to_string(root().join(DOCUMENT)).expect("the account")
}

/// The cells of a row of a table.
fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(row.split('|').map(str::trim).collect())
}

/// Whether a text is the number of a requirement, such as `V6.2.1`.
fn is_number(text: &str) -> bool {
    let Some(parts) = text.strip_prefix('V') else { return false };
    parts.split('.').count() == 3 && parts.split('.').all(|part| part.parse::<u8>().is_ok())
}

fn requirements(text: &str) -> Vec<Requirement<'_>> {
    let rows = text.lines().filter_map(cells);
    let rows = rows.filter(|row| row.first().is_some_and(|first| is_number(first)));
    rows.map(|row| match row.as_slice() {
        &[number, level, about, verdict, why] => Requirement {
            number,
            level,
            about,
            verdict,
            why,
        },
        other => panic!("a line needs five cells: {other:?}"),
    })
    .collect()
}

fn proofs(why: &str) -> Vec<Proof<'_>> {
    let quoted = why.split('“').skip(1).filter_map(|rest| rest.split_once('”'));
    let mut found: Vec<Proof<'_>> = quoted.map(|(title, _)| Proof::Journey(title)).collect();
    // Every second part stands between two backticks.
    for name in why.split('`').skip(1).step_by(2) {
        let is_manifest = !name.contains('/') && MANIFESTS.iter().any(|ending| name.ends_with(ending));
        if name.contains("::") {
            found.push(Proof::Test(name));
        } else if is_manifest || FOLDERS.iter().any(|folder| name.starts_with(folder)) {
            found.push(Proof::File(name));
        }
    }
    found
}

/// How the account names the module of a file: its path without `src`, for a test of the whole below `tests`.
fn module_of(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    let starts = ["tests/", "backend/modules/", "backend/", "shared/"];
    let inner = starts.iter().find_map(|start| path.strip_prefix(start)).unwrap_or(path);
    let parts: Vec<&str> = inner.split('/').filter(|part| *part != "src").collect();
    match parts.as_slice() {
        [folder @ .., "mod" | "lib"] => folder.join("::"),
        all => all.join("::"),
    }
}

/// The functions of a source that are tests.
fn tests_in(source: &str) -> Vec<&str> {
    let (mut found, mut is_test) = (Vec::new(), false);
    for line in source.lines().map(str::trim) {
        if line == "#[test]" || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ") {
            found.extend(rest.split(['(', '<']).next().filter(|_| is_test));
            is_test = false;
        }
    }
    found
}

/// Everything that can be named to show something, but for files.
struct Known {
    tests: BTreeSet<String>,
    journeys: BTreeSet<String>,
}

impl Known {
    fn read() -> Self {
        let (mut tests, mut journeys) = (BTreeSet::new(), BTreeSet::new());
        for path in files(root(), ".rs") {
            let source = fs::read_to_string(&path).expect("a source file");
            let module = module_of(&shown(&path));
            tests.extend(tests_in(&source).into_iter().map(|name| format!("{module}::{name}")));
        }
        for path in files(&root().join("tests/browser/journeys"), ".mjs") {
            let source = fs::read_to_string(&path).expect("a file of journeys");
            let titles = source.lines().filter_map(|line| line.strip_prefix("test('")?.split('\'').next());
            journeys.extend(titles.map(str::to_owned));
        }
        assert!(tests.len() > 1_000, "only {} tests were found", tests.len());
        assert!(journeys.len() > 50, "only {} journeys were found", journeys.len());
        Self { tests, journeys }
    }

    /// What is wrong with a proof.
    fn fault(&self, proof: &Proof<'_>) -> Option<String> {
        match proof {
            Proof::Test(name) => (!self.tests.contains(*name)).then(|| format!("there is no test {name}")),
            Proof::Journey(title) => (!self.journeys.contains(*title)).then(|| format!("there is no journey {title}")),
            Proof::File(path) => (!root().join(path).exists()).then(|| format!("there is no file {path}")),
        }
    }

    /// What is wrong with a line.
    fn faults(&self, line: &Requirement<'_>) -> Vec<String> {
        let proofs = proofs(line.why);
        let mut found: Vec<String> = proofs.iter().filter_map(|proof| self.fault(proof)).collect();
        if !VERDICTS.contains(&line.verdict) {
            found.push(format!("{:?} is no verdict", line.verdict));
        }
        if line.verdict == "met" && proofs.is_empty() {
            found.push("nothing shows that it is met".to_owned());
        }
        if line.about.is_empty() || line.why.is_empty() {
            found.push("a cell is empty".to_owned());
        }
        found.into_iter().map(|fault| format!("{}: {fault}", line.number)).collect()
    }
}

#[test]
fn each_requirement_has_one_line() {
    let text = document();
    let all = requirements(&text);
    let mut seen = BTreeSet::new();
    let twice = all.iter().filter(|one| !seen.insert(one.number)).map(|one| one.number);
    assert_eq!(twice.collect::<Vec<_>>(), [] as [&str; 0], "requirements that stand twice");
    let of_level = |level: &str| all.iter().filter(|one| one.level == level).count();
    assert_eq!(REQUIREMENTS.map(|(level, _)| (level, of_level(level))), REQUIREMENTS);
    assert_eq!(all.len(), REQUIREMENTS.iter().map(|(_, count)| count).sum::<usize>());
}

#[test]
fn what_shows_a_verdict_is_there() {
    let (text, known) = (document(), Known::read());
    let wrong: Vec<String> = requirements(&text).iter().flat_map(|line| known.faults(line)).collect();
    assert_eq!(wrong, [] as [&str; 0]);
}

/// Lines of a chapter, or of all, by verdict: those of level 1 and those of level 2.
fn sums(all: &[Requirement<'_>], chapter: Option<&str>) -> [String; 2] {
    let count = |level: &str, verdict: &str| {
        let lines = all.iter().filter(|one| chapter.is_none_or(|chapter| one.chapter() == chapter));
        lines.filter(|one| one.level == level && one.verdict == verdict).count().to_string()
    };
    let of_level = |level: &str| VERDICTS.map(|verdict| count(level, verdict)).join(" / ");
    REQUIREMENTS.map(|(level, _)| of_level(level))
}

#[test]
fn the_sums_are_those_of_the_lines() {
    let text = document();
    let all = requirements(&text);
    let chapters: BTreeSet<&str> = all.iter().map(|one| one.chapter()).collect();
    let mut expected = BTreeMap::from([("All", sums(&all, None))]);
    expected.extend(chapters.into_iter().map(|chapter| (chapter, sums(&all, Some(chapter)))));
    let mut told = BTreeMap::new();
    for row in text.lines().filter_map(cells) {
        if let &[chapter, _, first, second] = row.as_slice()
            && expected.contains_key(chapter)
        {
            told.insert(chapter, [first.to_owned(), second.to_owned()]);
        }
    }
    assert_eq!(told, expected);
}

#[test]
fn what_is_missing_is_told_with_what_would_mend_it() {
    let text = document();
    let (_, list) = text.split_once("\n## What is missing\n").expect("the list");
    let (list, _) = list.split_once("\n## ").expect("what follows the list");
    let words = list.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.');
    let words = words.map(|word| word.trim_end_matches('.'));
    let told: BTreeSet<&str> = words.filter(|word| is_number(word)).collect();
    let all = requirements(&text);
    let missing = all.iter().filter(|one| matches!(one.verdict, "partly" | "not met"));
    let missing: BTreeSet<&str> = missing.map(|one| one.number).collect();
    assert_eq!(told, missing);
}

#[test]
fn a_proof_that_is_gone_is_found() {
    let known = Known::read();
    let faults = |verdict, why| {
        let line = Requirement {
            number: "V1.1.1",
            level: "1",
            about: "Something",
            verdict,
            why,
        };
        known.faults(&line).len()
    };
    assert_eq!(faults("met", "`architecture::asvs::a_proof_that_is_gone_is_found`"), 0);
    assert_eq!(faults("met", "`tests/architecture/asvs.rs`, `/api/docs`"), 0);
    assert_eq!(faults("met", "“the API refuses a viewer who writes anyway”"), 0);
    for gone in ["`architecture::nothing`", "“nobody goes there”", "`scripts/nothing`", "only words"] {
        assert_eq!(faults("met", gone), 1, "{gone}");
    }
    assert_eq!(faults("", "`Cargo.toml`"), 1);
    assert_eq!(faults("not met", "It is not there"), 0);
}
