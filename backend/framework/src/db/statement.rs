//! Statements in SQL that are planned once per connection.

use std::marker::PhantomData;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Untyped;

/// A statement's text and the SQL type of its rows.
///
/// The text follows a first CTE that only lists the parameters, so it starts with `, next AS (…)` or with `SELECT`, and names
/// them `$1`, `$2` … in the order they are given.
pub trait StatementText: 'static {
    /// What follows the parameter list.
    const SQL: &'static str;
    /// The SQL type of a row.
    type Row;
}

/// A statement with its parameters. Diesel's `sql_query` parses and plans anew each time; this is prepared once.
pub struct Statement<S, B> {
    parameters: B,
    text: PhantomData<S>,
}

impl<S: StatementText, B> Statement<S, B> {
    /// The statement with a tuple of bound values.
    pub fn new(parameters: B) -> Self {
        Self {
            parameters,
            text: PhantomData,
        }
    }
}

impl<S: StatementText, B: QueryFragment<Pg>> QueryFragment<Pg> for Statement<S, B> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH given AS (SELECT ");
        self.parameters.walk_ast(out.reborrow())?;
        out.push_sql(")");
        out.push_sql(S::SQL);
        Ok(())
    }
}

impl<S: StatementText, B> QueryId for Statement<S, B> {
    type QueryId = Statement<S, ()>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S: StatementText, B> Query for Statement<S, B> {
    type SqlType = S::Row;
}

impl<S, B> RunQueryDsl<PgConnection> for Statement<S, B> {}

/// Like [`Statement`], for a text that is put together: each distinct text is planned once. Its rows are read by name.
///
/// Only for texts of which there are a handful; every one stays in PostgreSQL's memory while the connection lives.
pub struct Prepared<B> {
    text: String,
    parameters: B,
}

impl<B> Prepared<B> {
    /// The statement with a tuple of bound values; what is written of [`StatementText`] holds for `text`.
    pub fn new(text: impl Into<String>, parameters: B) -> Self {
        Self {
            text: text.into(),
            parameters,
        }
    }
}

impl<B: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<B> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH given AS (SELECT ");
        self.parameters.walk_ast(out.reborrow())?;
        out.push_sql(")");
        out.push_sql(&self.text);
        Ok(())
    }
}

impl<B> QueryId for Prepared<B> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<B> Query for Prepared<B> {
    type SqlType = Untyped;
}

impl<B> RunQueryDsl<PgConnection> for Prepared<B> {}
