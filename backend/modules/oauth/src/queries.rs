//! Statements over programs, consents, codes and tokens.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use orion_framework::db::{PlatformTx, StoreTx};
use uuid::Uuid;

use crate::model::{ACCESS, ClientRow, CodeRow, GrantRow, REFRESH, TokenRow};
use crate::schema::{oauth_clients, oauth_codes, oauth_grants, oauth_tokens};

/// The rows of the store.
macro_rules! own {
    ($table:ident, $tx:expr) => {
        $table::table.filter($table::store_id.eq($tx.store_id()))
    };
}

/// A grant with its program.
pub(crate) type Granted = (GrantRow, ClientRow);

/// Adds a program.
pub(crate) fn insert_client(tx: &mut StoreTx, row: &ClientRow) -> QueryResult<()> {
    diesel::insert_into(oauth_clients::table).values(row).execute(tx.conn()).map(|_| ())
}

/// Keeps what a document says of a program, the newest of it; the program's id.
pub(crate) fn keep_document(tx: &mut StoreTx, row: &ClientRow) -> QueryResult<Uuid> {
    diesel::insert_into(oauth_clients::table)
        .values(row)
        .on_conflict((oauth_clients::store_id, oauth_clients::client_id))
        .do_update()
        .set((
            oauth_clients::name.eq(&row.name),
            oauth_clients::redirect_uris.eq(&row.redirect_uris),
            oauth_clients::updated_at.eq(row.updated_at),
        ))
        .returning(oauth_clients::id)
        .get_result(tx.conn())
}

/// A registered program by its id.
pub(crate) fn registered(tx: &mut StoreTx, id: Uuid) -> QueryResult<ClientRow> {
    own!(oauth_clients, tx)
        .filter(oauth_clients::id.eq(id))
        .filter(oauth_clients::by_document.eq(false))
        .select(ClientRow::as_select())
        .first(tx.conn())
}

