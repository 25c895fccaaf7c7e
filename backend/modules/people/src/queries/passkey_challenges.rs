//! What devices are to sign, each once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::schema::passkey_challenges::{self, dsl};

/// Who is to answer, and where.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Whose passkey is to be made; nobody where somebody signs in.
    pub(crate) user: Option<Uuid>,
    pub(crate) area: &'static str,
    pub(crate) host: String,
}

/// Keeps one until it is answered or its time is over.
pub(crate) fn insert(
    conn: &mut PgConnection,
    id: Uuid,
    asked: &Asked,
    (token_hash, state): (&[u8], &Value),
    (now, end): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<()> {
    diesel::insert_into(passkey_challenges::table)
        .values((
            dsl::id.eq(id),
            dsl::user_id.eq(asked.user),
            dsl::area.eq(asked.area),
            dsl::host.eq(&asked.host),
            dsl::token_hash.eq(token_hash),
            dsl::state.eq(state),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(end),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Takes one away, whoever answers it and however: of two who come with the same one, one gets it.
pub(crate) fn take(conn: &mut PgConnection, token_hash: &[u8], asked: &Asked, now: DateTime<Utc>) -> QueryResult<Option<Value>> {
    let challenge = passkey_challenges::table
        .filter(dsl::token_hash.eq(token_hash))
        .filter(dsl::user_id.is_not_distinct_from(asked.user))
        .filter(dsl::area.eq(asked.area))
        .filter(dsl::host.eq(&asked.host))
        .filter(dsl::expires_at.gt(now));
    diesel::delete(challenge).returning(dsl::state).get_result(conn).optional()
}
