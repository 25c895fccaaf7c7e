//! Links that prove addresses of users.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::auth::UserArea;
use uuid::Uuid;

use crate::schema::user_email_links::{self as links, dsl};

/// What a link proves, and for whom.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = links)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct LinkRow {
    pub(crate) user_id: Uuid,
    pub(crate) email: String,
    /// The session that asked.
    pub(crate) asked_in: Option<Uuid>,
}

/// When links were sent since a time for the account or to the address, the newest first.
pub(crate) fn list_times_since(conn: &mut PgConnection, link: &LinkRow, since: DateTime<Utc>) -> QueryResult<Vec<DateTime<Utc>>> {
    links::table
        .filter(dsl::user_id.eq(link.user_id).or(dsl::email.eq(&link.email)))
        .filter(dsl::created_at.gt(since))
        .order(dsl::created_at.desc())
        .select(dsl::created_at)
        .load(conn)
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
pub(crate) struct NewLink<'a> {
    pub(crate) id: Uuid,
    pub(crate) area: UserArea,
    pub(crate) link: &'a LinkRow,
    /// Without one it is only counted.
    pub(crate) token_hash: Option<Vec<u8>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

/// Adds a link.
pub(crate) fn insert(conn: &mut PgConnection, new: NewLink<'_>) -> QueryResult<()> {
    diesel::insert_into(links::table)
        .values((
            dsl::id.eq(new.id),
            dsl::user_id.eq(new.link.user_id),
            dsl::area.eq(new.area.audience().as_str()),
            dsl::email.eq(&new.link.email),
            dsl::asked_in.eq(new.link.asked_in),
            dsl::token_hash.eq(new.token_hash),
            dsl::created_at.eq(new.created_at),
            dsl::expires_at.eq(new.expires_at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// What a token proves in an area, while it works.
pub(crate) fn find(conn: &mut PgConnection, area: UserArea, hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<LinkRow>> {
    links::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::area.eq(area.audience().as_str()))
        .filter(dsl::expires_at.gt(now))
        .select(LinkRow::as_select())
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
