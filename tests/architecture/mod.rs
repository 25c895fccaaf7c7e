//! The plan of the house, checked: who may depend on whom, what stands where, and how long a file is.

mod forms;
mod links;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use orion_types::menu::{AdminPage, StorePage};
use orion_types::permission::Permission;

/// Modules that are always on; they must work without the others.
const CORE: &[&str] = &[
    "orion-core",
    "orion-tenancy",
    "orion-catalog",
    "orion-customers",
    "orion-transfer",
    "orion-devtools",
    "orion-keys",
];
const OPTIONAL: &[&str] = &["orion-payments", "orion-inventory", "orion-orders", "orion-webhooks"];
/// What a crate that browsers run, or one of pure rules, has no business with.
const SERVER_ONLY: &[&str] = &["diesel", "actix-web", "tokio", "orion-framework", "orion-schema"];
/// Lines of a file.
const LONGEST: usize = 500;
/// Written by a program, and read by nobody from top to bottom.
const GENERATED: &[&str] = &["backend/schema/src/lib.rs"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// Files below a folder with an ending, build results and packages left out.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | "node_modules" | "dist" | "data") && !name.starts_with('.') {
                found.extend(files(&path, ending));
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Crates by name with what they depend on outside of their tests.
fn crates() -> BTreeMap<String, (PathBuf, Vec<String>)> {
    let mut found = BTreeMap::new();
    for path in files(root(), "Cargo.toml") {
        let text = fs::read_to_string(&path).expect("a manifest");
        let manifest: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", shown(&path)));
        let Some(name) = manifest
            .get("package")
            .and_then(|package| package.get("name"))
            .and_then(toml::Value::as_str)
        else {
            continue;
        };
        let needs = manifest.get("dependencies").and_then(toml::Value::as_table);
        let needs = needs.map(|table| table.keys().cloned().collect()).unwrap_or_default();
        found.insert(name.to_owned(), (path, needs));
    }
    assert!(found.len() > 15, "only {} crates were found", found.len());
    found
}

#[test]
fn crates_depend_in_one_direction() {
    let mut wrong = Vec::new();
    for (name, (path, needs)) in crates() {
        let forbidden = |need: &String| {
            let is_module = CORE.contains(&need.as_str()) || OPTIONAL.contains(&need.as_str());
            let folder = shown(&path);
            match name.as_str() {
                "orion-framework" | "orion-schema" | "orion-postgres" => is_module || need == "orion",
                core if CORE.contains(&core) => OPTIONAL.contains(&need.as_str()) || need == "orion",
                _ if folder.starts_with("shared/") => is_module || SERVER_ONLY.contains(&need.as_str()),
                _ if folder.starts_with("frontend-") => is_module || SERVER_ONLY.contains(&need.as_str()),
                _ => false,
            }
        };
        wrong.extend(
            needs
                .iter()
                .filter(|need| forbidden(need))
                .map(|need| format!("{name} depends on {need}")),
        );
    }
    assert_eq!(wrong, [] as [&str; 0]);
}

#[test]
fn every_module_is_known_to_these_rules() {
    let modules: Vec<String> = crates()
        .into_iter()
        .filter(|(_, (path, _))| shown(path).starts_with("backend/modules/"))
        .map(|(name, _)| name)
        .collect();
    let unknown: Vec<&String> = modules
        .iter()
        .filter(|name| !CORE.contains(&name.as_str()) && !OPTIONAL.contains(&name.as_str()))
        .collect();
    assert_eq!(unknown, [] as [&String; 0], "say whether the module is core or optional");
}

/// `scripts/lint` compiles the server without them; that they can be left out at all is decided here.
#[test]
fn every_optional_module_is_a_feature_and_no_other_is() {
    let text = fs::read_to_string(root().join("backend/server/Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("a manifest");
    let features = manifest["features"].as_table().expect("features");
    let is_optional = |name: &str| {
        let need = manifest["dependencies"].get(name);
        need.and_then(|need| need.get("optional")).and_then(toml::Value::as_bool) == Some(true)
    };
    let mut wrong = Vec::new();
    for name in OPTIONAL {
        let feature = name.trim_start_matches("orion-");
        let turned_on = features.get(feature).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        if !is_optional(name) || !turned_on.contains(&toml::Value::from(format!("dep:{name}"))) {
            wrong.push(format!("{name} cannot be left out"));
        }
        if !features["default"]
            .as_array()
            .expect("a list")
            .contains(&toml::Value::from(feature))
        {
            wrong.push(format!("{name} is not part of the usual build"));
        }
    }
    wrong.extend(
        CORE.iter()
            .filter(|name| is_optional(name))
            .map(|name| format!("{name} is always on, and could be left out")),
    );
    assert_eq!(wrong, [] as [&str; 0]);
}

#[test]
fn a_module_says_what_it_requires_and_depends_on_no_optional_one_beside_that() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let crates = crates();
    let mut wrong = Vec::new();
    for module in registry.all() {
        let Some((_, needs)) = crates.get(&format!("orion-{}", module.id)) else {
            continue;
        };
        let optional = needs
            .iter()
            .filter(|need| OPTIONAL.contains(&need.as_str()))
            .filter_map(|need| need.strip_prefix("orion-"));
        wrong.extend(
            optional
                .filter(|need| !module.requires.contains(need))
                .map(|need| format!("{} uses {need} without requiring it", module.id)),
        );
    }
    assert_eq!(wrong, [] as [&str; 0]);
}

/// `shared/declared` reads the folders and not the server's list of modules.
#[test]
fn what_is_declared_belongs_to_a_module_of_the_server() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let rights = Permission::ALL.iter().map(|right| (right.module(), right.key()));
    let store = StorePage::ALL.iter().map(|page| (page.item().module, page.path()));
    let admin = AdminPage::ALL.iter().map(|page| (page.item().module, page.path()));
    let homeless = rights
        .chain(store)
        .chain(admin)
        .filter(|(module, _)| registry.get(module).is_none());
    assert_eq!(homeless.collect::<Vec<_>>(), []);
}

#[test]
fn handlers_speak_no_sql() {
    let mut wrong = Vec::new();
    for path in files(&root().join("backend/modules"), ".rs") {
        let name = shown(&path);
        let in_routes = name.contains("/src/routes/") || name.ends_with("/src/routes.rs");
        let text = fs::read_to_string(&path).expect("a source file");
        if in_routes && ["diesel::", "orion_schema::", "sql_query"].iter().any(|word| text.contains(word)) {
            wrong.push(name);
        }
    }
    assert_eq!(wrong, [] as [&str; 0], "queries belong into queries or services");
}

/// Whoever holds the backend works in every store. What stays behind the gates is compiled in `framework/src/backend.rs`; that nobody hands it
/// to a module is looked for here.
#[test]
fn modules_are_given_no_backend() {
    let given = files(&root().join("backend/modules"), ".rs").into_iter().filter(|path| {
        let text = fs::read_to_string(path).expect("a source file");
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .any(|word| word == "Backend")
    });
    assert_eq!(given.map(|path| shown(&path)).collect::<Vec<_>>(), [] as [&str; 0]);
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    let written = files(root(), ".rs")
        .into_iter()
        .filter(|path| !GENERATED.contains(&shown(path).as_str()));
    let long = written.filter_map(|path| {
        let lines = fs::read_to_string(&path).expect("a source file").lines().count();
        (lines > LONGEST).then(|| format!("{} has {lines} lines", shown(&path)))
    });
    assert_eq!(long.collect::<Vec<_>>(), [] as [&str; 0]);
}

#[test]
fn a_lint_is_switched_off_with_a_reason_or_not_at_all() {
    let marks = ["#[allow", "#![allow"].map(|mark| format!("{mark}("));
    let wrong = files(root(), ".rs").into_iter().filter(|path| {
        let text = fs::read_to_string(path).expect("a source file");
        text.lines()
            .any(|line| marks.iter().any(|mark| line.trim_start().starts_with(mark.as_str())))
    });
    assert_eq!(wrong.map(|path| shown(&path)).collect::<Vec<_>>(), [] as [&str; 0]);
}

/// What is read from the database or from a request and has another shape than expected is an error: a default or nothing in its place
/// would show half a page and tell nobody.
#[test]
fn no_parse_error_is_swallowed() {
    let reads = ["from_value", "from_str", "from_slice", "from_reader"].map(|read| format!("serde_json::{read}"));
    let drops = [".ok()", ".unwrap_or", ".map_or", ".is_ok_and", "if let Ok("];
    let mut wrong = Vec::new();
    for path in files(&root().join("backend"), ".rs") {
        let text = fs::read_to_string(&path).expect("a source file");
        for statement in text.split([';', '{', '}']) {
            if reads.iter().any(|read| statement.contains(read.as_str())) && drops.iter().any(|drop| statement.contains(drop)) {
                wrong.push(format!("{}: {}", shown(&path), statement.trim()));
            }
        }
    }
    assert_eq!(wrong, [] as [&str; 0], "`read_json` of the framework says what is wrong");
}

#[test]
fn nothing_is_left_to_do_in_the_code() {
    let marks = ["TO", "FIX"].map(|start| [start, if start == "TO" { "DO" } else { "ME" }].concat());
    let wrong = files(root(), ".rs").into_iter().filter(|path| {
        let text = fs::read_to_string(path).expect("a source file");
        marks.iter().any(|mark| text.contains(mark.as_str()))
            || text.contains(&["todo", "!("].concat())
            || text.contains(&["unimplemented", "!("].concat())
    });
    assert_eq!(wrong.map(|path| shown(&path)).collect::<Vec<_>>(), [] as [&str; 0]);
}

#[test]
fn nobody_keeps_a_drawer_for_everything() {
    let drawers = ["utils", "util", "helpers", "helper", "common", "misc"];
    let wrong = files(root(), ".rs").into_iter().filter(|path| {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        drawers.contains(&stem.as_str()) || drawers.contains(&folder.as_str())
    });
    assert_eq!(wrong.map(|path| shown(&path)).collect::<Vec<_>>(), [] as [&str; 0]);
}
