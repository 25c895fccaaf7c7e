//! SQL over carts. Whoever changes a line writes the cart's row first, so that two tabs and a checkout take turns and see that
//! something has changed.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, Timestamptz, Uuid as SqlUuid};
use orion_framework::auth::cookie::CART_LIFETIME;
use orion_framework::catalog_version;
use orion_framework::db::{DbError, PlatformTx, Statement, StatementText, StoreTx};
use orion_framework::tenancy::list_store_ids;
use uuid::Uuid;

use crate::model::cart::{CartLineRow, CartRow};
use crate::schema::{cart_items, carts};
use crate::service::owner::CartOwner;

/// Most orders of one buyer that are looked at because they wait for their payment.
const MOST_UNPAID: i64 = 10;

/// Until when a cart lives that is used now: to the full hour, so that one that is changed again and again says the same and leaves its
/// index alone.
fn lives_until(now: DateTime<Utc>) -> DateTime<Utc> {
    let until = now + CART_LIFETIME;
    until.duration_round_up(TimeDelta::hours(1)).unwrap_or(until)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

struct FindCart;

impl StatementText for FindCart {
    // A guest finds only what no account has claimed: after signing out, the next person at the computer sees an empty cart.
    const SQL: &'static str = concat!(
        ",
cart AS (
    SELECT id FROM carts WHERE store_id = $1 AND status = 'open' AND customer_id = $2
    UNION ALL
    SELECT id FROM carts WHERE store_id = $1 AND status = 'open' AND token_hash = $3 AND customer_id IS NULL AND expires_at > $4
    LIMIT 1
)
SELECT c.id, ",
        catalog_version!(),
        ", i.id, i.variant_id, i.quantity, i.seen_price_minor
FROM cart c LEFT JOIN cart_items i ON i.store_id = $1 AND i.cart_id = c.id
ORDER BY i.created_at, i.id"
    );
    type Row = (
        SqlUuid,
        Nullable<BigInt>,
        Nullable<SqlUuid>,
        Nullable<SqlUuid>,
        Nullable<Integer>,
        Nullable<BigInt>,
    );
}

type FoundRow = (Uuid, Option<i64>, Option<Uuid>, Option<Uuid>, Option<i32>, Option<i64>);

/// The owner's open cart; that of the account comes before that of the browser, which counts only until it expires.
pub fn find_cart(tx: &mut StoreTx, owner: &CartOwner) -> Result<Option<CartRow>, DbError> {
    Ok(find_versioned_cart(tx, owner)?.map(|(cart, _)| cart))
}

/// Likewise, with the version of what the shop sells, from before anything of that was read.
pub fn find_versioned_cart(tx: &mut StoreTx, owner: &CartOwner) -> Result<Option<(CartRow, i64)>, DbError> {
    if !owner.is_known() {
        return Ok(None);
    }
    let statement = Statement::<FindCart, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        owner.customer_id.into_sql::<Nullable<SqlUuid>>(),
        owner.token_hash.clone().into_sql::<Nullable<Binary>>(),
        tx.now().into_sql::<Timestamptz>(),
    ));
    let rows: Vec<FoundRow> = statement.load(tx.conn())?;
    let Some((id, version, ..)) = rows.first().copied() else {
        return Ok(None);
    };
    let line = |(_, _, id, variant_id, quantity, seen_price_minor): FoundRow| {
        Some(CartLineRow {
            id: id?,
            variant_id: variant_id?,
            quantity: quantity?,
            seen_price_minor: seen_price_minor?,
        })
    };
    let lines = rows.into_iter().filter_map(line).collect();
    Ok(Some((CartRow { id, lines }, version.ok_or(DbError::NotFound)?)))
}

