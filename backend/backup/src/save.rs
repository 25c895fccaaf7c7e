//! Making an archive.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::migrate;
use orion_framework::storage::folder_of;
use orion_types::StoreId;
use uuid::Uuid;

use crate::BackupError;
use crate::archive::{Archive, Rows};
use crate::check::check;
use crate::manifest::{FORM, Manifest, StoreOf, TableOf};
use crate::tables::{self, Reader, Table};
use crate::taken::FILES;

/// What to keep, and where.
#[derive(Debug, Clone, Copy)]
pub struct Save<'a> {
    /// The database, as its owner and past any pooler.
    pub url: &'a str,
    /// The folder of the stores' files; `None` leaves them out.
    pub storage: Option<&'a Path>,
    /// The code of the only store to keep; `None` keeps everything.
    pub store: Option<&'a str>,
    /// The archive to make.
    pub file: &'a Path,
    /// The version of the program.
    pub program: &'a str,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
}

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

/// Texts that mean the same to whichever server reads them, and one moment for all tables.
const BEGIN: &str = "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET timezone = 'UTC'; SET bytea_output = 'hex'; \
    SET extra_float_digits = 1; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Makes an archive and reads it back. Nothing lies at its place before it is whole.
///
/// # Errors
/// [`BackupError::Unreadable`] where nobody sees all rows of a table, [`BackupError::Empty`] where there is no store; the others as they say.
pub fn save(wanted: &Save<'_>) -> Result<Manifest, BackupError> {
    if wanted.file.exists() {
        return Err(BackupError::Refused(format!("{} is there already", wanted.file.display())));
    }
    let part = PathBuf::from(format!("{}.part", wanted.file.display()));
    let made = write(wanted, &part).and_then(|manifest| {
        if check(&part)? != manifest {
            return Err(BackupError::Broken("it reads otherwise than it was written".to_owned()));
        }
        fs::rename(&part, wanted.file).map_err(BackupError::at(wanted.file))?;
        Ok(manifest)
    });
    if made.is_err() && part.exists() {
        fs::remove_file(&part).map_err(BackupError::at(&part))?;
    }
    made
}

fn write(wanted: &Save<'_>, part: &Path) -> Result<Manifest, BackupError> {
    let mut conn = migrate::connect(wanted.url)?;
    let migrations = migrate::applied(&mut conn)?;
    let all = tables::all(&mut conn)?;
    conn.batch_execute(BEGIN)?;
    let stores = stores(&mut conn, wanted.store)?;
    let store = wanted.store.and_then(|_| stores.first());
    let made_at = diesel::sql_query("SELECT now() AS now").get_result::<Moment>(&mut conn)?.now;
    let mut archive = Archive::create(part)?;
    let tables = write_tables(&mut conn, &mut archive, &all, &stores, store)?;
    conn.batch_execute("COMMIT")?;
    let mut kept = Files::default();
    if let Some(storage) = wanted.storage {
        for known in &stores {
            write_files(&mut archive, storage, known.id, &mut kept)?;
        }
    }
    let Files { files, bytes, vanished } = kept;
    let manifest = Manifest {
        form: FORM,
        program: wanted.program.to_owned(),
        made_at,
        store: store.map(|Known { id, code }| StoreOf {
            id: *id,
            code: code.clone(),
        }),
        migrations,
        tables,
        files,
        file_bytes: bytes,
        vanished,
    };
    archive.finish(&manifest, part)?;
    Ok(manifest)
}

/// All stores, or the one that is wanted; none at all is nothing to keep.
fn stores(conn: &mut PgConnection, code: Option<&str>) -> Result<Vec<Known>, BackupError> {
    become_reader(conn, Reader::Platform)?;
    let all = diesel::sql_query("SELECT id, code::text AS code FROM stores WHERE $1 IN ('', code::text) ORDER BY id");
    let found: Vec<Known> = all.bind::<Text, _>(code.unwrap_or_default()).load(conn)?;
    match (found.is_empty(), code) {
        (false, _) => Ok(found),
        (true, Some(code)) => Err(BackupError::Refused(format!("there is no store {code:?}"))),
        (true, None) => Err(BackupError::Empty("there is no store, so there is nothing to keep".to_owned())),
    }
}

