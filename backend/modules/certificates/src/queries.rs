//! Statements over accounts, challenges and certificates.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::model::{Given, State, Wanted};
use crate::schema::{acme_accounts, acme_challenges, certificates};

/// An account at an authority.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = acme_accounts)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct Account {
    pub(crate) sealed_credentials: Option<Vec<u8>>,
    pub(crate) failures: i32,
    pub(crate) failure: Option<String>,
    pub(crate) due_at: DateTime<Utc>,
}

/// The account at the authority with a directory.
pub(crate) fn account(conn: &mut PgConnection, directory: &str) -> QueryResult<Option<Account>> {
    let query = acme_accounts::table.find(directory).select(Account::as_select());
    query.first(conn).optional()
}

/// Notes that an account is wanted, or asked for again at `due_at`.
pub(crate) fn want_account(conn: &mut PgConnection, directory: &str, now: DateTime<Utc>, due_at: DateTime<Utc>) -> QueryResult<()> {
    use acme_accounts::dsl;
    diesel::insert_into(acme_accounts::table)
        .values((
            dsl::directory.eq(directory),
            dsl::due_at.eq(due_at),
            dsl::created_at.eq(now),
            dsl::updated_at.eq(now),
        ))
        .on_conflict(dsl::directory)
        .do_update()
        .set((dsl::due_at.eq(due_at), dsl::updated_at.eq(now)))
        .execute(conn)
        .map(|_| ())
}

