//! What is to be written: it is put together as a whole, so that nothing is written when a part of it cannot be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use super::names::{Words, filled};

/// The ending of a template's name, behind that of what becomes of it.
const TEMPLATE: &str = ".tmpl";

/// Files of a clone that are to be written, by their path in it.
pub struct Plan {
    root: PathBuf,
    files: BTreeMap<String, File>,
}

struct File {
    text: String,
    is_new: bool,
}

impl Plan {
    /// Nothing yet.
    pub fn new(root: PathBuf) -> Self {
        Self {
            root,
            files: BTreeMap::new(),
        }
    }

    /// The clone.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a file of the clone.
    pub fn read(&self, path: &str) -> anyhow::Result<String> {
        fs::read_to_string(self.root.join(path)).with_context(|| format!("{path} cannot be read"))
    }

    /// Everything below a folder of templates, with the words in texts and in paths; it stands below another folder then.
    pub fn add_templates(&mut self, folder: &str, below: &str, words: &Words) -> anyhow::Result<()> {
        let from = self.root.join(folder);
        let mut found = Vec::new();
        collect(&from, &mut found)?;
        for path in found {
            let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let place = path.strip_prefix(&from)?.display().to_string();
            let Some(place) = place.strip_suffix(TEMPLATE) else {
                bail!("{} is no template: its name does not end in {TEMPLATE}", path.display());
            };
            self.add(format!("{below}{}", filled(place, words)), filled(&text, words))?;
        }
        Ok(())
    }

    fn add(&mut self, place: String, text: String) -> anyhow::Result<()> {
        ensure!(!self.root.join(&place).exists(), "{place} is there already; nothing was written");
        self.files.insert(place, File { text, is_new: true });
        Ok(())
    }

    /// Changes a file; the edit answers nothing when it does not find the place that it looks for.
    pub fn edit(&mut self, path: &str, edit: impl FnOnce(&str) -> Option<String>) -> anyhow::Result<()> {
        let before = match self.files.get(path) {
            Some(file) => file.text.clone(),
            None => self.read(path)?,
        };
        let Some(text) = edit(&before) else {
            bail!("{path} does not look as it should: the place for the new lines was not found; nothing was written");
        };
        let is_new = self.files.get(path).is_some_and(|file| file.is_new);
        self.files.insert(path.to_owned(), File { text, is_new });
        Ok(())
    }

    /// Writes everything and has Rust formatted; a line for each file.
    pub fn write(self) -> anyhow::Result<Vec<String>> {
        let mut told = Vec::new();
        let mut rust = Vec::new();
        for (place, file) in &self.files {
            let path = self.root.join(place);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
            }
            fs::write(&path, &file.text).with_context(|| format!("{place} cannot be written"))?;
            told.push(format!("{} {place}", if file.is_new { "new    " } else { "changed" }));
            if place.ends_with(".rs") {
                rust.push(path);
            }
        }
        format_rust(&rust)?;
        Ok(told)
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Where lines break depends on how long the names are.
fn format_rust(files: &[PathBuf]) -> anyhow::Result<()> {
    let status = Command::new("rustfmt").args(["--edition", "2024"]).args(files).status();
    let status = status.context("rustfmt does not run (rustup component add rustfmt); everything is written and not formatted")?;
    ensure!(status.success(), "rustfmt does not take what was written");
    Ok(())
}
