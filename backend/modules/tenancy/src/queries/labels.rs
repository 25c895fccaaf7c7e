//! Labels below a platform's domain: the one a store has, and those it had and that still redirect.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;

use crate::schema::store_subdomains::{self, dsl};
use crate::schema::stores;

/// A label of a store.
pub(crate) struct Label<'a> {
    pub(crate) platform: Uuid,
    pub(crate) store: Uuid,
    pub(crate) label: &'a str,
}

/// Whether no store has a code, and none of the platform the label, one that still redirects included.
pub(crate) fn is_free(conn: &mut PgConnection, platform: Uuid, label: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    let named = stores::table.filter(stores::code.eq(label)).filter(stores::deleted_at.is_null());
    let named: bool = diesel::select(exists(named)).get_result(conn)?;
    if named {
        return Ok(false);
    }
    let held = store_subdomains::table
        .filter(dsl::platform_id.eq(platform))
        .filter(dsl::label.eq(label))
        .filter(dsl::redirect_until.is_null().or(dsl::redirect_until.gt(now)));
    let taken: bool = diesel::select(exists(held)).get_result(conn)?;
    Ok(!taken)
}

/// Frees a label whose time of redirecting is over.
pub(crate) fn release_expired(conn: &mut PgConnection, platform: Uuid, label: &str, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(
        store_subdomains::table
            .filter(dsl::platform_id.eq(platform))
            .filter(dsl::label.eq(label))
            .filter(dsl::redirect_until.le(now)),
    )
    .execute(conn)
    .map(|_| ())
}

/// Gives a store a label: a new one, or one that it had before and that still redirects.
/// The unique index refuses a label that another store holds or held.
pub(crate) fn take(conn: &mut PgConnection, id: Uuid, label: &Label<'_>, now: DateTime<Utc>) -> QueryResult<()> {
    let own = store_subdomains::table
        .filter(dsl::store_id.eq(label.store))
        .filter(dsl::label.eq(label.label));
    let revived = diesel::update(own)
        .set(dsl::redirect_until.eq(None::<DateTime<Utc>>))
        .execute(conn)?;
    if revived > 0 {
        return Ok(());
    }
    diesel::insert_into(store_subdomains::table)
        .values((
            dsl::store_id.eq(label.store),
            dsl::id.eq(id),
            dsl::platform_id.eq(label.platform),
            dsl::label.eq(label.label),
            dsl::created_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Lets a label redirect until `until`; so long nobody else can have it.
pub(crate) fn retire(conn: &mut PgConnection, label: &Label<'_>, until: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(
        store_subdomains::table
            .filter(dsl::store_id.eq(label.store))
            .filter(dsl::label.eq(label.label)),
    )
    .set(dsl::redirect_until.eq(until))
    .execute(conn)
    .map(|_| ())
}
