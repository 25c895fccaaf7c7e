//! All prices of a store at once.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::conversion::Conversion;
use orion_framework::db::{DbError, StoreTx};
use orion_types::validation::MAX_PRICE_MINOR;

use crate::schema::product_variants;

#[derive(QueryableByName)]
struct Fits {
    #[diesel(sql_type = Bool)]
    fits: bool,
}

const FIT: &str = "SELECT NOT EXISTS (
    SELECT FROM product_variants
    WHERE store_id = $1 AND deleted_at IS NULL
      AND (price_minor > 0 AND round(price_minor * $2::numeric) NOT BETWEEN 1 AND $3
           OR compare_at_minor > 0 AND round(compare_at_minor * $2::numeric) NOT BETWEEN 1 AND $3
           OR cost_minor > 0 AND round(cost_minor * $2::numeric) > $3)
) AS fits";

const VARIANTS: &str = "UPDATE product_variants
SET price_minor = round(price_minor * $2::numeric), compare_at_minor = round(compare_at_minor * $2::numeric),
    cost_minor = round(cost_minor * $2::numeric), updated_at = $3, version = version + 1
WHERE store_id = $1";

const PRODUCTS: &str = "UPDATE products
SET min_price_minor = round(min_price_minor * $2::numeric), max_price_minor = round(max_price_minor * $2::numeric), updated_at = $3,
    version = version + 1
WHERE store_id = $1";

/// Variants that cost something.
pub fn count(tx: &mut StoreTx) -> Result<i64, DbError> {
    let priced = product_variants::table
        .filter(product_variants::store_id.eq(tx.store_id()))
        .filter(product_variants::deleted_at.is_null())
        .filter(product_variants::price_minor.gt(0));
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
    for statement in [VARIANTS, PRODUCTS] {
        diesel::sql_query(statement)
            .bind::<SqlUuid, _>(store)
            .bind::<Text, _>(conversion.factor())
            .bind::<Timestamptz, _>(now)
            .execute(tx.conn())?;
    }
    Ok(true)
}
