//! Links that prove addresses of users.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::auth::UserArea;
use uuid::Uuid;

use crate::schema::user_email_links::{self as links, dsl};

/// What a link proves, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct LinkRow {
    pub(crate) user_id: Uuid,
    pub(crate) email: String,
}

/// When links were sent since a time for the account, or to an address that it would like to have, the newest first. What others asked for takes
/// nothing from the account's own address.
pub(crate) fn list_times_since(
    conn: &mut PgConnection,
    link: &LinkRow,
    own: bool,
    since: DateTime<Utc>,
) -> QueryResult<Vec<DateTime<Utc>>> {
    let mut sent = links::table.into_boxed();
    sent = if own {
        sent.filter(dsl::user_id.eq(link.user_id))
    } else {
        sent.filter(dsl::user_id.eq(link.user_id).or(dsl::email.eq(&link.email)))
    };
    sent.filter(dsl::created_at.gt(since))
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
            dsl::token_hash.eq(new.token_hash),
            dsl::created_at.eq(new.created_at),
            dsl::expires_at.eq(new.expires_at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Uses a link of somebody up, while it works, and says which address it proves; of two who follow it at once one hears that it was used.
pub(crate) fn take(
    conn: &mut PgConnection,
    (area, user): (UserArea, Uuid),
    hash: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<Option<String>> {
    let live = links::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::user_id.eq(user))
        .filter(dsl::area.eq(area.audience().as_str()))
        .filter(dsl::expires_at.gt(now));
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .returning(dsl::email)
        .get_result(conn)
        .optional()
}
