//! One store of an archive into a database with others.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Text, Uuid as SqlUuid};
use orion_framework::clock::Ids;
use orion_framework::db::migrate;
use serde_json::json;
use uuid::Uuid;

use super::{CHANGES, Restore, bring_files};
use crate::BackupError;
use crate::load::Loader;
use crate::manifest::{Manifest, TableOf};
use crate::prepare::{ForeignKey, Opened, close, open};
use crate::tables::Table;
use crate::taken::{Row, Taken, row};

/// What was under way when the archive was made: taken up again it would send mails and move money a second time. Certificates are the hosts' and
/// are asked for again; their keys can be read under the pepper of one house alone.
const UNDER_WAY: [&str; 5] = ["jobs", "outbox_events", "idempotency_keys", "certificates", CHANGES];

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct There {
    #[diesel(sql_type = BigInt)]
    catalog_version: i64,
}

/// What of a store's rows has another name here.
struct Renamed {
    store: Uuid,
    platform: Option<String>,
    /// Accounts of the archive that exist here under other ids.
    users: HashMap<String, String>,
}

pub(super) fn bring(wanted: &Restore<'_>, taken: &mut Taken, code: &str) -> Result<(), BackupError> {
    let mut conn = migrate::connect(wanted.url)?;
    if migrate::applied(&mut conn)? != taken.manifest.migrations {
        return Err(BackupError::Refused(format!(
            "the archive was made by version {} and the database has other migrations: one store comes back into a database of its own version",
            taken.manifest.program
        )));
    }
    let Found { store, platform: from } = find(taken, code)?;
    conn.batch_execute("BEGIN")?;
    let opened = open(&mut conn)?;
    let catalog_version = make_room(&mut conn, &opened, store, code, wanted.replace)?;
    let platform = platform_of(&mut conn, wanted.platform, from)?;
    let users = bring_users(&mut conn, &opened, taken, store)?;
    let renamed = Renamed { store, platform, users };
    for table in opened.tables.iter().filter(|table| is_of_store(table)) {
        bring_rows(&mut conn, &opened.keys, table, taken, &renamed)?;
    }
    note(&mut conn, store, &taken.manifest)?;
    tell(&mut conn, store, catalog_version)?;
    close(&mut conn, &opened)?;
    bring_files(taken, wanted.storage, Some(store))?;
    conn.batch_execute("COMMIT")?;
    Ok(())
}

/// Servers that run hear of it. What they remember of the catalogue goes by its version, which must not be one that there was already.
fn tell(conn: &mut PgConnection, store: Uuid, before: i64) -> Result<(), BackupError> {
    let bump = "WITH bumped AS (UPDATE stores SET catalog_version = greatest(catalog_version, $2) + 1 WHERE id = $1 RETURNING catalog_version) \
        SELECT pg_notify('orion', 'tenants'), pg_notify('orion', 'catalog ' || $1 || ' ' || catalog_version) FROM bumped";
    diesel::sql_query(bump)
        .bind::<SqlUuid, _>(store)
        .bind::<BigInt, _>(before)
        .execute(conn)?;
    let all_changed = format!(
        "INSERT INTO {CHANGES} (store_id, changed_in, product_id) \
         VALUES ($1, pg_current_xact_id()::text::bigint, '00000000-0000-0000-0000-000000000000')"
    );
    diesel::sql_query(all_changed).bind::<SqlUuid, _>(store).execute(conn)?;
    Ok(())
}

/// What was done is in the store's log.
fn note(conn: &mut PgConnection, store: Uuid, manifest: &Manifest) -> Result<(), BackupError> {
    let entry = "INSERT INTO audit_log (store_id, id, actor_kind, actor_label, action, entity, entity_id, changes, created_at) \
        VALUES ($1, $2, 'cli', 'orion restore', 'store.restored', 'store', $1, $3, now())";
    let changes = json!({ "as_of": manifest.made_at, "program": manifest.program });
    diesel::sql_query(entry)
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(Ids::new_id())
        .bind::<Jsonb, _>(changes)
        .execute(conn)?;
    Ok(())
}

fn is_of_store(table: &Table) -> bool {
    (table.name == "stores" || table.of_stores()) && !UNDER_WAY.contains(&table.name.as_str())
}

fn listed<'a>(tables: &'a [TableOf], name: &str) -> Result<&'a TableOf, BackupError> {
    let found = tables.iter().find(|table| table.name == name);
    found.ok_or_else(|| BackupError::Broken(format!("the table {name} is not in it")))
}

/// The text of a column.
fn text<'a>(table: &TableOf, row: &'a Row, column: &str) -> Option<&'a str> {
    row.get(table.place(column)?)?.as_deref()
}

/// A store of the archive, and the platform that it was on.
struct Found {
    store: Uuid,
    platform: Uuid,
}

fn find(taken: &mut Taken, code: &str) -> Result<Found, BackupError> {
    let tables = taken.manifest.tables.clone();
    let stores = listed(&tables, "stores")?;
    let mut found = None;
    taken.table(stores, |line| {
        let row = row(stores, line)?;
        if text(stores, &row, "code") == Some(code) {
            found = Some(Found {
                store: id(stores, &row, "id")?,
                platform: id(stores, &row, "platform_id")?,
            });
        }
        Ok(())
    })?;
    found.ok_or_else(|| BackupError::Refused(format!("there is no store {code:?} in the archive")))
}

/// The id in a column.
fn id(table: &TableOf, row: &Row, column: &str) -> Result<Uuid, BackupError> {
    let text = text(table, row, column).unwrap_or_default();
    let broken = |_| BackupError::Broken(format!("{}: {column} is no id but {text:?}", table.member()));
    text.parse().map_err(broken)
}

