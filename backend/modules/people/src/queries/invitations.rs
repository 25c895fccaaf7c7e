//! Invitations to the team of the store at hand.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use orion_types::team::Invitation;
use orion_types::validation::email_spellings;
use uuid::Uuid;

use crate::schema::team_invitations::{self as invitations, dsl};

/// An invitation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct InvitationRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) role: String,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) sent_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
    pub(crate) role_id: Option<Uuid>,
}

impl InvitationRow {
    /// As the API shows it, with the name of a role of the store's own; `None` for a role that this build does not know.
    pub(crate) fn into_wire(self, role_name: Option<String>) -> Option<Invitation> {
        Some(Invitation {
            id: self.id.into(),
            role: self.role.parse().ok()?,
            role_id: self.role_id.map(Into::into),
            role_name,
            email: self.email,
            sent_at: self.sent_at.into(),
            expires_at: self.expires_at.into(),
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            version: self.version,
        })
    }
}

/// All of them, newest first.
pub(crate) fn list(tx: &mut StoreTx) -> QueryResult<Vec<InvitationRow>> {
    invitations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .order(dsl::id.desc())
        .select(InvitationRow::as_select())
        .load(tx.conn())
}

/// How many there are.
pub(crate) fn count(tx: &mut StoreTx) -> QueryResult<i64> {
    invitations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .count()
        .get_result(tx.conn())
}

/// One, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<InvitationRow> {
    let query = invitations::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    query.select(InvitationRow::as_select()).for_update().first(tx.conn())
}

/// The one of an address, held until the transaction ends.
pub(crate) fn lock_by_email(tx: &mut StoreTx, email: &str) -> QueryResult<Option<InvitationRow>> {
    let query = invitations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::email.eq_any(email_spellings(email)));
    let query = query.select(InvitationRow::as_select()).for_update();
    query.first(tx.conn()).optional()
}

/// The one of a token, while it works.
pub(crate) fn find_by_token(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<InvitationRow>> {
    invitations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()))
        .select(InvitationRow::as_select())
        .first(tx.conn())
        .optional()
}

/// Likewise, and held until the transaction ends: of two who accept at once one finds nothing.
pub(crate) fn lock_by_token(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<InvitationRow>> {
    let query = invitations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()));
    let query = query.select(InvitationRow::as_select()).for_update();
    query.first(tx.conn()).optional()
}

/// Adds one.
pub(crate) fn insert(tx: &mut StoreTx, row: &InvitationRow) -> QueryResult<()> {
    diesel::insert_into(invitations::table).values(row).execute(tx.conn()).map(|_| ())
}

/// Gives one another token and another time.
pub(crate) fn renew(tx: &mut StoreTx, row: &InvitationRow) -> QueryResult<()> {
    let query = invitations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(row.id));
    diesel::update(query)
        .set((
            dsl::token_hash.eq(&row.token_hash),
            dsl::sent_at.eq(row.sent_at),
            dsl::expires_at.eq(row.expires_at),
            dsl::updated_at.eq(row.updated_at),
            dsl::version.eq(row.version),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Removes one.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let query = invitations::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    diesel::delete(query).execute(tx.conn()).map(|_| ())
}
