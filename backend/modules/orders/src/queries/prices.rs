//! Prices of shipping, and those that carts have shown, all at once.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::conversion::Conversion;
use orion_framework::db::{DbError, StoreTx};
use orion_types::validation::MAX_PRICE_MINOR;

use crate::schema::shipping_methods;

#[derive(QueryableByName)]
struct Fits {
    #[diesel(sql_type = Bool)]
    fits: bool,
}

// A threshold that becomes nothing would make shipping free for everybody.
const FIT: &str = "SELECT NOT EXISTS (
    SELECT FROM shipping_methods
    WHERE store_id = $1
      AND (flat_minor > 0 AND round(flat_minor * $2::numeric) NOT BETWEEN 1 AND $3
           OR free_from_minor > 0 AND round(free_from_minor * $2::numeric) NOT BETWEEN 1 AND $3)
) AS fits";

const SHIPPING: &str = "UPDATE shipping_methods
SET flat_minor = round(flat_minor * $2::numeric), free_from_minor = round(free_from_minor * $2::numeric), updated_at = $3, version = version + 1
WHERE store_id = $1";

const CARTS: &str = "UPDATE cart_items SET seen_price_minor = round(seen_price_minor * $2::numeric), updated_at = $3 WHERE store_id = $1";

/// Ways of shipping that cost something, or are free from a sum on.
pub fn count(tx: &mut StoreTx) -> Result<i64, DbError> {
    let priced = shipping_methods::table
        .filter(shipping_methods::store_id.eq(tx.store_id()))
        .filter(shipping_methods::flat_minor.gt(0).or(shipping_methods::free_from_minor.gt(0)));
    Ok(priced.count().get_result(tx.conn())?)
}

/// Writes every price anew; false where one would become nothing, or more than a price can be.
pub fn convert(tx: &mut StoreTx, conversion: &Conversion) -> Result<bool, DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let found: Fits = diesel::sql_query(FIT)
        .bind::<SqlUuid, _>(store)
        .bind::<Text, _>(conversion.factor())
        .bind::<BigInt, _>(MAX_PRICE_MINOR)
        .get_result(tx.conn())?;
    if !found.fits {
        return Ok(false);
    }
    for statement in [SHIPPING, CARTS] {
        diesel::sql_query(statement)
            .bind::<SqlUuid, _>(store)
            .bind::<Text, _>(conversion.factor())
            .bind::<Timestamptz, _>(now)
            .execute(tx.conn())?;
    }
    Ok(true)
}
