//! Links of users.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::auth::UserArea;
use uuid::Uuid;

use crate::schema::user_password_links::{self as links, dsl};

/// How many links somebody was sent since a time.
pub(crate) fn count_since(conn: &mut PgConnection, user: Uuid, since: DateTime<Utc>) -> QueryResult<i64> {
    links::table
        .filter(dsl::user_id.eq(user))
        .filter(dsl::created_at.gt(since))
        .count()
        .get_result(conn)
}

/// Ends all links of somebody, in both areas.
pub(crate) fn void(conn: &mut PgConnection, user: Uuid) -> QueryResult<()> {
    let live = links::table.filter(dsl::user_id.eq(user)).filter(dsl::token_hash.is_not_null());
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .execute(conn)
        .map(|_| ())
}

/// A link to be added.
pub(crate) struct NewLink {
    pub(crate) id: Uuid,
    pub(crate) user: Uuid,
    pub(crate) area: UserArea,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

/// Adds a link.
pub(crate) fn insert(conn: &mut PgConnection, link: NewLink) -> QueryResult<()> {
    diesel::insert_into(links::table)
        .values((
            dsl::id.eq(link.id),
            dsl::user_id.eq(link.user),
            dsl::area.eq(link.area.audience().as_str()),
            dsl::token_hash.eq(link.token_hash),
            dsl::created_at.eq(link.created_at),
            dsl::expires_at.eq(link.expires_at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Whose link it is, while it works.
pub(crate) fn find(conn: &mut PgConnection, area: UserArea, hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<Uuid>> {
    links::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::area.eq(area.audience().as_str()))
        .filter(dsl::expires_at.gt(now))
        .select(dsl::user_id)
        .first(conn)
        .optional()
}

/// Uses a link up; of two who follow it at once one hears that it was.
pub(crate) fn take(conn: &mut PgConnection, area: UserArea, hash: &[u8], now: DateTime<Utc>) -> QueryResult<bool> {
    let live = links::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::area.eq(area.audience().as_str()))
        .filter(dsl::expires_at.gt(now));
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .execute(conn)
        .map(|used| used == 1)
}
