//! Jobs that have used up their attempts.

use diesel::prelude::*;
use orion_types::status::JobStatus;

use crate::db::{DbError, PlatformTx};
use crate::schema::jobs;

/// How many jobs of a kind are dead.
///
/// # Errors
/// When the database fails.
pub fn count_dead(tx: &mut PlatformTx, kind: &str) -> Result<i64, DbError> {
    let dead = jobs::table
        .filter(jobs::status.eq(JobStatus::Dead.as_str()))
        .filter(jobs::kind.eq(kind));
    Ok(dead.count().get_result(tx.conn())?)
}
