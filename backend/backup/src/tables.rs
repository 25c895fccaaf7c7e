//! The tables there are, and who may read them. Asked of the database: a table that a later module brings is not forgotten.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use crate::BackupError;

/// A table of the database.
#[derive(Debug, Clone, QueryableByName)]
pub(crate) struct Table {
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Without those that PostgreSQL computes.
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    /// The columns' types, as SQL spells them.
    #[diesel(sql_type = Array<Text>)]
    pub types: Vec<String>,
    /// Row level security is on.
    #[diesel(sql_type = Bool)]
    closed: bool,
    /// `orion_platform` sees all rows.
    #[diesel(sql_type = Bool)]
    by_platform: bool,
    /// `orion_app` sees the rows of one store.
    #[diesel(sql_type = Bool)]
    by_store: bool,
    /// `orion_platform` sees the rows of the platform that it works on.
    #[diesel(sql_type = Bool)]
    of_platforms: bool,
}

/// As whom a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Owner,
    Platform,
    /// Platform by platform.
    EachPlatform,
    /// Store by store.
    Store,
}

/// A policy with these words lets all rows through, as PostgreSQL itself writes them; one that restricts would take some away again.
const TABLES: &str = "
SELECT c.relname::text AS name, columns.names AS columns, columns.types, c.relrowsecurity AS closed,
    has_table_privilege('orion_platform', c.oid, 'SELECT') AND allows.everything AS by_platform,
    has_table_privilege('orion_app', c.oid, 'SELECT') AND allows.own AS by_store,
    has_table_privilege('orion_platform', c.oid, 'SELECT') AND allows.scoped AS of_platforms
FROM pg_class c
JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY a.attnum) AS names, array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS types
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
) AS columns ON true
JOIN LATERAL (
    SELECT coalesce(bool_and(p.polpermissive) AND bool_or('orion_platform'::regrole = ANY (p.polroles) AND pg_get_expr(p.polqual, p.polrelid) = 'true'), false) AS everything,
        coalesce(bool_and(p.polpermissive) AND bool_or('orion_app'::regrole = ANY (p.polroles)
            AND pg_get_expr(p.polqual, p.polrelid) = '(store_id = current_store())'), false) AS own,
        coalesce(bool_and(p.polpermissive) AND bool_or('orion_platform'::regrole = ANY (p.polroles)
            AND pg_get_expr(p.polqual, p.polrelid) = '(platform_id = current_platform())'), false) AS scoped
    FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd IN ('*', 'r')
) AS allows ON true
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '__diesel_schema_migrations'
ORDER BY c.relname";

/// All tables but the list of migrations, by their names.
pub(crate) fn all(conn: &mut PgConnection) -> Result<Vec<Table>, BackupError> {
    Ok(diesel::sql_query(TABLES).load(conn)?)
}

impl Reader {
    /// The setting that names whose rows are seen, where they are not all seen at once.
    pub fn one_by_one(self) -> Option<&'static str> {
        match self {
            Self::Owner | Self::Platform => None,
            Self::EachPlatform => Some("app.platform_id"),
            Self::Store => Some("app.store_id"),
        }
    }
}

impl Table {
    /// Whether its rows say which store they belong to.
    pub fn of_stores(&self) -> bool {
        self.columns.iter().any(|column| column == "store_id")
    }

    /// Who sees all of its rows, or all of one store's.
    pub fn reader(&self) -> Result<Reader, BackupError> {
        match self {
            Self { closed: false, .. } => Ok(Reader::Owner),
            Self { by_platform: true, .. } => Ok(Reader::Platform),
            Self { by_store: true, .. } => Ok(Reader::Store),
            Self { of_platforms: true, .. } => Ok(Reader::EachPlatform),
            _ => Err(BackupError::Unreadable(self.name.clone())),
        }
    }

    /// Its rows as arrays of texts, which every type reads back as it was. `condition` is SQL.
    pub fn read(&self, condition: Option<&str>) -> String {
        let texts: Vec<String> = self.columns.iter().map(|column| format!("\"{column}\"::text")).collect();
        let condition = condition.map(|condition| format!(" WHERE {condition}")).unwrap_or_default();
        format!(
            "SELECT array_to_json(ARRAY[{}])::text AS line FROM \"{}\"{condition}",
            texts.join(", "),
            self.name
        )
    }

    /// Whether it is a log that nobody may shorten: rows that are there stay, and those that come back join them.
    pub fn is_log(&self) -> bool {
        self.name == "audit_log"
    }

    /// Writes rows: `$1` is a JSON array of them.
    pub fn write(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|column| format!("\"{column}\"")).collect();
        let cast = |(place, kind): (usize, &String)| format!("(line.texts->>{place})::{kind}");
        let values: Vec<String> = self.types.iter().enumerate().map(cast).collect();
        format!(
            "INSERT INTO \"{}\" ({}) SELECT {} FROM json_array_elements($1::json) AS line(texts){}",
            self.name,
            quoted.join(", "),
            values.join(", "),
            if self.is_log() { " ON CONFLICT DO NOTHING" } else { "" }
        )
    }
}