/// Keeps the credentials of an account that was opened.
pub(crate) fn keep_account(conn: &mut PgConnection, directory: &str, sealed: &[u8], now: DateTime<Utc>) -> QueryResult<()> {
    use acme_accounts::dsl;
    diesel::update(acme_accounts::table.find(directory))
        .set((
            dsl::sealed_credentials.eq(sealed),
            dsl::failures.eq(0),
            dsl::failure.eq(None::<String>),
            dsl::due_at.eq(now),
            dsl::updated_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Asks for nothing by an account until a time.
pub(crate) fn pause_account(conn: &mut PgConnection, directory: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> QueryResult<()> {
    use acme_accounts::dsl;
    diesel::update(acme_accounts::table.find(directory).filter(dsl::due_at.lt(until)))
        .set((dsl::due_at.eq(until), dsl::updated_at.eq(now)))
        .execute(conn)
        .map(|_| ())
}

/// Notes why an account could not be opened, and when it is tried again.
pub(crate) fn refuse_account(
    conn: &mut PgConnection,
    directory: &str,
    (failures, failure): (i32, &str),
    (now, due_at): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<()> {
    use acme_accounts::dsl;
    diesel::update(acme_accounts::table.find(directory))
        .set((
            dsl::failures.eq(failures),
            dsl::failure.eq(failure),
            dsl::due_at.eq(due_at),
            dsl::updated_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Publishes the answer to a challenge.
pub(crate) fn publish(conn: &mut PgConnection, host: &str, (token, answer): (&str, &str), expires_at: DateTime<Utc>) -> QueryResult<()> {
    use acme_challenges::dsl;
    diesel::insert_into(acme_challenges::table)
        .values((
            dsl::token.eq(token),
            dsl::host.eq(host),
            dsl::answer.eq(answer),
            dsl::expires_at.eq(expires_at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|_| ())
}

/// What a challenge of a host is answered with.
pub(crate) fn answer(conn: &mut PgConnection, host: &str, token: &str, now: DateTime<Utc>) -> QueryResult<Option<String>> {
    use acme_challenges::dsl;
    let query = acme_challenges::table.filter(dsl::token.eq(token)).filter(dsl::host.eq(host));
    query.filter(dsl::expires_at.gt(now)).select(dsl::answer).first(conn).optional()
}

/// Takes the challenges of a host back.
pub(crate) fn withdraw(conn: &mut PgConnection, host: &str) -> QueryResult<()> {
    use acme_challenges::dsl;
    let of_host = acme_challenges::table.filter(dsl::host.eq(host));
    diesel::delete(of_host).execute(conn).map(|_| ())
}

/// A host belongs to one store at a time: where it has moved, its certificate moves along.
const MOVE: &str = "\
UPDATE certificates c SET store_id = wanted.store_id, updated_at = $3 FROM unnest($1, $2) AS wanted (store_id, host) \
WHERE c.host = wanted.host AND c.store_id <> wanted.store_id \
AND NOT EXISTS (SELECT FROM certificates there WHERE there.store_id = wanted.store_id AND there.host = wanted.host)";

const FORGET: &str = "\
DELETE FROM certificates c WHERE NOT EXISTS ( \
    SELECT FROM unnest($1, $2) AS wanted (store_id, host) WHERE wanted.store_id = c.store_id AND wanted.host = c.host)";

const WANT: &str = "\
INSERT INTO certificates (store_id, host, due_at, created_at, updated_at) \
SELECT wanted.store_id, wanted.host, $3, $3, $3 FROM unnest($1, $2) AS wanted (store_id, host) \
WHERE NOT EXISTS (SELECT FROM certificates there WHERE there.store_id = wanted.store_id AND there.host = wanted.host) \
ON CONFLICT DO NOTHING";

/// Makes the rows those of the hosts that want a certificate, and says whether some have gone.
pub(crate) fn want_only(conn: &mut PgConnection, stores: &[Uuid], hosts: &[String], now: DateTime<Utc>) -> QueryResult<bool> {
    let run = |conn: &mut PgConnection, sql: &str| {
        diesel::sql_query(sql)
            .bind::<Array<SqlUuid>, _>(stores)
            .bind::<Array<Text>, _>(hosts)
            .bind::<Timestamptz, _>(now)
            .execute(conn)
    };
    run(conn, MOVE)?;
    let gone = diesel::sql_query(FORGET)
        .bind::<Array<SqlUuid>, _>(stores)
        .bind::<Array<Text>, _>(hosts)
        .execute(conn)?;
    run(conn, WANT)?;
    Ok(gone > 0)
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = SqlUuid)]
    store_id: Uuid,
    #[diesel(sql_type = Text)]
    host: String,
}

/// Those that have waited longest; each is due again at `again` should nothing come of it.
const TAKE_DUE: &str = "\
UPDATE certificates c SET due_at = $2 \
FROM (SELECT store_id, host FROM certificates WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED) AS due \
WHERE c.store_id = due.store_id AND c.host = due.host RETURNING c.store_id, c.host";

/// Store and host of certificates to be asked for, at most so many.
pub(crate) fn take_due(
    conn: &mut PgConnection,
    (now, again): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> QueryResult<Vec<(Uuid, String)>> {
    let due: Vec<Due> = diesel::sql_query(TAKE_DUE)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(again)
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    Ok(due.into_iter().map(|due| (due.store_id, due.host)).collect())
}

/// What is needed to ask for a host's certificate; `None` where nobody wants one any more.
pub(crate) fn wanted(conn: &mut PgConnection, store: Uuid, host: &str) -> QueryResult<Option<Wanted>> {
    let query = certificates::table.find((store, host)).select(Wanted::as_select());
    query.first(conn).optional()
}

/// Notes the order that is under way.
pub(crate) fn note_order(conn: &mut PgConnection, (store, host): (Uuid, &str), url: &str, now: DateTime<Utc>) -> QueryResult<()> {
    use certificates::dsl;
    diesel::update(certificates::table.find((store, host)))
        .set((dsl::order_url.eq(url), dsl::updated_at.eq(now)))
        .execute(conn)
        .map(|_| ())
}

/// Keeps what was given; false where nobody wants it any more.
pub(crate) fn keep(conn: &mut PgConnection, (store, host): (Uuid, &str), given: &Given, now: DateTime<Utc>) -> QueryResult<bool> {
    use certificates::dsl;
    let kept = diesel::update(certificates::table.find((store, host)))
        .set((
            dsl::chain.eq(&given.chain),
            dsl::sealed_key.eq(&given.sealed_key),
            dsl::issuer.eq(&given.issuer),
            dsl::valid_from.eq(given.valid_from),
            dsl::valid_until.eq(given.valid_until),
            dsl::issued_at.eq(now),
            dsl::due_at.eq(given.due_at),
            dsl::order_url.eq(None::<String>),
            dsl::failures.eq(0),
            dsl::failure.eq(None::<String>),
            dsl::failed_at.eq(None::<DateTime<Utc>>),
            dsl::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(kept > 0)
}

/// Notes why nothing was given, and when it is tried again. An order that has failed is over.
pub(crate) fn refuse(
    conn: &mut PgConnection,
    (store, host): (Uuid, &str),
    (failures, failure): (i32, &str),
    (now, due_at): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<()> {
    use certificates::dsl;
    diesel::update(certificates::table.find((store, host)))
        .set((
            dsl::failures.eq(failures),
            dsl::failure.eq(failure),
            dsl::failed_at.eq(now),
            dsl::due_at.eq(due_at),
            dsl::order_url.eq(None::<String>),
            dsl::updated_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// How it stands with the store's own, by host.
pub(crate) fn of_store(tx: &mut StoreTx) -> QueryResult<Vec<State>> {
    use certificates::dsl;
    let store = tx.store_id();
    certificates::table
        .filter(dsl::store_id.eq(store))
        .order(dsl::host)
        .select(State::as_select())
        .load(tx.conn())
}

/// How it stands with all of them, by host.
pub(crate) fn of_all(conn: &mut PgConnection) -> QueryResult<Vec<State>> {
    let query = certificates::table.order(certificates::host).select(State::as_select());
    query.load(conn)
}

/// A host, and when something of it is.
pub(crate) type Dated = (String, DateTime<Utc>);

/// How many certificates end before a time, and the first of their hosts with when it ends.
pub(crate) fn ending(conn: &mut PgConnection, before: DateTime<Utc>) -> QueryResult<(i64, Option<Dated>)> {
    use certificates::dsl;
    let ends = || certificates::table.filter(dsl::valid_until.lt(before));
    let first = ends()
        .order((dsl::valid_until, dsl::host))
        .select((dsl::host, dsl::valid_until.assume_not_null()))
        .first(conn)
        .optional()?;
    Ok((ends().count().get_result(conn)?, first))
}

/// Hosts with a certificate, and when each was given.
pub(crate) fn given(conn: &mut PgConnection) -> QueryResult<Vec<Dated>> {
    use certificates::dsl;
    certificates::table
        .filter(dsl::issued_at.is_not_null())
        .select((dsl::host, dsl::issued_at.assume_not_null()))
        .load(conn)
}

/// A certificate as it is kept: host, when it was given, chain and key.
pub(crate) type Kept = (String, DateTime<Utc>, String, Vec<u8>);

/// Chains and keys of some hosts.
pub(crate) fn kept(conn: &mut PgConnection, hosts: &[&str]) -> QueryResult<Vec<Kept>> {
    use certificates::dsl;
    certificates::table
        .filter(dsl::host.eq_any(hosts))
        .filter(dsl::issued_at.is_not_null())
        .select((
            dsl::host,
            dsl::issued_at.assume_not_null(),
            dsl::chain.assume_not_null(),
            dsl::sealed_key.assume_not_null(),
        ))
        .load(conn)
}

/// Makes the certificate of a host due at once; its store, where it has a row.
pub(crate) fn hasten(conn: &mut PgConnection, host: &str, now: DateTime<Utc>) -> QueryResult<Option<Uuid>> {
    use certificates::dsl;
    diesel::update(certificates::table.filter(dsl::host.eq(host)))
        .set((dsl::due_at.eq(now), dsl::updated_at.eq(now)))
        .returning(dsl::store_id)
        .get_result(conn)
        .optional()
}

/// Tells every server, once the transaction has committed, that there are other certificates to show.
pub(crate) fn announce(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_notify('orion', 'certificates')")
        .execute(conn)
        .map(|_| ())
}
