//! An earlier build of the server with a database of its own, measured beside today's in the same run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use diesel::PgConnection;

use crate::{interrupt, server, statements};

/// The earlier program and what it works on.
pub struct Baseline {
    program: PathBuf,
    folder: PathBuf,
    url: String,
}

impl Baseline {
    /// An earlier program with an empty database at `url`; its files go into a folder beside today's.
    ///
    /// # Errors
    /// When the program is missing or the folder cannot be made.
    pub fn new(program: &Path, folder: &Path, url: String) -> anyhow::Result<Self> {
        let program = program
            .canonicalize()
            .with_context(|| format!("{} is missing", program.display()))?;
        let folder = folder.join("baseline");
        fs::create_dir_all(&folder)?;
        Ok(Self { program, folder, url })
    }

    /// Writes load data, as today's program does.
    ///
    /// # Errors
    /// When the program fails; its words are in the error.
    pub fn seed(&self, scale: &str) -> anyhow::Result<()> {
        server::seed(server::command(&self.program, &self.folder, &self.url), scale)
    }

    /// Starts it as today's is started.
    ///
    /// # Errors
    /// When it does not get ready.
    pub fn serve(&self, settings: &[(&str, &str)]) -> anyhow::Result<server::Process> {
        interrupt::check()?;
        server::start(&self.program, &self.folder, &self.url, settings)
    }

    /// A connection to its database.
    ///
    /// # Errors
    /// When the private PostgreSQL does not answer.
    pub fn connect(&self) -> anyhow::Result<PgConnection> {
        statements::connect(&self.url)
    }
}
