//! Cards: a product as lists of the shop show it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx, read_json};
use orion_types::Currency;
use orion_types::catalog::ProductCard;
use serde_json::Value;
use uuid::Uuid;

use super::shown::{CHEAPEST, Shown, shown_json};
use super::{ON_SALE, in_stock};

/// A card and what it is sorted by.
#[derive(Debug, QueryableByName)]
pub struct CardRow {
    #[diesel(sql_type = Jsonb)]
    shown: Value,
    #[diesel(sql_type = Bool)]
    pub sold_out: bool,
    #[diesel(sql_type = BigInt)]
    pub rank: i64,
}

impl CardRow {
    /// What it shows.
    ///
    /// # Errors
    /// When the database has given it another shape.
    pub fn shown(self) -> Result<Shown, DbError> {
        read_json(self.shown)
    }

    /// The card on the wire; prices are in the store's currency.
    ///
    /// # Errors
    /// As [`Self::shown`].
    pub fn card(self, currency: Currency) -> Result<ProductCard, DbError> {
        let sold_out = self.sold_out;
        Ok(self.shown()?.card(currency, sold_out))
    }
}

/// The columns of a card for the products `p` that a subquery has chosen, which come in its order.
pub(super) fn cards_of(chosen: &str, order: &str, stock: &str) -> String {
    format!(
        "SELECT {shown} AS shown, p.rank, \
         NOT EXISTS (SELECT 1 FROM product_variants v WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL \
             AND {stock}) AS sold_out \
         FROM ({chosen}) p {CHEAPEST} ORDER BY {order}",
        shown = shown_json(),
    )
}

/// Cards of up to `$2` products that meet a condition on `p`, in an order.
pub fn list_cards(tx: &mut StoreTx, condition: &str, order: &str, limit: i64, product: Option<Uuid>) -> Result<Vec<CardRow>, DbError> {
    let chosen = format!("SELECT p.*, 0::bigint AS rank FROM products p WHERE {ON_SALE} AND {condition} ORDER BY {order} LIMIT $2");
    let query = cards_of(&chosen, order, &in_stock(tx));
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<BigInt, _>(limit)
        .bind::<Nullable<SqlUuid>, _>(product);
    Ok(query.load(tx.conn())?)
}