/// The lines of a cart whose row is locked, oldest first.
pub fn list_lines(tx: &mut StoreTx, cart_id: Uuid) -> Result<Vec<CartLineRow>, DbError> {
    let rows: Vec<(Uuid, Uuid, i32, i64)> = cart_items::table
        .filter(cart_items::store_id.eq(tx.store_id()))
        .filter(cart_items::cart_id.eq(cart_id))
        .order((cart_items::created_at, cart_items::id))
        .select((
            cart_items::id,
            cart_items::variant_id,
            cart_items::quantity,
            cart_items::seen_price_minor,
        ))
        .load(tx.conn())?;
    let line = |(id, variant_id, quantity, seen_price_minor)| CartLineRow {
        id,
        variant_id,
        quantity,
        seen_price_minor,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What to put into a cart.
#[derive(Debug)]
pub struct Addition {
    /// The cart, or the id of the one to make.
    pub cart_id: Uuid,
    /// The hash for a cart that is to be made; absent when there is one.
    pub new_token_hash: Option<Vec<u8>>,
    /// The hash of the cart that the browser had before, which may be waiting for its payment.
    pub token_hash_before: Option<Vec<u8>>,
    pub customer_id: Option<Uuid>,
    pub variant_id: Uuid,
    pub quantity: i32,
    pub price_minor: i64,
    /// How many units the line may have in the end.
    pub most: i32,
}

/// What came of an addition.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// The line as it is now.
    Line { cart_id: Uuid, id: Uuid, quantity: i32 },
    /// The line would have had more units than it may.
    TooMany,
    /// The cart was ordered, merged or made by another request in the meantime.
    CartGone,
}

struct AddLine;

impl StatementText for AddLine {
    const SQL: &'static str = ",
made AS (
    INSERT INTO carts (store_id, id, token_hash, customer_id, status, created_at, updated_at, expires_at, follows)
    SELECT $1, $2, $3, $4, 'open', $5, $5, $6, (SELECT b.id FROM carts b WHERE b.store_id = $1 AND b.token_hash = $12 AND b.status = 'ordered')
    WHERE $3 IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING id
),
kept AS (
    UPDATE carts SET updated_at = $5, expires_at = $6, customer_id = coalesce(customer_id, $4)
    WHERE store_id = $1 AND id = $2 AND status = 'open' AND $3 IS NULL
    RETURNING id
),
cart AS (
    SELECT id FROM made UNION ALL SELECT id FROM kept
),
line AS (
    INSERT INTO cart_items AS i (store_id, id, cart_id, variant_id, quantity, seen_price_minor, created_at, updated_at)
    SELECT $1, $7, cart.id, $8, $9, $10, $5, $5 FROM cart
    ON CONFLICT (store_id, cart_id, variant_id) DO UPDATE
    SET quantity = i.quantity + excluded.quantity, seen_price_minor = excluded.seen_price_minor, updated_at = excluded.updated_at
    WHERE i.quantity + excluded.quantity <= $11
    RETURNING i.id, i.quantity
)
SELECT cart.id, line.id, line.quantity FROM cart LEFT JOIN line ON true";
    type Row = (SqlUuid, Nullable<SqlUuid>, Nullable<Integer>);
}

/// Adds units to a line, or a line to a cart, or a cart, in one statement; `quantity` alone must be within `most`.
pub fn add_line(tx: &mut StoreTx, addition: Addition) -> Result<Added, DbError> {
    let now = tx.now();
    let statement = Statement::<AddLine, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        addition.cart_id.into_sql::<SqlUuid>(),
        addition.new_token_hash.into_sql::<Nullable<Binary>>(),
        addition.customer_id.into_sql::<Nullable<SqlUuid>>(),
        now.into_sql::<Timestamptz>(),
        lives_until(now).into_sql::<Timestamptz>(),
        tx.new_id().into_sql::<SqlUuid>(),
        addition.variant_id.into_sql::<SqlUuid>(),
        addition.quantity.into_sql::<Integer>(),
        addition.price_minor.into_sql::<BigInt>(),
        addition.most.into_sql::<Integer>(),
        addition.token_hash_before.into_sql::<Nullable<Binary>>(),
    ));
    let row: Option<(Uuid, Option<Uuid>, Option<i32>)> = statement.get_result(tx.conn()).optional()?;
    Ok(match row {
        None => Added::CartGone,
        Some((cart_id, Some(id), Some(quantity))) => Added::Line { cart_id, id, quantity },
        Some(_) => Added::TooMany,
    })
}

struct ChangeLine;

