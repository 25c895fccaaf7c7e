//! Migrations: embedded, run as the owner, once, whoever starts first.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel::{Connection, PgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// The number that three servers starting together agree on; any constant would do.
const LOCK: i64 = 0x6f72_696f_6e00;

/// Why migrating failed.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Connect(String),
    /// A migration failed; the database is as it was before it.
    #[error("a migration failed: {0}")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The lock could not be taken.
    #[error("the migration lock could not be taken: {0}")]
    Lock(#[from] diesel::result::Error),
}

impl From<diesel::ConnectionError> for MigrateError {
    /// libpq tells the same in several lines; the first says it.
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Connect(error.to_string().lines().next().unwrap_or_default().to_owned())
    }
}

/// Runs what is pending and returns its names, oldest first.
pub fn run(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let outcome = conn
        .run_pending_migrations(MIGRATIONS)
        .map(|versions| versions.iter().map(MigrationVersion::to_string).collect());
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    outcome.map_err(MigrateError::Migration)
}

/// Names of the migrations that have not run, oldest first.
pub fn pending(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut conn = PgConnection::establish(url)?;
    let pending = conn.pending_migrations(MIGRATIONS).map_err(MigrateError::Migration)?;
    Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
}

/// Names of all migrations that this binary carries.
pub fn all() -> Result<Vec<String>, MigrateError> {
    let all = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(MigrateError::Migration)?;
    Ok(all.iter().map(|migration| migration.name().to_string()).collect())
}
