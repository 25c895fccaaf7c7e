//! All of an archive into a database without shops.

use diesel::connection::SimpleConnection;
use orion_framework::db::migrate;

use super::{CHANGES, Restore, bring_files};
use crate::BackupError;
use crate::load::{Loader, count};
use crate::manifest::Manifest;
use crate::prepare::{close, open};
use crate::taken::Taken;

/// What somebody has made; a database with any of it is somebody's.
const OF_PEOPLE: [&str; 3] = ["platforms", "stores", "users"];

pub(super) fn bring(wanted: &Restore<'_>, taken: &mut Taken) -> Result<(), BackupError> {
    let manifest = taken.manifest.clone();
    reach(wanted.url, &manifest)?;
    let mut conn = migrate::connect(wanted.url)?;
    conn.batch_execute("BEGIN")?;
    let opened = open(&mut conn)?;
    for table in OF_PEOPLE {
        if count(&mut conn, table)? > 0 {
            return Err(BackupError::Refused(format!(
                "the database has rows in {table}: everything comes back into an empty one"
            )));
        }
    }
    let names: Vec<String> = opened.tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
    // What the migrations have written is in the archive too.
    conn.batch_execute(&format!("TRUNCATE {}", names.join(", ")))?;
    for table in &opened.tables {
        let listed = manifest
            .table(&table.name)
            .filter(|listed| listed.columns == table.columns)
            .ok_or_else(|| BackupError::Broken(format!("the table {} is not in it as the migrations make it", table.name)))?;
        let mut loader = Loader::new(table);
        taken.table(listed, |line| loader.add(&mut conn, line))?;
        loader.send(&mut conn)?;
        let there = count(&mut conn, &table.name)?;
        if there != listed.rows {
            return Err(BackupError::Broken(format!(
                "{}: {there} rows came back instead of {}",
                table.name, listed.rows
            )));
        }
    }
    if opened.tables.iter().any(|table| table.name == CHANGES) {
        // It counts the transactions of another database.
        conn.batch_execute(&format!("DELETE FROM {CHANGES}"))?;
    }
    close(&mut conn, &opened)?;
    bring_files(taken, wanted.storage, None)?;
    conn.batch_execute("COMMIT")?;
    // Afterwards the tables get what later versions of the program changed.
    migrate::run(wanted.url)?;
    Ok(conn.batch_execute("ANALYZE")?)
}

/// Brings the database to the migrations of the archive and no further.
fn reach(url: &str, manifest: &Manifest) -> Result<(), BackupError> {
    let last = manifest.migrations.last().map(String::as_str).unwrap_or_default();
    migrate::run_up_to(url, last)?;
    let applied = migrate::applied(&mut migrate::connect(url)?)?;
    if applied == manifest.migrations {
        return Ok(());
    }
    let newer = manifest.migrations.iter().find(|version| !applied.contains(version));
    Err(BackupError::Refused(match newer {
        Some(version) => format!("the archive was made by a newer program: this one does not know the migration {version}"),
        None => format!(
            "the database has migrations that the archive has not (made by version {}): it has to be a new one",
            manifest.program
        ),
    }))
}