/// A registered program, held until the transaction ends.
pub(crate) fn lock_registered(tx: &mut StoreTx, id: Uuid) -> QueryResult<ClientRow> {
    own!(oauth_clients, tx)
        .filter(oauth_clients::id.eq(id))
        .filter(oauth_clients::by_document.eq(false))
        .select(ClientRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
}

/// Writes name and addresses of a program anew.
pub(crate) fn update_client(tx: &mut StoreTx, row: &ClientRow) -> QueryResult<()> {
    diesel::update(own!(oauth_clients, tx).filter(oauth_clients::id.eq(row.id)))
        .set((
            oauth_clients::name.eq(&row.name),
            oauth_clients::redirect_uris.eq(&row.redirect_uris),
            oauth_clients::updated_at.eq(row.updated_at),
            oauth_clients::version.eq(row.version),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// The registered programs, newest first.
pub(crate) fn list_registered(tx: &mut StoreTx) -> QueryResult<Vec<ClientRow>> {
    own!(oauth_clients, tx)
        .filter(oauth_clients::by_document.eq(false))
        .order(oauth_clients::id.desc())
        .select(ClientRow::as_select())
        .load(tx.conn())
}

/// How many programs are registered.
pub(crate) fn count_registered(tx: &mut StoreTx) -> QueryResult<i64> {
    own!(oauth_clients, tx)
        .filter(oauth_clients::by_document.eq(false))
        .count()
        .get_result(tx.conn())
}

/// Takes a program away, with all consents to it.
pub(crate) fn delete_client(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    diesel::delete(own!(oauth_clients, tx).filter(oauth_clients::id.eq(id)))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds a consent.
pub(crate) fn insert_grant(tx: &mut StoreTx, row: &GrantRow) -> QueryResult<()> {
    diesel::insert_into(oauth_grants::table).values(row).execute(tx.conn()).map(|_| ())
}

/// How many consents of somebody are running.
pub(crate) fn count_grants(tx: &mut StoreTx, user: Uuid) -> QueryResult<i64> {
    let now = tx.now();
    own!(oauth_grants, tx)
        .filter(oauth_grants::user_id.eq(user))
        .filter(oauth_grants::expires_at.gt(now))
        .count()
        .get_result(tx.conn())
}

/// The first so many consents that are running, newest first: those of one person where one is named, and older ones than one where that is.
pub(crate) fn list_grants(tx: &mut StoreTx, of: Option<Uuid>, before: Option<Uuid>, limit: i64) -> QueryResult<Vec<Granted>> {
    let now = tx.now();
    let its_client = oauth_clients::store_id
        .eq(oauth_grants::store_id)
        .and(oauth_clients::id.eq(oauth_grants::client_id));
    let mut query = own!(oauth_grants, tx)
        .inner_join(oauth_clients::table.on(its_client))
        .filter(oauth_grants::expires_at.gt(now))
        .order(oauth_grants::id.desc())
        .limit(limit)
        .select((GrantRow::as_select(), ClientRow::as_select()))
        .into_boxed();
    if let Some(user) = of {
        query = query.filter(oauth_grants::user_id.eq(user));
    }
    if let Some(before) = before {
        query = query.filter(oauth_grants::id.lt(before));
    }
    query.load(tx.conn())
}

/// A consent with its program, held until the transaction ends.
pub(crate) fn lock_grant(tx: &mut StoreTx, id: Uuid) -> QueryResult<Granted> {
    let grant = own!(oauth_grants, tx)
        .filter(oauth_grants::id.eq(id))
        .select(GrantRow::as_select())
        .for_update()
        .first(tx.conn())?;
    let client = client_of(tx, &grant)?;
    Ok((grant, client))
}

/// A consent with its program.
pub(crate) fn grant(tx: &mut StoreTx, id: Uuid) -> QueryResult<Granted> {
    let grant = own!(oauth_grants, tx)
        .filter(oauth_grants::id.eq(id))
        .select(GrantRow::as_select())
        .first(tx.conn())?;
    let client = client_of(tx, &grant)?;
    Ok((grant, client))
}

fn client_of(tx: &mut StoreTx, grant: &GrantRow) -> QueryResult<ClientRow> {
    own!(oauth_clients, tx)
        .filter(oauth_clients::id.eq(grant.client_id))
        .select(ClientRow::as_select())
        .first(tx.conn())
}

/// Takes a consent away, with its codes and tokens.
pub(crate) fn delete_grant(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    diesel::delete(own!(oauth_grants, tx).filter(oauth_grants::id.eq(id)))
        .execute(tx.conn())
        .map(|_| ())
}

/// Takes all consents of somebody away, in every store; store, id and person of each.
pub(crate) fn delete_grants_of(tx: &mut PlatformTx, user: Uuid) -> QueryResult<Vec<(Uuid, Uuid, String)>> {
    diesel::delete(oauth_grants::table.filter(oauth_grants::user_id.eq(user)))
        .returning((oauth_grants::store_id, oauth_grants::id, oauth_grants::person))
        .get_results(tx.conn())
}

/// Says until when a consent runs, unless it is used again.
pub(crate) fn prolong(tx: &mut StoreTx, id: Uuid, until: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(own!(oauth_grants, tx).filter(oauth_grants::id.eq(id)))
        .set(oauth_grants::expires_at.eq(until))
        .execute(tx.conn())
        .map(|_| ())
}

/// Notes the use of a consent, unless another server has done so within a while.
pub(crate) fn note_use(tx: &mut StoreTx, id: Uuid, ip: &str, since_last: TimeDelta) -> QueryResult<()> {
    let now = tx.now();
    let is_due = oauth_grants::last_used_at
        .is_null()
        .or(oauth_grants::last_used_at.le(now - since_last));
    diesel::update(own!(oauth_grants, tx).filter(oauth_grants::id.eq(id)).filter(is_due))
        .set((oauth_grants::last_used_at.eq(now), oauth_grants::last_used_ip.eq(ip)))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds a code.
pub(crate) fn insert_code(tx: &mut StoreTx, row: &CodeRow) -> QueryResult<()> {
    diesel::insert_into(oauth_codes::table).values(row).execute(tx.conn()).map(|_| ())
}

/// A code by its hash.
pub(crate) fn code(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<CodeRow>> {
    own!(oauth_codes, tx)
        .filter(oauth_codes::code_hash.eq(hash))
        .select(CodeRow::as_select())
        .first(tx.conn())
        .optional()
}

/// Notes that a code was changed for tokens.
pub(crate) fn use_code(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<()> {
    let now = tx.now();
    diesel::update(own!(oauth_codes, tx).filter(oauth_codes::code_hash.eq(hash)))
        .set(oauth_codes::used_at.eq(now))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds tokens.
pub(crate) fn insert_tokens(tx: &mut StoreTx, rows: &[TokenRow]) -> QueryResult<()> {
    diesel::insert_into(oauth_tokens::table).values(rows).execute(tx.conn()).map(|_| ())
}

/// A refresh token by its hash, or whatever token it is of where `any`.
pub(crate) fn token(tx: &mut StoreTx, hash: &[u8], any: bool) -> QueryResult<Option<TokenRow>> {
    let mut query = own!(oauth_tokens, tx)
        .filter(oauth_tokens::token_hash.eq(hash))
        .select(TokenRow::as_select())
        .into_boxed();
    if !any {
        query = query.filter(oauth_tokens::kind.eq(REFRESH));
    }
    query.first(tx.conn()).optional()
}

/// Notes that a refresh token was changed for others.
pub(crate) fn use_token(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<()> {
    let now = tx.now();
    diesel::update(own!(oauth_tokens, tx).filter(oauth_tokens::token_hash.eq(hash)))
        .set(oauth_tokens::used_at.eq(now))
        .execute(tx.conn())
        .map(|_| ())
}

/// Whether a refresh token of a consent was changed for others after a moment.
pub(crate) fn is_changed_since(tx: &mut StoreTx, grant: Uuid, moment: DateTime<Utc>) -> QueryResult<bool> {
    let later = own!(oauth_tokens, tx)
        .filter(oauth_tokens::grant_id.eq(grant))
        .filter(oauth_tokens::kind.eq(REFRESH))
        .filter(oauth_tokens::used_at.gt(moment));
    diesel::select(diesel::dsl::exists(later)).get_result(tx.conn())
}

/// Takes back what was given for a refresh token since it was changed for the first time: access tokens go, and refresh tokens count as used then.
pub(crate) fn take_back(tx: &mut StoreTx, grant: Uuid, changed_at: DateTime<Utc>) -> QueryResult<()> {
    let access = own!(oauth_tokens, tx)
        .filter(oauth_tokens::grant_id.eq(grant))
        .filter(oauth_tokens::issued_at.ge(changed_at))
        .filter(oauth_tokens::kind.eq(ACCESS));
    diesel::delete(access).execute(tx.conn())?;
    let unused = own!(oauth_tokens, tx)
        .filter(oauth_tokens::grant_id.eq(grant))
        .filter(oauth_tokens::kind.eq(REFRESH))
        .filter(oauth_tokens::used_at.is_null());
    diesel::update(unused)
        .set(oauth_tokens::used_at.eq(changed_at))
        .execute(tx.conn())
        .map(|_| ())
}

/// What the gate needs of an access token that is good now: its rights, its consent, the program's name.
pub(crate) fn opened(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<(Vec<String>, GrantRow, String)>> {
    let now = tx.now();
    let its_grant = oauth_grants::store_id
        .eq(oauth_tokens::store_id)
        .and(oauth_grants::id.eq(oauth_tokens::grant_id));
    let its_client = oauth_clients::store_id
        .eq(oauth_grants::store_id)
        .and(oauth_clients::id.eq(oauth_grants::client_id));
    own!(oauth_tokens, tx)
        .inner_join(oauth_grants::table.on(its_grant))
        .inner_join(oauth_clients::table.on(its_client))
        .filter(oauth_tokens::token_hash.eq(hash))
        .filter(oauth_tokens::kind.eq(ACCESS))
        .filter(oauth_tokens::expires_at.gt(now))
        .filter(oauth_grants::expires_at.gt(now))
        .select((oauth_tokens::scopes, GrantRow::as_select(), oauth_clients::name))
        .first(tx.conn())
        .optional()
}