fn write_tables(
    conn: &mut PgConnection,
    archive: &mut Archive,
    all: &[Table],
    stores: &[Known],
    store: Option<&Known>,
) -> Result<Vec<TableOf>, BackupError> {
    let mut written = Vec::new();
    for table in all {
        let reader = match (store, table.name.as_str()) {
            // Who is on a store's team, only the platform sees.
            (Some(_), "users") => Reader::Platform,
            _ => table.reader()?,
        };
        let condition = match store {
            None => None,
            Some(store) => match condition_of(table, store.id) {
                None => continue,
                condition => condition,
            },
        };
        let ids = match reader {
            Reader::EachPlatform => platforms(conn)?,
            _ => stores.iter().map(|known| known.id).collect(),
        };
        written.push(archive.table(table, |rows| {
            let query = table.read(condition.as_deref());
            become_reader(conn, reader)?;
            let Some(setting) = reader.one_by_one() else {
                return copy(conn, &query, rows);
            };
            for id in ids {
                conn.batch_execute(&format!("SET LOCAL {setting} = '{id}'"))?;
                copy(conn, &query, rows)?;
            }
            Ok(())
        })?);
    }
    Ok(written)
}

/// The ids of all platforms.
fn platforms(conn: &mut PgConnection) -> Result<Vec<Uuid>, BackupError> {
    become_reader(conn, Reader::Platform)?;
    let found: Vec<Known> = diesel::sql_query("SELECT id, code::text AS code FROM platforms ORDER BY id").load(conn)?;
    Ok(found.into_iter().map(|known| known.id).collect())
}

/// Which rows of a table are one store's; none of those that no store owns but its own entry and the accounts of its team.
fn condition_of(table: &Table, store: Uuid) -> Option<String> {
    match table.name.as_str() {
        "stores" => Some(format!("id = '{store}'")),
        "users" => Some(format!(
            "id IN (SELECT user_id FROM memberships WHERE store_id = '{store}' UNION SELECT owner_user_id FROM stores WHERE id = '{store}')"
        )),
        _ => table.of_stores().then(|| format!("store_id = '{store}'")),
    }
}

fn become_reader(conn: &mut PgConnection, reader: Reader) -> Result<(), BackupError> {
    let role = match reader {
        Reader::Owner => "NONE",
        Reader::Platform | Reader::EachPlatform => "orion_platform",
        Reader::Store => "orion_app",
    };
    Ok(conn.batch_execute(&format!("SET LOCAL ROLE {role}"))?)
}

fn copy(conn: &mut PgConnection, query: &str, rows: &mut Rows<'_>) -> Result<(), BackupError> {
    let lines = diesel::sql_query(query).load_iter::<Line, PgRowByRowLoadingMode>(conn)?;
    for line in lines {
        let written = rows.add(&line?.line);
        written.map_err(|error| BackupError::File("the archive".to_owned(), error))?;
    }
    Ok(())
}

/// Files that were written, and those that were not there any more.
#[derive(Default)]
struct Files {
    files: u64,
    bytes: u64,
    vanished: Vec<String>,
}

/// The files of a store, folder by folder.
fn write_files(archive: &mut Archive, storage: &Path, store: Uuid, kept: &mut Files) -> Result<(), BackupError> {
    let mut folders = vec![(storage.join(folder_of(StoreId(store))), format!("{FILES}/{store}"))];
    while let Some((folder, name)) = folders.pop() {
        for entry in entries(&folder)? {
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            let path = entry.path();
            // A file that is being written has a sign in its name that no finished one has.
            if name.contains('#') {
                continue;
            }
            if path.is_dir() {
                folders.push((path, name));
                continue;
            }
            match archive.file(&name, &path)? {
                Some(bytes) => {
                    kept.bytes += bytes;
                    kept.files += 1;
                }
                None => kept.vanished.push(name),
            }
        }
    }
    Ok(())
}

/// What is in a folder, by name; nothing in one that is not there (any more).
fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>, BackupError> {
    let read = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => read,
    };
    let entries = read.and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = entries.map_err(BackupError::at(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    Ok(entries)
}
