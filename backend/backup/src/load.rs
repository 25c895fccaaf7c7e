//! Writing rows.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::BackupError;
use crate::tables::Table;

/// Rows of one statement, and bytes after which it is sent all the same.
const ROWS: usize = 1_000;
const BYTES: usize = 1 << 20;

/// Rows that are collected for a table.
pub(crate) struct Loader<'a> {
    table: &'a Table,
    statement: String,
    batch: String,
    count: usize,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl<'a> Loader<'a> {
    pub fn new(table: &'a Table) -> Self {
        Self {
            table,
            statement: table.write(),
            batch: String::new(),
            count: 0,
        }
    }

    /// Takes a row, an array of texts in JSON.
    pub fn add(&mut self, conn: &mut PgConnection, line: &str) -> Result<(), BackupError> {
        self.batch.push(if self.count == 0 { '[' } else { ',' });
        self.batch.push_str(line);
        self.count += 1;
        if self.count < ROWS && self.batch.len() < BYTES {
            return Ok(());
        }
        self.send(conn)
    }

    /// Writes what is left.
    pub fn send(&mut self, conn: &mut PgConnection) -> Result<(), BackupError> {
        if self.count == 0 {
            return Ok(());
        }
        self.batch.push(']');
        let batch = std::mem::take(&mut self.batch);
        let written = diesel::sql_query(&self.statement).bind::<Text, _>(batch).execute(conn)?;
        if written != self.count && !self.table.is_log() {
            let text = format!("{}: {written} of {} rows were written", self.table.name, self.count);
            return Err(BackupError::Broken(text));
        }
        self.count = 0;
        Ok(())
    }
}

/// Rows of a table, as whoever sees all of them.
pub(crate) fn count(conn: &mut PgConnection, table: &str) -> Result<u64, BackupError> {
    let count: Count = diesel::sql_query(format!("SELECT count(*) AS count FROM \"{table}\"")).get_result(conn)?;
    Ok(count.count.unsigned_abs())
}
