//! What is in a database, table by table, and how it is closed.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    closed: String,
}

#[derive(QueryableByName)]
struct Content {
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = Text)]
    digest: String,
}

const TABLES: &str = "
SELECT c.relname::text AS name,
    concat(c.relrowsecurity, c.relforcerowsecurity,
        (SELECT string_agg(pg_get_constraintdef(k.oid), ';' ORDER BY k.conname) FROM pg_constraint k WHERE k.conrelid = c.oid),
        (SELECT string_agg(concat(t.tgname, t.tgenabled), ';' ORDER BY t.tgname) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)) AS closed
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '__diesel_schema_migrations'";

/// For each table its number of rows, and a digest of all of them, of its constraints and of who may see it; as somebody who sees all rows.
pub fn fingerprint(url: &str) -> BTreeMap<String, (i64, String)> {
    let mut conn = PgConnection::establish(url).expect("the database answers");
    let tables: Vec<Found> = diesel::sql_query(TABLES).load(&mut conn).expect("the tables");
    let mut prints = BTreeMap::new();
    for Found { name, closed } in tables {
        let query = format!(
            "SELECT count(*) AS rows, md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS digest FROM \"{name}\" t"
        );
        let content: Content = diesel::sql_query(query).get_result(&mut conn).expect("its rows");
        prints.insert(name, (content.rows, format!("{} {closed}", content.digest)));
    }
    prints
}
