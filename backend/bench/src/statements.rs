//! How many statements a request costs: PostgreSQL logs each one, and this reads its log.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _};

use crate::client::Connection;

const REQUESTS: usize = 20;

/// A row of one text.
#[derive(Debug, QueryableByName)]
pub struct TextRow {
    /// The column must be named so.
    #[diesel(sql_type = Text)]
    pub text: String,
}

/// How long jobs may take after a measurement.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(100);

/// Waits until no job of a database is due.
///
/// # Errors
/// When there are jobs after two minutes.
pub fn wait_for_jobs(conn: &mut PgConnection) -> anyhow::Result<()> {
    let begin = Instant::now();
    loop {
        let due = diesel::sql_query(
            "SELECT count(*)::text AS text FROM jobs WHERE status = 'running' OR (status = 'queued' AND run_at <= now())",
        );
        let due: TextRow = due.get_result(conn)?;
        if due.text == "0" {
            return Ok(());
        }
        ensure!(begin.elapsed() < PATIENCE, "{} jobs are still due", due.text);
        crate::interrupt::check()?;
        std::thread::sleep(LOOK);
    }
}

/// Statements of one request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statements {
    /// Those that read or write.
    pub queries: usize,
    /// Those around them: begin, commit, and naming the store.
    pub control: usize,
}

/// Switches the logging of statements; connections that are made afterwards have it.
pub fn log(conn: &mut PgConnection, on: bool) -> anyhow::Result<()> {
    // Each is a message of its own: ALTER SYSTEM refuses to run beside others.
    conn.batch_execute(if on {
        "ALTER SYSTEM SET log_statement = 'all'"
    } else {
        "ALTER SYSTEM RESET log_statement"
    })?;
    conn.batch_execute("SELECT pg_reload_conf()")?;
    Ok(())
}

/// The most statements that any of a row of requests has cost.
pub fn count(postgres_log: &Path, port: u16, host: &str, path: &str) -> anyhow::Result<Statements> {
    let mut connection = Connection::open(port, host)?;
    for _ in 0..REQUESTS {
        ensure!(connection.get(path)?.status == 200, "{path} failed");
    }
    let mut log = File::open(postgres_log).with_context(|| postgres_log.display().to_string())?;
    log.seek(SeekFrom::End(0))?;
    let mut most = Statements::default();
    for _ in 0..REQUESTS {
        connection.get(path)?;
        let mut text = String::new();
        log.read_to_string(&mut text)?;
        let found = read(&text);
        if found.queries + found.control > most.queries + most.control {
            most = found;
        }
    }
    ensure!(most.queries > 0, "PostgreSQL has logged no statement of {path}");
    Ok(most)
}

fn read(log: &str) -> Statements {
    let mut found = Statements::default();
    for line in log.lines() {
        let simple = line.split_once("LOG:  statement: ").map(|(_, statement)| statement);
        let prepared = || {
            line.split_once("LOG:  execute ")
                .and_then(|(_, rest)| rest.split_once(": "))
                .map(|(_, statement)| statement)
        };
        let Some(statement) = simple.or_else(prepared) else { continue };
        let control = ["BEGIN", "COMMIT", "ROLLBACK", "SELECT set_config("]
            .iter()
            .any(|start| statement.starts_with(start));
        if control { found.control += 1 } else { found.queries += 1 }
    }
    found
}

/// A connection as the owner of the cluster.
pub fn connect(url: &str) -> anyhow::Result<PgConnection> {
    PgConnection::establish(url).with_context(|| "the private PostgreSQL does not answer".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_from_what_is_around_them() {
        let log = "2026-11-23 07:00:00.000 UTC [1] LOG:  statement: BEGIN\n\
            2026-11-23 07:00:00.000 UTC [1] LOG:  execute <unnamed>: SELECT set_config('app.store_id', $1, true)\n\
            2026-11-23 07:00:00.000 UTC [1] DETAIL:  Parameters: $1 = 'x'\n\
            2026-11-23 07:00:00.000 UTC [1] LOG:  execute __diesel_stmt_3: SELECT a\n\tFROM b\n\
            2026-11-23 07:00:00.000 UTC [1] LOG:  statement: COMMIT\n";
        assert_eq!(read(log), Statements { queries: 1, control: 3 });
    }
}
