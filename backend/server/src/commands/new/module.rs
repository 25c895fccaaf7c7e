//! A module.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use chrono::{NaiveDateTime, TimeDelta};
use clap::Args;
use orion_framework::clock::Clock;

use super::names::{self, plural, singular};
use super::{Plan, edits};

const SERVER: &str = "backend/server/Cargo.toml";

/// What is said of a module.
#[derive(Debug, Args)]
pub struct ModuleArgs {
    /// Its id: one word of small letters, such as `notes`.
    name: String,
    /// What it keeps, one of it, where that is not the singular of the name: `card` in a module `loyalty` is a loyalty card.
    #[arg(long)]
    entity: Option<String>,
    /// Several of them, where an `s` does not do.
    #[arg(long, requires = "entity")]
    entities: Option<String>,
}

impl ModuleArgs {
    /// What it keeps, alone and as several, in snake case.
    fn things(&self) -> anyhow::Result<(String, String)> {
        let module = &self.name;
        let Some(entity) = &self.entity else {
            let one = singular(module);
            let many = if one == *module { plural(module) } else { module.clone() };
            return Ok((one, many));
        };
        let entity = names::word("entity", entity)?;
        let entities = self.entities.clone().unwrap_or_else(|| plural(entity));
        let (area, entities) = (singular(module), names::word("entities", &entities)?);
        Ok((format!("{area}_{entity}"), format!("{area}_{entities}")))
    }
}

/// Puts it together.
pub fn plan(root: PathBuf, args: &ModuleArgs) -> anyhow::Result<(Plan, String)> {
    let module = names::word("module", &args.name)?;
    let (thing, things) = args.things()?;
    let mut plan = Plan::new(root);
    free(&plan, module, &thing, &things)?;
    let mut words = names::of_module(module, &thing, &things);
    words.push(("__migration__", migration(&plan.root().join("migrations"), module)?));
    plan.add_templates("templates/module", "", &words)?;
    plan.edit(SERVER, |text| edits::server_manifest(text, module))?;
    plan.edit("backend/server/src/modules.rs", |text| edits::list_of_modules(text, module))?;
    plan.edit("frontend-store/src/pages/mod.rs", |text| edits::list_of_pages(text, module))?;
    plan.edit("tests/modules/mod.rs", |text| edits::list_of_cases(text, module))?;
    let then = format!(
        "Now: INSTA_UPDATE=always make test T=modules::{module}, then INSTA_UPDATE=always make test T=contract and cargo test -p orion-events, which write the\n\
         snapshot of the API and the page of the events anew. Then say in docs/modules.md and CHANGELOG.md what it is for, and make it so."
    );
    Ok((plan, then))
}

/// Whether the names are nobody's yet: two types of one name would be one in the document of the API.
fn free(plan: &Plan, module: &str, thing: &str, things: &str) -> anyhow::Result<()> {
    let manifest = plan.read(SERVER)?;
    let taken = manifest
        .lines()
        .filter_map(|line| line.split(['=', '.', ' ']).next())
        .any(|key| key == module || key == format!("orion-{module}"));
    ensure!(!taken, "{module:?} is a crate or a feature of the server already");
    let root = plan.root();
    let places = ["shared/types/src", "shared/events/src", "frontend-store/src/pages"].map(|folder| root.join(folder));
    let there = places
        .iter()
        .flat_map(|folder| [folder.join(module), folder.join(format!("{module}.rs"))])
        .find(|path| path.exists());
    let kind = names::pascal(thing);
    let types = [format!("struct {kind} "), format!("enum {kind} "), format!(" {kind}Id\n")];
    let in_types = holding(&root.join("shared/types/src"), &types)?;
    let table = holding(&root.join("migrations"), &[format!("CREATE TABLE {things} ")])?;
    for (what, by) in [(module, there), (kind.as_str(), in_types), (things, table)] {
        if let Some(path) = by {
            bail!("{what:?} is taken by {}; nothing was written", path.display());
        }
    }
    Ok(())
}

/// A file below a folder that holds one of these texts.
fn holding(folder: &Path, texts: &[String]) -> anyhow::Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        let found = if path.is_dir() {
            holding(&path, texts)?
        } else {
            let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            texts.iter().any(|wanted| text.contains(wanted)).then_some(path)
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The name of a migration that comes after all others.
fn migration(folder: &Path, module: &str) -> anyhow::Result<String> {
    const STAMP: &str = "%Y-%m-%d-%H%M%S";
    let mut newest = String::new();
    for entry in fs::read_dir(folder).context("the migrations cannot be read")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with('2') {
            newest = newest.max(name);
        }
    }
    let stamp = newest.split('_').next().unwrap_or_default();
    let last = NaiveDateTime::parse_from_str(stamp, STAMP).with_context(|| format!("migrations/{newest} does not begin with a time"))?;
    let at = Clock::default().now().naive_utc().max(last + TimeDelta::seconds(1));
    Ok(format!("{}_{module}_create", at.format(STAMP)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(name: &str, entity: Option<&str>) -> (String, String) {
        let args = ModuleArgs {
            name: name.to_owned(),
            entity: entity.map(str::to_owned),
            entities: None,
        };
        args.things().unwrap()
    }

    #[test]
    fn what_a_module_keeps_is_called_after_it() {
        let pair = |one: &str, many: &str| (one.to_owned(), many.to_owned());
        assert_eq!(things("notes", None), pair("note", "notes"));
        assert_eq!(things("loyalty", None), pair("loyalty", "loyalties"));
        assert_eq!(things("loyalty", Some("card")), pair("loyalty_card", "loyalty_cards"));
        assert_eq!(things("webhooks", Some("endpoint")), pair("webhook_endpoint", "webhook_endpoints"));
    }

    #[test]
    fn a_migration_comes_after_all_others() {
        let folder = std::env::temp_dir().join(format!("orion-migrations-{}", std::process::id()));
        fs::create_dir_all(folder.join("2999-12-31-235900_orders_last")).unwrap();
        fs::create_dir_all(folder.join("2026-01-01-000000_core_first")).unwrap();
        let name = migration(&folder, "notes");
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(name.unwrap(), "2999-12-31-235901_notes_create");
    }
}
