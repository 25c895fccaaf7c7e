//! A page.

use std::path::PathBuf;

use anyhow::{bail, ensure};
use clap::{Args, ValueEnum};

use super::names::{self, capital, pascal};
use super::{Plan, edits};

/// The apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum App {
    /// A store's dashboard.
    Store,
    /// The administration.
    Admin,
    /// The shop.
    Storefront,
}

/// What is said of a page.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// The app.
    #[arg(value_enum)]
    app: App,
    /// The path: one part of small letters and hyphens, such as `price-lists`.
    path: String,
    /// The module that declares it.
    #[arg(long)]
    module: String,
    /// The right that it takes in the dashboard; the first `….read` of the module unless told.
    #[arg(long)]
    right: Option<String>,
    /// What the menu calls it; the path's words unless told.
    #[arg(long)]
    label: Option<String>,
}

impl PageArgs {
    fn label(&self) -> String {
        self.label.clone().unwrap_or_else(|| capital(&self.path.replace('-', " ")))
    }
}

/// Puts it together.
pub fn plan(root: PathBuf, args: &PageArgs) -> anyhow::Result<(Plan, String)> {
    let (folder, app, section) = match args.app {
        App::Store => ("frontend-store", "store", "Store"),
        App::Admin => ("frontend-admin", "admin", "Platform"),
        App::Storefront => {
            bail!("the shop's pages are drawn by the server as well and have no entries in a menu: docs/frontend.md says where they are")
        }
    };
    for part in args.path.split('-') {
        names::word("path", part)?;
    }
    let page = args.path.replace('-', "_");
    let mut plan = Plan::new(root);
    let declaration = format!("backend/modules/{}/declaration.toml", args.module);
    ensure!(
        plan.root().join(&declaration).is_file(),
        "there is no {declaration}: name a module of the folder backend/modules"
    );
    let pages = plan.root().join(folder).join("src/pages");
    ensure!(!pages.join(&page).exists(), "{folder} has a page {page} already");
    let right = match args.app {
        App::Store => Some(right(&plan.read(&declaration)?, args)?),
        _ => None,
    };
    let words = vec![
        ("__page__", page.clone()),
        ("__path__", args.path.clone()),
        ("__Page__", pascal(&args.path)),
        ("__Label__", args.label()),
        ("__Right__", right.as_deref().map(pascal).unwrap_or_default()),
    ];
    let list = format!("{folder}/src/pages/mod.rs");
    plan.add_templates(&format!("templates/page/{app}"), &format!("{folder}/src/pages/"), &words)?;
    plan.edit(&list, |text| edits::list_of_pages(text, &page))?;
    plan.edit(&declaration, |text| {
        let right = right.map(|right| format!("right = {right:?}\n")).unwrap_or_default();
        let (path, label) = (format!("/{}", args.path), args.label());
        let entry =
            format!("app = {app:?}\npath = {path:?}\nlabel = {label:?}\nicon = \"file-text\"\nsection = {section:?}\norder = 890\n{right}");
        Some(format!("{}\n\n[[page]]\n{entry}", text.trim_end()))
    })?;
    let then = "Now choose its icon and its place in the declaration, and write what it shows.".to_owned();
    Ok((plan, then))
}

/// The right that was named, or the first of the module to read something.
fn right(declaration: &str, args: &PageArgs) -> anyhow::Result<String> {
    if let Some(right) = &args.right {
        return Ok(right.clone());
    }
    let keys = declaration
        .lines()
        .filter_map(|line| line.strip_prefix("key = "))
        .map(|key| key.trim().trim_matches('"'));
    match keys.into_iter().find(|key| key.ends_with(".read")) {
        Some(key) => Ok(key.to_owned()),
        None => bail!("the module {} declares no right to read: say --right AREA.ACTION", args.module),
    }
}
