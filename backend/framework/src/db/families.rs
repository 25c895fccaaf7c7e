//! Kinds of jobs and actions of the audit log by family: `store` is `store` and `store.created`. Checkouts write one of them, which is nearly all
//! that there is in a shop that sells; the others lie in indexes of their own, one for all stores and, of the audit log, one for each.

use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

/// A column of such names.
#[derive(Debug, Clone, Copy)]
pub struct Families {
    /// Whose column.
    pub table: &'static str,
    /// What it is called.
    pub column: &'static str,
    /// What checkouts write, and the index leaves out.
    pub frequent: &'static str,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

impl Families {
    /// The names of a family that the table has, of one store or of all, but for the frequent one. The index is read from one to the next, and not for each row.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn rare(&self, conn: &mut PgConnection, store: Option<Uuid>, family: &str) -> QueryResult<Vec<String>> {
        let Self { table, column, frequent } = self;
        // An id is written as hexadecimal digits, so there is nothing in it that could end the literal.
        let of_store = store.map(|store| format!("l.store_id = '{store}' AND ")).unwrap_or_default();
        let sql = format!(
            "WITH RECURSIVE found AS (\
             (SELECT l.{column} COLLATE \"C\" AS name FROM {table} l WHERE {of_store}l.{column} <> '{frequent}' AND l.{column} COLLATE \"C\" >= $1 \
                 ORDER BY 1 LIMIT 1) \
             UNION ALL SELECT (SELECT l.{column} COLLATE \"C\" FROM {table} l WHERE {of_store}l.{column} <> '{frequent}' \
                 AND l.{column} COLLATE \"C\" > found.name ORDER BY 1 LIMIT 1) FROM found WHERE found.name < $1 || '/') \
             SELECT name FROM found WHERE name = $1 OR starts_with(name, $1 || '.')"
        );
        let names: Vec<Name> = diesel::sql_query(sql).bind::<Text, _>(family).load(conn)?;
        Ok(names.into_iter().map(|Name { name }| name).collect())
    }

    /// The condition of a row of a rare name, as its index has it; the name follows.
    pub fn rare_is(&self) -> String {
        let Self { column, frequent, .. } = self;
        format!("{column} <> '{frequent}' AND {column} COLLATE \"C\" = ")
    }

    /// Whether the frequent name is one of the family.
    pub fn has_frequent(&self, family: &str) -> bool {
        self.frequent == family || self.frequent.strip_prefix(family).is_some_and(|rest| rest.starts_with('.'))
    }
}
