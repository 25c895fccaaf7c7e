//! What modules declare for the apps as well as for the server: their rights, and their pages with the entries of the menus.
//!
//! Build scripts read `backend/modules/*/declaration.toml` with it and make Rust of them, so that a new module brings its rights and pages along in its own
//! folder, and a right or page that nobody declares does not compile. Likewise they find a module's `wire.rs` and `events.rs` beside its declaration, which are
//! compiled into `orion-types` and `orion-events`. Nothing of this crate is linked into the server or an app.

mod check;
mod found;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use found::{Found, find};
pub use write::{page_types, rights, routes};

/// The declaration of a module.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The module's id, such as `orders`.
    pub module: String,
    /// Rights that it owns.
    #[serde(default, rename = "right")]
    pub rights: Vec<Right>,
    /// Pages that a menu can lead to.
    #[serde(default, rename = "page")]
    pub pages: Vec<Page>,
}

/// A right in a store's dashboard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Right {
    /// `area.action`, such as `orders.read`; it never changes its meaning.
    pub key: String,
    /// What it is the right to, in words that go on "the right to", such as `see orders`.
    pub to: String,
    /// Which roles have it beside the owner, who has every right.
    pub roles: Vec<Role>,
    /// Whether people alone can have it and no API key, such as the right to give others a way in.
    #[serde(default)]
    pub personal: bool,
    /// Whether an administrator who impersonates in the store can have it. Not unless it says so, and never what people alone can have.
    #[serde(default)]
    pub impersonation: bool,
}

/// A role that has only some rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the shop.
    Manager,
    /// Keeps the catalogue.
    Editor,
    /// Looks.
    Viewer,
    /// Sends orders and counts stock.
    Fulfilment,
    /// Answers customers.
    Support,
}

/// A page and its entry in the menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The app that it belongs to.
    pub app: App,
    /// The path below the app's base, a single part such as `/orders`; the app keeps the page in the module of that name below its `pages`.
    pub path: String,
    /// Its label in the menu.
    pub label: String,
    /// A Lucide icon's name that `orion-ui` has.
    pub icon: String,
    /// The heading it stands under; empty for the first group.
    pub section: String,
    /// Its place; smaller comes first.
    pub order: i32,
    /// The right that shows it; the administration has none.
    pub right: Option<String>,
    /// Whether it is closed to an administrator who impersonates in the store, though they may have the right: what it shows is behind gates that say
    /// `Staff<Reserved<…>>`.
    #[serde(default)]
    pub reserved: bool,
    /// Whether no platform can take it out of its dashboards' sidebar.
    #[serde(default)]
    pub mandatory: bool,
}

/// An app with a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum App {
    /// A store's dashboard.
    Store,
    /// The administration.
    Admin,
}

/// Reads the declarations of all modules, sorted by the modules' ids, and asks Cargo to build anew when one changes, comes or goes.
///
/// # Errors
/// With the file and what is wrong with it, in a sentence.
pub fn read(modules: &Path) -> Result<Vec<Declaration>, String> {
    println!("cargo::rerun-if-changed={}", modules.display());
    let mut declarations = Vec::new();
    for folder in folders(modules)? {
        let file = folder.join("declaration.toml");
        if file.exists() {
            println!("cargo::rerun-if-changed={}", file.display());
            declarations.push(read_one(&file)?);
        }
    }
    declarations.sort_by(|left, right| left.module.cmp(&right.module));
    check::check(&declarations)?;
    Ok(declarations)
}

pub(crate) fn folders(modules: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", modules.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(modules).map_err(failed)? {
        found.push(entry.map_err(failed)?.path());
    }
    Ok(found)
}

fn read_one(file: &Path) -> Result<Declaration, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}
