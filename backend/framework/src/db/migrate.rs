//! Migrations: embedded, run as the owner, once, whoever starts first.

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::address::patient;

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
    /// The lock could not be taken, or what has run not be read.
    #[error("the database refused: {0}")]
    Database(#[from] diesel::result::Error),
}

impl From<diesel::ConnectionError> for MigrateError {
    /// libpq tells the same in several lines; the first says it.
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Connect(error.to_string().lines().next().unwrap_or_default().to_owned())
    }
}

/// Runs what is pending and returns its names, oldest first.
///
/// # Errors
/// [`MigrateError::Connect`] while the database cannot be reached: nothing was done, and a later try may succeed.
pub fn run(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut conn = connect(url)?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let outcome = conn
        .run_pending_migrations(MIGRATIONS)
        .map(|versions| versions.iter().map(MigrationVersion::to_string).collect());
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    outcome.map_err(MigrateError::Migration)
}

/// Runs what is pending up to the migration with the version `last`, such as `20261129140100`, for rows that an older program has kept.
///
/// # Errors
/// As [`run`].
pub fn run_up_to(url: &str, last: &str) -> Result<(), MigrateError> {
    let mut conn = connect(url)?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let mut pending = conn.pending_migrations(MIGRATIONS).map_err(MigrateError::Migration)?;
    pending.sort_by_key(|migration| migration.name().version().as_owned());
    let wanted = pending
        .iter()
        .filter(|migration| migration.name().version().to_string().as_str() <= last);
    let outcome = wanted
        .into_iter()
        .try_for_each(|migration| conn.run_migration(migration).map(|_| ()));
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    outcome.map_err(MigrateError::Migration)
}

/// A connection of the database's owner.
///
/// # Errors
/// [`MigrateError::Connect`] while the database cannot be reached.
pub fn connect(url: &str) -> Result<PgConnection, MigrateError> {
    Ok(PgConnection::establish(&patient(url))?)
}

/// Names of the migrations that have not run, oldest first. Only reads, also where nothing has run yet, so that any login may ask.
///
/// # Errors
/// As [`run`].
pub fn pending(url: &str) -> Result<Vec<String>, MigrateError> {
    let applied = applied(&mut connect(url)?)?;
    let mut pending = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(MigrateError::Migration)?;
    pending.retain(|migration| !applied.contains(&migration.name().version().to_string()));
    pending.sort_by_key(|migration| migration.name().version().as_owned());
    Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Versions of the migrations that have run, oldest first; none where diesel's table is not there.
///
/// # Errors
/// [`MigrateError::Database`] where they cannot be read.
pub fn applied(conn: &mut PgConnection) -> Result<Vec<String>, MigrateError> {
    let there: bool = diesel::select(sql::<Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL")).get_result(conn)?;
    if !there {
        return Ok(Vec::new());
    }
    let rows: Vec<Applied> = diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version").load(conn)?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

/// Names of all migrations that this binary carries.
pub fn all() -> Result<Vec<String>, MigrateError> {
    let all = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(MigrateError::Migration)?;
    Ok(all.iter().map(|migration| migration.name().to_string()).collect())
}
