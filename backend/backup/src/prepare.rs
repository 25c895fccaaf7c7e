//! Opening a database for rows that come back, and closing it again in the same transaction.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::BackupError;
use crate::tables::{self, Table};

/// A foreign key.
#[derive(Debug, Clone, QueryableByName)]
pub(crate) struct ForeignKey {
    #[diesel(sql_type = Text)]
    name: String,
    /// The table that points.
    #[diesel(sql_type = Text)]
    pub child: String,
    /// The table that is pointed to.
    #[diesel(sql_type = Text)]
    pub parent: String,
    /// Its last column, which is the one that is not the store.
    #[diesel(sql_type = Text)]
    pub column: String,
    #[diesel(sql_type = Bool)]
    deferrable: bool,
}

const FOREIGN_KEYS: &str = "
SELECT k.conname::text AS name, child.relname::text AS child, parent.relname::text AS parent, a.attname::text AS \"column\", k.condeferrable AS deferrable
FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[array_length(k.conkey, 1)]
WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND k.conparentid = 0
ORDER BY child.relname, k.conname";

/// What was changed for the time of the transaction.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The tables, those that are pointed to before those that point.
    pub tables: Vec<Table>,
    pub keys: Vec<ForeignKey>,
    undo: Vec<String>,
}

/// Lets the owner see and write all rows, and rows come before those that they point to where tables go round in a circle.
///
/// Row level security is forced on the owner too; only in this transaction it is not, and nobody else is meanwhile let at the tables.
pub(crate) fn open(conn: &mut PgConnection) -> Result<Opened, BackupError> {
    let keys: Vec<ForeignKey> = diesel::sql_query(FOREIGN_KEYS).load(conn)?;
    let tables = in_order(tables::all(conn)?, &keys);
    let places: HashMap<&str, usize> = tables
        .iter()
        .enumerate()
        .map(|(place, table)| (table.name.as_str(), place))
        .collect();
    let mut undo = Vec::new();
    for name in forced(conn)? {
        conn.batch_execute(&format!("ALTER TABLE \"{name}\" NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER"))?;
        undo.push(format!("ALTER TABLE \"{name}\" FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER"));
    }
    for key in keys.iter().filter(|key| !key.deferrable) {
        if places.get(key.parent.as_str()) < places.get(key.child.as_str()) {
            continue;
        }
        let alter = format!("ALTER TABLE \"{}\" ALTER CONSTRAINT \"{}\"", key.child, key.name);
        conn.batch_execute(&format!("{alter} DEFERRABLE INITIALLY DEFERRED"))?;
        undo.push(format!("{alter} NOT DEFERRABLE"));
    }
    Ok(Opened { tables, keys, undo })
}

/// Looks at what was put off, and makes all as it was.
pub(crate) fn close(conn: &mut PgConnection, opened: &Opened) -> Result<(), BackupError> {
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    for statement in &opened.undo {
        conn.batch_execute(statement)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn forced(conn: &mut PgConnection) -> Result<Vec<String>, BackupError> {
    let forced = "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relforcerowsecurity";
    let names: Vec<Name> = diesel::sql_query(forced).load(conn)?;
    Ok(names.into_iter().map(|name| name.name).collect())
}

/// Tables behind all that they point to, as far as there is such an order.
fn in_order(mut left: Vec<Table>, keys: &[ForeignKey]) -> Vec<Table> {
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &Table| {
            let points = |key: &&ForeignKey| key.child == table.name && key.parent != table.name;
            keys.iter()
                .filter(points)
                .any(|key| left.iter().any(|other| other.name == key.parent))
        };
        // In a circle somebody has to be first.
        let next = left.iter().position(|table| !waits(table)).unwrap_or(0);
        ordered.push(left.remove(next));
    }
    ordered
}