impl StatementText for ChangeLine {
    const SQL: &'static str = ",
cart AS (
    UPDATE carts SET updated_at = $4, expires_at = $5 WHERE store_id = $1 AND id = $2 AND status = 'open' RETURNING id
),
removed AS (
    DELETE FROM cart_items i USING cart WHERE i.store_id = $1 AND i.cart_id = cart.id AND i.id = $3 AND $7 RETURNING i.id
),
changed AS (
    UPDATE cart_items i SET quantity = $6, updated_at = $4 FROM cart
    WHERE i.store_id = $1 AND i.cart_id = cart.id AND i.id = $3 AND NOT $7
    RETURNING i.id
)
SELECT id FROM changed UNION ALL SELECT id FROM removed";
    type Row = SqlUuid;
}

/// Sets the units of a line, or takes it out when `quantity` is `None`; false when it is not there (any more).
pub fn change_line(tx: &mut StoreTx, cart_id: Uuid, line_id: Uuid, quantity: Option<i32>) -> Result<bool, DbError> {
    let now = tx.now();
    let statement = Statement::<ChangeLine, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        cart_id.into_sql::<SqlUuid>(),
        line_id.into_sql::<SqlUuid>(),
        now.into_sql::<Timestamptz>(),
        lives_until(now).into_sql::<Timestamptz>(),
        quantity.unwrap_or(1).into_sql::<Integer>(),
        quantity.is_none().into_sql::<Bool>(),
    ));
    let changed: Vec<Uuid> = statement.load(tx.conn())?;
    Ok(!changed.is_empty())
}

/// Locks a cart of these states; false when it is in none of them.
pub fn lock_cart(tx: &mut StoreTx, cart_id: Uuid, status: &str) -> Result<bool, DbError> {
    let found: Option<Uuid> = carts::table
        .filter(carts::store_id.eq(tx.store_id()))
        .filter(carts::id.eq(cart_id))
        .filter(carts::status.eq(status))
        .select(carts::id)
        .for_update()
        .first(tx.conn())
        .optional()?;
    Ok(found.is_some())
}

/// Gives a browser's cart to an account that has none.
pub fn claim_for_customer(tx: &mut StoreTx, cart_id: Uuid, customer_id: Uuid) -> Result<(), DbError> {
    let cart = carts::table.filter(carts::store_id.eq(tx.store_id())).filter(carts::id.eq(cart_id));
    let set = (carts::customer_id.eq(customer_id), carts::updated_at.eq(tx.now()));
    diesel::update(cart).set(set).execute(tx.conn())?;
    Ok(())
}

/// Sets the state of a cart and lets it live on.
pub fn set_status(tx: &mut StoreTx, cart_id: Uuid, status: &str) -> Result<(), DbError> {
    let now = tx.now();
    let cart = carts::table.filter(carts::store_id.eq(tx.store_id())).filter(carts::id.eq(cart_id));
    let set = (
        carts::status.eq(status),
        carts::updated_at.eq(now),
        carts::expires_at.eq(lives_until(now)),
    );
    diesel::update(cart).set(set).execute(tx.conn())?;
    Ok(())
}

/// The account a cart belongs to.
pub fn customer_of(tx: &mut StoreTx, cart_id: Uuid) -> Result<Option<Uuid>, DbError> {
    let query = carts::table.filter(carts::store_id.eq(tx.store_id())).filter(carts::id.eq(cart_id));
    Ok(query.select(carts::customer_id).first(tx.conn())?)
}

/// The open cart that a browser has begun after another one, however many were ordered in between.
pub fn find_following(tx: &mut StoreTx, cart_id: Uuid) -> Result<Option<CartRow>, DbError> {
    let query = "WITH RECURSIVE later AS (\
             SELECT id, status FROM carts WHERE store_id = $1 AND follows = $2 \
             UNION SELECT c.id, c.status FROM carts c JOIN later l ON c.store_id = $1 AND c.follows = l.id) \
         SELECT id FROM later WHERE status = 'open' LIMIT 1";
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<SqlUuid, _>(cart_id);
    let Some(IdRow { id }) = query.get_result(tx.conn()).optional()? else {
        return Ok(None);
    };
    let lines = list_lines(tx, id)?;
    Ok(Some(CartRow { id, lines }))
}