/// Removes what the database has of the store, if that is wanted; returns the version of its catalogue, 0 where there is none.
fn make_room(conn: &mut PgConnection, opened: &Opened, store: Uuid, code: &str, replace: bool) -> Result<i64, BackupError> {
    let there = diesel::sql_query("SELECT catalog_version FROM stores WHERE id = $1");
    let there: Option<There> = there.bind::<SqlUuid, _>(store).get_result(conn).optional()?;
    let Some(there) = there else { return Ok(0) };
    if !replace {
        return Err(BackupError::Refused(format!(
            "the store {code} is there: --replace puts what was in the place of what is"
        )));
    }
    for table in opened.tables.iter().rev() {
        let column = match table.name.as_str() {
            "stores" => "id",
            _ if table.of_stores() && !table.is_log() => "store_id",
            _ => continue,
        };
        let delete = format!("DELETE FROM \"{}\" WHERE {column} = $1", table.name);
        diesel::sql_query(delete).bind::<SqlUuid, _>(store).execute(conn)?;
    }
    Ok(there.catalog_version)
}

/// The platform that the store comes to, where it is another one than it was on; `from` has to be here when none is named.
fn platform_of(conn: &mut PgConnection, code: Option<&str>, from: Uuid) -> Result<Option<String>, BackupError> {
    let Some(code) = code else {
        let there = diesel::sql_query("SELECT id FROM platforms WHERE id = $1").bind::<SqlUuid, _>(from);
        return match there.get_result::<Id>(conn).optional()? {
            Some(_) => Ok(None),
            None => Err(BackupError::Refused(
                "the platform that the store was on is not here: --platform CODE brings it to another one".to_owned(),
            )),
        };
    };
    let found: Option<Id> = diesel::sql_query("SELECT id FROM platforms WHERE code::text = $1")
        .bind::<Text, _>(code)
        .get_result(conn)
        .optional()?;
    match found {
        Some(platform) => Ok(Some(platform.id.to_string())),
        None => Err(BackupError::Refused(format!("there is no platform {code:?}"))),
    }
}

/// Writes the accounts of the store's team that are not here, and tells under which ids the others are. Accounts go by their e-mail address.
fn bring_users(conn: &mut PgConnection, opened: &Opened, taken: &mut Taken, store: Uuid) -> Result<HashMap<String, String>, BackupError> {
    let tables = taken.manifest.tables.clone();
    let team = team(taken, &tables, store)?;
    let users = listed(&tables, "users")?;
    let table = opened.tables.iter().find(|table| table.name == "users");
    let table = table.ok_or_else(|| BackupError::Refused("the database has no table of accounts".to_owned()))?;
    let mut renamed = HashMap::new();
    let mut loader = Loader::new(table);
    taken.table(users, |line| {
        let row = row(users, line)?;
        let (Some(id), Some(email)) = (text(users, &row, "id"), text(users, &row, "email")) else {
            return Ok(());
        };
        if !team.contains(&id.to_owned()) {
            return Ok(());
        }
        let known = diesel::sql_query("SELECT id FROM users WHERE id = $1::uuid OR email = $2 ORDER BY id <> $1::uuid LIMIT 1");
        let known: Option<Id> = known.bind::<Text, _>(id).bind::<Text, _>(email).get_result(conn).optional()?;
        match known {
            Some(known) => {
                renamed.insert(id.to_owned(), known.id.to_string());
                Ok(())
            }
            None => loader.add(conn, line),
        }
    })?;
    loader.send(conn)?;
    Ok(renamed)
}

/// Ids of those who work for the store.
fn team(taken: &mut Taken, tables: &[TableOf], store: Uuid) -> Result<Vec<String>, BackupError> {
    let mut team = Vec::new();
    let store = store.to_string();
    for (name, of, who) in [("memberships", "store_id", "user_id"), ("stores", "id", "owner_user_id")] {
        let table = listed(tables, name)?;
        taken.table(table, |line| {
            let row = row(table, line)?;
            if text(table, &row, of) == Some(store.as_str()) {
                team.extend(text(table, &row, who).map(str::to_owned));
            }
            Ok(())
        })?;
    }
    Ok(team)
}

fn bring_rows(
    conn: &mut PgConnection,
    keys: &[ForeignKey],
    table: &Table,
    taken: &mut Taken,
    renamed: &Renamed,
) -> Result<(), BackupError> {
    let tables = taken.manifest.tables.clone();
    let listed = listed(&tables, &table.name)?;
    let store = renamed.store.to_string();
    let of = listed.place(if table.name == "stores" { "id" } else { "store_id" });
    let points = |parent: &str| -> Vec<usize> {
        let to = keys.iter().filter(|key| key.child == table.name && key.parent == parent);
        to.filter_map(|key| listed.place(&key.column)).collect()
    };
    let (users, platforms) = (points("users"), points("platforms"));
    let mut loader = Loader::new(table);
    taken.table(listed, |line| {
        let mut row = row(listed, line)?;
        if of.and_then(|place| row[place].as_deref()) != Some(store.as_str()) {
            return Ok(());
        }
        for place in &users {
            let here = row[*place].as_ref().and_then(|user| renamed.users.get(user));
            if let Some(here) = here.cloned() {
                row[*place] = Some(here);
            }
        }
        for place in &platforms {
            if renamed.platform.is_some() && row[*place].is_some() {
                row[*place].clone_from(&renamed.platform);
            }
        }
        loader.add(conn, &serde_json::to_string(&row)?)
    })?;
    loader.send(conn)
}
