//! A key that is taken by the same statement that begins the work: one round trip for both.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Binary, Text, Timestamptz};

use super::{Begun, IdempotencyError, IdempotencyScope, KEEP, known};
use crate::db::StoreTx;

/// The CTE `asked`, which takes a key for the store `$1` and has a row when the key is ours. What follows it must do nothing without that row;
/// a second request with the same key waits in it until the first transaction has ended, and then sees of what that did only that the key is
/// taken. The parameters are those of [`key_columns`].
#[macro_export]
macro_rules! take_key {
    ($principal:literal, $route:literal, $key:literal, $fingerprint:literal, $now:literal, $over:literal) => {
        // A key whose time is over is nobody's: it is taken as if it had never been used.
        concat!(
            ",
asked AS (
    INSERT INTO idempotency_keys AS k (store_id, principal, route, key, fingerprint, created_at)
    VALUES ($1, ",
            $principal,
            ", ",
            $route,
            ", ",
            $key,
            ", ",
            $fingerprint,
            ", ",
            $now,
            ")
    ON CONFLICT (store_id, principal, route, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, created_at = excluded.created_at, resource_id = NULL, response_status = NULL, response_body = NULL
    WHERE k.created_at < ",
            $over,
            "
    RETURNING 1
)"
        )
    };
}

/// The parameters of [`take_key!`](crate::take_key), in their order.
pub fn key_columns<'a>(scope: &'a IdempotencyScope, fingerprint: &'a [u8; 32], now: DateTime<Utc>) -> impl QueryFragment<Pg> + 'a {
    (
        scope.principal.as_str().into_sql::<Text>(),
        scope.route.into_sql::<Text>(),
        scope.key.as_str().into_sql::<Text>(),
        fingerprint.as_slice().into_sql::<Binary>(),
        now.into_sql::<Timestamptz>(),
        (now - KEEP).into_sql::<Timestamptz>(),
    )
}

/// What is known about a request whose statement has tried to take the key, and whether it was `taken`.
///
/// # Errors
/// As [`super::begin`].
pub fn begun_beside(tx: &mut StoreTx, scope: &IdempotencyScope, fingerprint: &[u8; 32], taken: bool) -> Result<Begun, IdempotencyError> {
    if taken { Ok(Begun::New) } else { known(tx, scope, fingerprint) }
}
