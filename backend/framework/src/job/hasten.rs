//! Jobs that wait for a later time and are wanted now.

use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};

use super::Job;
use crate::db::{DbError, Statement, StatementText, StoreTx};

struct Hasten;

impl StatementText for Hasten {
    // By the database's clock, by which it is due.
    const SQL: &'static str = "
UPDATE jobs SET run_at = coalesce($4, now())
WHERE store_id = $1 AND kind = $2 AND unique_key = $3 AND status = 'queued' AND run_at > coalesce($4, now())";
    type Row = Integer;
}

/// Has the job with this key, should one wait for its time, begin when the transaction commits. One that runs goes on.
pub fn hasten<J: Job>(tx: &mut StoreTx, key: &str) -> Result<(), DbError> {
    let (store, held) = (tx.store_id(), tx.clock().held());
    let hasten = Statement::<Hasten, _>::new((
        store.into_sql::<SqlUuid>(),
        J::KIND.into_sql::<Text>(),
        key.into_sql::<Text>(),
        held.into_sql::<Nullable<Timestamptz>>(),
    ));
    hasten.execute(tx.conn())?;
    Ok(())
}
