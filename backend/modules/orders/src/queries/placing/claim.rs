//! A cart is looked at as an order would have it, or becomes one, with the terms that it is sold at.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use orion_framework::idempotency::{self, IdempotencyError, IdempotencyScope};
use uuid::Uuid;

use crate::model::cart::{CartLineRow, CartRow};
use crate::queries::settings::Terms;
use crate::service::owner::CartOwner;

/// The lines of the cart that `claimed` names, with the terms that they are sold at.
macro_rules! with_terms {
    ($taken:literal, $claimed:literal) => {
        concat!(
            "
SELECT ",
            $taken,
            ", c.id, ",
            orion_framework::catalog_version!(),
            ", s.name, s.flat_minor, s.free_from_minor, t.name, t.rate_ppm, i.id, i.variant_id, i.quantity, i.seen_price_minor
FROM ",
            $claimed,
            "
LEFT JOIN shipping_methods s ON s.store_id = $1 AND s.id = $5 AND s.active
LEFT JOIN tax_rates t ON t.store_id = $1 AND t.is_default
LEFT JOIN cart_items i ON i.store_id = $1 AND i.cart_id = c.id
ORDER BY i.created_at, i.id"
        )
    };
}

/// Takes the cart. Lines and cart are read from one snapshot. Should the cart have changed since, which is why every change of a line also
/// writes the cart's row, then `ctid` names another version than the one that is updated, and nothing is claimed.
macro_rules! claim {
    ($with:literal) => {
        concat!(
            ",
cart AS (
    SELECT id, ctid AS version FROM carts WHERE store_id = $1 AND status = 'open' AND customer_id = $2
    UNION ALL
    SELECT id, ctid FROM carts WHERE store_id = $1 AND status = 'open' AND token_hash = $3 AND customer_id IS NULL AND expires_at > $4
    LIMIT 1
),
claimed AS (
    UPDATE carts c SET status = 'ordered', updated_at = $4 FROM cart",
            $with,
            "
    WHERE c.store_id = $1 AND c.id = cart.id AND c.ctid = cart.version AND c.status = 'open'
    RETURNING c.id
)"
        )
    };
}

struct ReadCart;

impl StatementText for ReadCart {
    const SQL: &'static str = concat!(
        ",
claimed AS (
    SELECT id FROM carts WHERE store_id = $1 AND status = 'open' AND customer_id = $2
    UNION ALL
    SELECT id FROM carts WHERE store_id = $1 AND status = 'open' AND token_hash = $3 AND customer_id IS NULL AND expires_at > $4
    LIMIT 1
)",
        with_terms!("true", "claimed c")
    );
    type Row = ClaimedSql;
}

struct ClaimCart;

impl StatementText for ClaimCart {
    const SQL: &'static str = concat!(claim!(""), with_terms!("true", "claimed c"));
    type Row = ClaimedSql;
}

struct Begin;

impl StatementText for Begin {
    // Without the key nothing is claimed: whoever comes with the same key waits in `asked`, before any row of a cart is touched.
    const SQL: &'static str = concat!(
        orion_framework::take_key!("$6", "$7", "$8", "$9", "$10", "$11"),
        claim!(", asked"),
        with_terms!("a.taken", "(SELECT count(*) > 0 AS taken FROM asked) a LEFT JOIN claimed c ON true")
    );
    type Row = ClaimedSql;
}

type ClaimedSql = (
    Bool,
    Nullable<SqlUuid>,
    Nullable<BigInt>,
    Nullable<Text>,
    Nullable<BigInt>,
    Nullable<BigInt>,
    Nullable<Text>,
    Nullable<Integer>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Integer>,
    Nullable<BigInt>,
);

type ClaimedRow = (
    bool,
    Option<Uuid>,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<i32>,
    Option<Uuid>,
    Option<Uuid>,
    Option<i32>,
    Option<i64>,
);

/// A cart that is becoming an order, or is priced like one.
#[derive(Debug)]
pub struct Claimed {
    pub cart: CartRow,
    pub terms: Terms,
    /// The version of what the shop sells, from before anything of that was read.
    pub catalog_version: i64,
}

/// How a checkout with a key begins.
#[derive(Debug)]
pub struct Begun {
    /// Whether the key is ours; if not, nothing was claimed.
    pub taken: bool,
    /// The cart; `None` when there is no open one, or when another request changed it at the same moment.
    pub claimed: Option<Claimed>,
}

/// Takes the key of a checkout, and with it the owner's cart.
pub fn begin(
    tx: &mut StoreTx,
    (scope, fingerprint): (&IdempotencyScope, &[u8; 32]),
    owner: &CartOwner,
    shipping_method_id: Uuid,
) -> Result<Begun, IdempotencyError> {
    let key = idempotency::key_columns(scope, fingerprint, tx.now());
    let statement = Statement::<Begin, _>::new((owner_columns(tx, owner, Some(shipping_method_id)), key));
    let rows: Vec<ClaimedRow> = statement.load(tx.conn())?;
    Ok(Begun {
        taken: rows.first().is_some_and(|row| row.0),
        claimed: claimed(rows)?,
    })
}

/// Takes the owner's cart for an order, and with it its row's lock; `None` when there is no open one, or when another request
/// changed it at the same moment.
pub fn claim_cart(tx: &mut StoreTx, owner: &CartOwner, shipping_method_id: Uuid) -> Result<Option<Claimed>, DbError> {
    find::<ClaimCart>(tx, owner, Some(shipping_method_id))
}

/// The owner's open cart and the terms for a way of shipping, as an order would have them.
pub fn read_cart(tx: &mut StoreTx, owner: &CartOwner, shipping_method_id: Option<Uuid>) -> Result<Option<Claimed>, DbError> {
    if !owner.is_known() {
        return Ok(None);
    }
    find::<ReadCart>(tx, owner, shipping_method_id)
}

fn find<S: StatementText<Row = ClaimedSql>>(
    tx: &mut StoreTx,
    owner: &CartOwner,
    shipping_method_id: Option<Uuid>,
) -> Result<Option<Claimed>, DbError> {
    let statement = Statement::<S, _>::new(owner_columns(tx, owner, shipping_method_id));
    claimed(statement.load(tx.conn())?)
}

/// `$1` to `$5`.
fn owner_columns<'a>(tx: &StoreTx, owner: &'a CartOwner, shipping_method_id: Option<Uuid>) -> impl QueryFragment<Pg> + use<'a> {
    (
        tx.store_id().into_sql::<SqlUuid>(),
        owner.customer_id.into_sql::<Nullable<SqlUuid>>(),
        owner.token_hash.as_deref().into_sql::<Nullable<Binary>>(),
        tx.now().into_sql::<Timestamptz>(),
        shipping_method_id.into_sql::<Nullable<SqlUuid>>(),
    )
}

fn claimed(rows: Vec<ClaimedRow>) -> Result<Option<Claimed>, DbError> {
    let Some((_, Some(id), version, name, flat, free_from, tax_name, rate_ppm, ..)) = rows.first().cloned() else {
        return Ok(None);
    };
    let line = |(.., id, variant_id, quantity, seen_price_minor): ClaimedRow| {
        let (id, variant_id) = id.zip(variant_id)?;
        Some(CartLineRow {
            id,
            variant_id,
            quantity: quantity?,
            seen_price_minor: seen_price_minor?,
        })
    };
    let lines = rows.into_iter().filter_map(line).collect();
    Ok(Some(Claimed {
        cart: CartRow { id, lines },
        terms: Terms::from_row((name, flat, free_from, tax_name, rate_ppm)),
        catalog_version: version.ok_or(DbError::NotFound)?,
    }))
}
