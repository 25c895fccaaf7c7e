//! The plan of the house, checked: who may depend on whom, what stands where, and how long a file is.

mod asvs;
mod forms;
mod links;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use orion_types::menu::{AdminPage, StorePage};
use orion_types::permission::Permission;
use orion_types::status::ModuleTier;

/// What a crate that browsers run, or one of pure rules, has no business with.
const SERVER_ONLY: &[&str] = &["diesel", "actix-web", "tokio", "orion-framework"];
/// Lines of a file.
const LONGEST: usize = 500;

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
        let manifest = manifest(&path);
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

fn manifest(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("a manifest");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", shown(path)))
}

/// The crates of modules, from the folders.
fn modules() -> BTreeSet<String> {
    let all = crates().into_iter();
    all.filter(|(_, (path, _))| shown(path).starts_with("backend/modules/"))
        .map(|(name, _)| name)
        .collect()
}

/// Those that the server's manifest can leave out.
fn optional_modules() -> BTreeSet<String> {
    let server = manifest(&root().join("backend/server/Cargo.toml"));
    let needs = server["dependencies"].as_table().expect("dependencies");
    let is_optional = |need: &toml::Value| need.get("optional").and_then(toml::Value::as_bool) == Some(true);
    let modules = modules();
    let optional = needs.iter().filter(|(name, need)| modules.contains(*name) && is_optional(need));
    optional.map(|(name, _)| name.clone()).collect()
}

/// The crate of a module; `dev-tools` is `orion-devtools`.
fn crate_of(module: &str) -> String {
    format!("orion-{}", module.replace('-', ""))
}

#[test]
fn crates_depend_in_one_direction() {
    let (modules, optional) = (modules(), optional_modules());
    let mut wrong = Vec::new();
    for (name, (path, needs)) in crates() {
        let forbidden = |need: &String| {
            let is_module = modules.contains(need);
            let folder = shown(&path);
            match name.as_str() {
                "orion-framework" | "orion-postgres" => is_module || need == "orion",
                module if modules.contains(module) && !optional.contains(module) => optional.contains(need) || need == "orion",
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
fn every_crate_of_a_module_is_in_the_list_of_the_server_and_is_called_after_it() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let listed: BTreeSet<String> = registry.all().iter().map(|module| crate_of(module.id)).collect();
    assert_eq!(modules(), listed);
}

/// `scripts/lint` compiles the server without them; that they can be left out at all is decided here.
#[test]
fn every_optional_module_is_a_feature_and_no_other_is() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let can_be_left_out = optional_modules();
    let server = manifest(&root().join("backend/server/Cargo.toml"));
    let features = server["features"].as_table().expect("features");
    let usual = features["default"].as_array().expect("a list");
    let mut wrong = Vec::new();
    for module in registry.all() {
        let name = crate_of(module.id);
        if (module.tier == ModuleTier::Optional) != can_be_left_out.contains(&name) {
            wrong.push(format!(
                "{name} is {} and the server's manifest says otherwise",
                module.tier.as_str()
            ));
        }
        if module.tier != ModuleTier::Optional {
            continue;
        }
        let turned_on = features.get(module.id).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        if !turned_on.contains(&toml::Value::from(format!("dep:{name}"))) {
            wrong.push(format!("{name} cannot be left out"));
        }
        if !usual.contains(&toml::Value::from(module.id)) {
            wrong.push(format!("{name} is not part of the usual build"));
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
}

#[test]
fn a_module_says_what_it_requires_and_depends_on_no_optional_one_beside_that() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let (crates, optional) = (crates(), optional_modules());
    let mut wrong = Vec::new();
    for module in registry.all() {
        let Some((_, needs)) = crates.get(&crate_of(module.id)) else {
            continue;
        };
        let needed = needs
            .iter()
            .filter(|need| optional.contains(*need))
            .filter_map(|need| need.strip_prefix("orion-"));
        wrong.extend(
            needed
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
        if in_routes
            && ["diesel::", "crate::schema", "crate::foreign", "sql_query"]
                .iter()
                .any(|word| text.contains(word))
        {
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
    let long = files(root(), ".rs").into_iter().filter_map(|path| {
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
