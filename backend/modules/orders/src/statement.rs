//! Statements of fixed text that are planned once per connection.

use std::marker::PhantomData;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

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
