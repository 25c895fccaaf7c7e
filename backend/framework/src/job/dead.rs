//! Jobs that nobody tries any more, and that wait for a person.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use orion_types::status::JobStatus;

use crate::db::{DbError, PlatformTx};
use crate::health::HealthCheck;
use crate::schema::jobs;

/// Jobs that were given up, by kind.
pub(crate) const DEAD_JOBS: &str = "orion_jobs_dead_total";

/// Kinds that are named.
const NAMED: usize = 5;

#[derive(QueryableByName)]
struct OfKind {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Fails while there is a dead job: until somebody queues it anew or calls it off.
pub(crate) static DEAD: HealthCheck = HealthCheck {
    name: "jobs.dead",
    timeout: Duration::from_secs(2),
    only_degrades: true,
    run: |context| {
        Box::pin(async move {
            let found = context.look(count).await.map_err(|error| error.to_string())?;
            words(&found).map_or(Ok(()), Err)
        })
    },
};

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

fn count(tx: &mut PlatformTx) -> Result<Vec<OfKind>, DbError> {
    let dead = "SELECT kind, count(*) AS count FROM jobs WHERE status = 'dead' GROUP BY kind ORDER BY count(*) DESC, kind";
    Ok(diesel::sql_query(dead).load(tx.conn())?)
}

fn words(found: &[OfKind]) -> Option<String> {
    let all: i64 = found.iter().map(|of| of.count).sum();
    let named: Vec<String> = found.iter().take(NAMED).map(|of| format!("{} {}", of.count, of.kind)).collect();
    let more = if found.len() > NAMED { ", …" } else { "" };
    (all > 0).then(|| format!("jobs that are dead and wait for a person: {all} ({}{more})", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_kinds_are_named() {
        assert_eq!(words(&[]), None);
        let of = |(kind, count): (&str, i64)| OfKind {
            kind: kind.to_owned(),
            count,
        };
        let found = [("a.a", 9), ("b.b", 2), ("c.c", 1), ("d.d", 1), ("e.e", 1), ("f.f", 1)].map(of);
        assert_eq!(
            words(&found).unwrap(),
            "jobs that are dead and wait for a person: 15 (9 a.a, 2 b.b, 1 c.c, 1 d.d, 1 e.e, …)"
        );
        assert_eq!(words(&found[..1]).unwrap(), "jobs that are dead and wait for a person: 9 (9 a.a)");
    }
}
