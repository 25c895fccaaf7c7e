//! Whether and how people open stores on platforms by themselves.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::schema::sign_up_policies::{self as policies, dsl};

/// The policy of a platform.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = policies)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct SignUpPolicyRow {
    pub(crate) platform_id: Uuid,
    pub(crate) allowed: bool,
    pub(crate) max_stores: i32,
    pub(crate) terms_url: String,
    pub(crate) terms_version: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

/// That of a platform, where it was ever changed.
pub(crate) fn find(conn: &mut PgConnection, platform: Uuid) -> QueryResult<Option<SignUpPolicyRow>> {
    let one = policies::table.filter(dsl::platform_id.eq(platform));
    one.select(SignUpPolicyRow::as_select()).first(conn).optional()
}

/// Likewise, and held until the transaction ends.
pub(crate) fn lock(conn: &mut PgConnection, platform: Uuid) -> QueryResult<Option<SignUpPolicyRow>> {
    let one = policies::table.filter(dsl::platform_id.eq(platform));
    one.select(SignUpPolicyRow::as_select()).for_update().first(conn).optional()
}

/// Adds the first; a breach of `sign_up_policies_pkey` when somebody was faster.
pub(crate) fn insert(conn: &mut PgConnection, row: &SignUpPolicyRow) -> QueryResult<()> {
    diesel::insert_into(policies::table).values(row).execute(conn).map(|_| ())
}

/// Changes it.
pub(crate) fn update(conn: &mut PgConnection, row: &SignUpPolicyRow) -> QueryResult<()> {
    diesel::update(policies::table.filter(dsl::platform_id.eq(row.platform_id)))
        .set((
            dsl::allowed.eq(row.allowed),
            dsl::max_stores.eq(row.max_stores),
            dsl::terms_url.eq(&row.terms_url),
            dsl::terms_version.eq(&row.terms_version),
            dsl::updated_at.eq(row.updated_at),
            dsl::version.eq(row.version),
        ))
        .execute(conn)
        .map(|_| ())
}