/// Orders of the owner that wait for their payment, the newest first: those of the account, and those of the browser's carts.
pub fn list_unpaid(tx: &mut StoreTx, owner: &CartOwner) -> Result<Vec<Uuid>, DbError> {
    let query = "WITH RECURSIVE mine AS (\
             SELECT id, follows FROM carts WHERE store_id = $1 AND token_hash = $3 AND customer_id IS NULL \
             UNION SELECT c.id, c.follows FROM carts c JOIN mine m ON c.store_id = $1 AND c.id = m.follows AND c.customer_id IS NULL) \
         SELECT id FROM (\
             SELECT o.id, o.created_at FROM orders o WHERE o.store_id = $1 AND o.customer_id = $2 AND o.number IS NULL AND o.status = 'pending' \
             UNION SELECT o.id, o.created_at FROM orders o JOIN mine m ON o.cart_id = m.id \
                 WHERE o.store_id = $1 AND o.number IS NULL AND o.status = 'pending') found \
         ORDER BY created_at DESC, id DESC LIMIT $4";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Nullable<SqlUuid>, _>(owner.customer_id)
        .bind::<Nullable<Binary>, _>(owner.token_hash.as_deref())
        .bind::<BigInt, _>(MOST_UNPAID);
    let rows: Vec<IdRow> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Writes lines over those of the same variants: (variant, units, price that was seen).
pub fn put_lines(tx: &mut StoreTx, cart_id: Uuid, lines: &[(Uuid, i32, i64)]) -> Result<(), DbError> {
    use diesel::upsert::excluded;
    let (store_id, now) = (tx.store_id(), tx.now());
    let rows: Vec<_> = lines
        .iter()
        .map(|(variant_id, quantity, seen_price_minor)| {
            (
                cart_items::store_id.eq(store_id),
                cart_items::id.eq(tx.new_id()),
                cart_items::cart_id.eq(cart_id),
                cart_items::variant_id.eq(*variant_id),
                cart_items::quantity.eq(*quantity),
                cart_items::seen_price_minor.eq(*seen_price_minor),
                cart_items::created_at.eq(now),
                cart_items::updated_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(cart_items::table)
        .values(rows)
        .on_conflict((cart_items::store_id, cart_items::cart_id, cart_items::variant_id))
        .do_update()
        .set((
            cart_items::quantity.eq(excluded(cart_items::quantity)),
            cart_items::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The stores that have carts which ran out before `now`; one look into an index for each store.
pub fn stores_with_left(tx: &mut PlatformTx, now: DateTime<Utc>) -> Result<Vec<Uuid>, DbError> {
    let all = list_store_ids(tx)?;
    let query = "SELECT s.id FROM unnest($1) AS s(id) CROSS JOIN LATERAL (\
         SELECT FROM carts c WHERE c.store_id = s.id AND c.status <> 'ordered' AND c.expires_at < $2 LIMIT 1) gone";
    let query = diesel::sql_query(query).bind::<Array<SqlUuid>, _>(all).bind::<Timestamptz, _>(now);
    let rows: Vec<IdRow> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Deletes carts that ran out before `now`, `limit` at most, but for those that an order came from; returns how many went.
pub fn delete_expired(tx: &mut StoreTx, now: DateTime<Utc>, limit: i64) -> Result<usize, DbError> {
    let store_id = tx.store_id();
    let expired = carts::table
        .filter(carts::store_id.eq(store_id))
        .filter(carts::status.ne("ordered"))
        .filter(carts::expires_at.lt(now))
        .order(carts::expires_at)
        .select(carts::id)
        .limit(limit);
    let ids: Vec<Uuid> = expired.load(tx.conn())?;
    let doomed = carts::table
        .filter(carts::store_id.eq(store_id))
        .filter(carts::id.eq_any(ids))
        .filter(carts::status.ne("ordered"))
        .filter(carts::expires_at.lt(now));
    Ok(diesel::delete(doomed).execute(tx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cart_that_is_used_again_within_the_hour_lives_as_long() {
        let at = |seconds: i64| lives_until(DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap_or_default());
        assert_eq!(at(1), at(3_600));
        assert_ne!(at(1), at(3_601));
        assert_eq!(
            at(0),
            DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default() + CART_LIFETIME
        );
    }
}
