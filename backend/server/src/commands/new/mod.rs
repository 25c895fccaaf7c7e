//! Writes a module or a page from the templates in `templates/`, so that who adds one begins with something that works. The templates are those of
//! the clone and no part of the program.

mod edits;
mod module;
mod names;
mod page;
mod plan;

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;

use plan::Plan;

/// What can be written.
#[derive(Debug, Subcommand)]
pub enum NewWhat {
    /// A module: crate, table, operations, event, job, health check, page, tests.
    Module(module::ModuleArgs),
    /// A page of the dashboard or of the administration, with its entry in the menu.
    Page(page::PageArgs),
}

/// Writes it into the clone around the folder that one is in.
///
/// # Errors
/// Outside of a clone, for a name that cannot be one, and where something of that name is; nothing is written then.
pub fn run(what: NewWhat) -> anyhow::Result<()> {
    let here = env::current_dir().context("the folder that one is in")?;
    let root = clone_around(&here)?;
    let (plan, then) = match what {
        NewWhat::Module(args) => module::plan(root, &args)?,
        NewWhat::Page(args) => page::plan(root, &args)?,
    };
    for line in plan.write()? {
        println!("{line}");
    }
    println!("\n{then}");
    Ok(())
}

fn clone_around(here: &Path) -> anyhow::Result<PathBuf> {
    let is_root = |folder: &&Path| folder.join("templates/module").is_dir() && folder.join("backend/server/src/modules.rs").is_file();
    match here.ancestors().find(is_root) {
        Some(root) => Ok(root.to_path_buf()),
        None => bail!("this is no clone of Orion: what is written becomes part of its sources, so call `orion new` in one"),
    }
}
