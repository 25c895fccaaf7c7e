//! Prepares the database inside a running server.

use diesel::{Connection, ConnectionError, PgConnection, RunQueryDsl, sql_query};

use crate::{NAME, PrivatePostgres, StartError};

/// What the migrations create; a server without them would fail later and less clearly.
const EXTENSIONS: [&str; 2] = ["pg_trgm", "unaccent"];

/// Creates the database when it is missing; the caller holds the start-up lock, so nobody else creates it at the same time.
pub(crate) fn prepare(postgres: &PrivatePostgres) -> Result<(), StartError> {
    let mut connection = PgConnection::establish(&postgres.url_for("postgres"))?;
    if rows(&mut connection, &format!("SELECT 1 FROM pg_database WHERE datname = '{NAME}'"))? == 1 {
        return Ok(());
    }
    for extension in EXTENSIONS {
        if rows(
            &mut connection,
            &format!("SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'"),
        )? == 0
        {
            return Err(StartError::Extensions(EXTENSIONS.join(", ")));
        }
    }
    rows(&mut connection, &format!("CREATE DATABASE {NAME}"))?;
    Ok(())
}

fn rows(connection: &mut PgConnection, sql: &str) -> Result<usize, StartError> {
    Ok(sql_query(sql).execute(connection)?)
}

impl From<ConnectionError> for StartError {
    fn from(error: ConnectionError) -> Self {
        Self::Database(error.to_string())
    }
}

impl From<diesel::result::Error> for StartError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.to_string())
    }
}
