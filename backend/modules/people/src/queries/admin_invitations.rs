//! Invitations to the administration.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::people::AdminInvitation;
use orion_types::validation::email_spellings;
use uuid::Uuid;

use crate::schema::admin_invitations::{self as invitations, dsl};

/// An invitation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct AdminInvitationRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) super_admin: bool,
    pub(crate) platform_ids: Vec<Uuid>,
    pub(crate) invited_by: String,
    pub(crate) invited_by_id: Uuid,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) sent_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

impl AdminInvitationRow {
    /// As the API shows it.
    pub(crate) fn into_wire(self) -> AdminInvitation {
        AdminInvitation {
            id: self.id.into(),
            email: self.email,
            super_admin: self.super_admin,
            platform_ids: self.platform_ids.into_iter().map(Into::into).collect(),
            invited_by: self.invited_by,
            sent_at: self.sent_at.into(),
            expires_at: self.expires_at.into(),
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            version: self.version,
        }
    }
}

/// All of them, the newest first.
pub(crate) fn list(conn: &mut PgConnection) -> QueryResult<Vec<AdminInvitationRow>> {
    let all = invitations::table.order(dsl::id.desc());
    all.select(AdminInvitationRow::as_select()).load(conn)
}

/// How many there are.
pub(crate) fn count(conn: &mut PgConnection) -> QueryResult<i64> {
    invitations::table.count().get_result(conn)
}

/// One, held until the transaction ends.
pub(crate) fn lock(conn: &mut PgConnection, id: Uuid) -> QueryResult<AdminInvitationRow> {
    let one = invitations::table.filter(dsl::id.eq(id));
    one.select(AdminInvitationRow::as_select()).for_update().first(conn)
}

/// The one of an address, held until the transaction ends.
pub(crate) fn lock_by_email(conn: &mut PgConnection, email: &str) -> QueryResult<Option<AdminInvitationRow>> {
    let one = invitations::table.filter(dsl::email.eq_any(email_spellings(email)));
    one.select(AdminInvitationRow::as_select()).for_update().first(conn).optional()
}

/// The one of a token, while it works.
pub(crate) fn find_by_token(conn: &mut PgConnection, hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<AdminInvitationRow>> {
    let live = invitations::table.filter(dsl::token_hash.eq(hash)).filter(dsl::expires_at.gt(now));
    live.select(AdminInvitationRow::as_select()).first(conn).optional()
}

/// Likewise, and held until the transaction ends: of two who accept at once one finds nothing.
pub(crate) fn lock_by_token(conn: &mut PgConnection, hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<AdminInvitationRow>> {
    let live = invitations::table.filter(dsl::token_hash.eq(hash)).filter(dsl::expires_at.gt(now));
    live.select(AdminInvitationRow::as_select()).for_update().first(conn).optional()
}

/// Adds one; a breach of `admin_invitations_email` when the address has one.
pub(crate) fn insert(conn: &mut PgConnection, row: &AdminInvitationRow) -> QueryResult<()> {
    diesel::insert_into(invitations::table).values(row).execute(conn).map(|_| ())
}

/// Gives one another token, another time and whoever sends it.
pub(crate) fn renew(conn: &mut PgConnection, row: &AdminInvitationRow) -> QueryResult<()> {
    diesel::update(invitations::table.filter(dsl::id.eq(row.id)))
        .set((
            dsl::invited_by.eq(&row.invited_by),
            dsl::invited_by_id.eq(row.invited_by_id),
            dsl::token_hash.eq(&row.token_hash),
            dsl::sent_at.eq(row.sent_at),
            dsl::expires_at.eq(row.expires_at),
            dsl::updated_at.eq(row.updated_at),
            dsl::version.eq(row.version),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Removes one.
pub(crate) fn delete(conn: &mut PgConnection, id: Uuid) -> QueryResult<()> {
    diesel::delete(invitations::table.filter(dsl::id.eq(id))).execute(conn).map(|_| ())
}
