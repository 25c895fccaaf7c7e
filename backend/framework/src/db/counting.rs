//! Counts of lists that may be long.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use orion_types::page::MAX_TOTAL;

use super::{DbError, StoreTx};

/// How many rows a list reads to know whether it has more than are counted.
pub const COUNT_LIMIT: i64 = MAX_TOTAL + 1;

/// How many rows of a long list match, where `count` reads at most [`COUNT_LIMIT`]; what was counted is believed for a minute. `list` names the
/// list and all that it is narrowed by. Only for lists that are [long](is_long): the others are counted each time, by their callers.
///
/// # Errors
/// Those of `count`.
pub fn count_up_to(tx: &mut StoreTx, list: String, count: impl FnOnce(&mut StoreTx) -> Result<i64, DbError>) -> Result<i64, DbError> {
    if let Some(known) = tx.store().figure::<i64>(&list) {
        return Ok(*known);
    }
    let found = count(tx)?;
    tx.store().keep_figure(list, found);
    Ok(found)
}

/// The mark of a table with more rows than are counted.
struct Long;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Whether a table has more rows of the store than are counted: what is looked for in so many has to begin as it is typed. `rows` is a table's
/// name with a condition on its rows, both of which an index tells.
///
/// # Errors
/// When the database fails.
pub fn is_long(tx: &mut StoreTx, rows: &'static str) -> Result<bool, DbError> {
    if tx.store().figure::<Long>(rows).is_some() {
        return Ok(true);
    }
    let sql = format!("SELECT count(*) AS count FROM (SELECT FROM {rows} AND store_id = $1 LIMIT {COUNT_LIMIT}) AS counted");
    let query = diesel::sql_query(sql).bind::<SqlUuid, _>(tx.store_id());
    let long = query.get_result::<Count>(tx.conn())?.count >= COUNT_LIMIT;
    if long {
        tx.store().keep_figure(rows.to_owned(), Long);
    }
    Ok(long)
}
