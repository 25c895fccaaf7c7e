//! Cards: a product as lists of the shop show it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::catalog_version;
use orion_framework::db::{DbError, Prepared, StoreTx, read_json};
use orion_types::catalog::ProductCard;
use orion_types::measure::Content;
use orion_types::{Currency, Money};
use serde_json::Value;
use uuid::Uuid;

use super::{IMAGE_JSON, ON_SALE, in_stock};

/// A card and what it is sorted by.
#[derive(Debug, QueryableByName)]
pub struct CardRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub vendor: String,
    #[diesel(sql_type = Jsonb)]
    pub options: Value,
    #[diesel(sql_type = BigInt)]
    pub min_price_minor: i64,
    #[diesel(sql_type = BigInt)]
    pub max_price_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub compare_at_minor: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub content_milli: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    pub content_unit: Option<String>,
    #[diesel(sql_type = Bool)]
    pub sold_out: bool,
    #[diesel(sql_type = Jsonb)]
    pub images: Value,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub rank: i64,
}

impl CardRow {
    /// The card on the wire; prices are in the store's currency.
    pub fn card(self, currency: Currency) -> Result<ProductCard, DbError> {
        let money = |amount| Money::new(amount, currency);
        Ok(ProductCard {
            id: self.id.into(),
            slug: self.slug,
            title: self.title,
            vendor: self.vendor,
            price: money(self.min_price_minor),
            price_varies: self.min_price_minor != self.max_price_minor,
            compare_at: self.compare_at_minor.map(money),
            unit_price: Content::of(self.content_milli, self.content_unit)
                .and_then(|content| content.price_of_unit(money(self.min_price_minor))),
            sold_out: self.sold_out,
            images: read_json(self.images)?,
            options: read_json(self.options)?,
        })
    }
}

/// The columns of a card for the products `p` that a subquery has chosen, which come in its order.
pub(super) fn cards_of(chosen: &str, order: &str, stock: &str) -> String {
    format!(
        "SELECT p.id, p.slug, p.title, p.vendor, p.options, p.min_price_minor, p.max_price_minor, p.created_at, p.rank, \
         cheapest.compare_at_minor, cheapest.content_milli, cheapest.content_unit, \
         NOT EXISTS (SELECT 1 FROM product_variants v WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL \
             AND {stock}) AS sold_out, \
         coalesce((SELECT jsonb_agg({IMAGE_JSON} ORDER BY i.position, i.id) FROM (\
             SELECT * FROM product_images i WHERE i.store_id = $1 AND i.product_id = p.id AND i.status = 'ready' \
             ORDER BY i.position, i.id LIMIT 2) i), '[]'::jsonb) AS images \
         FROM ({chosen}) p LEFT JOIN LATERAL (\
             SELECT v.compare_at_minor, v.content_milli, v.content_unit FROM product_variants v \
             WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL ORDER BY v.price_minor, v.position LIMIT 1) cheapest ON true \
         ORDER BY {order}"
    )
}

#[derive(QueryableByName)]
struct ReadCard {
    #[diesel(embed)]
    card: CardRow,
    #[diesel(sql_type = BigInt)]
    catalog_version: i64,
}

/// The cards of those of some products that are on sale, in their order, each with the version of the catalogue that the same look sees.
pub fn cards_in_order(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<(i64, CardRow)>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let chosen = format!(
        "SELECT p.*, 0::bigint AS rank, h.place FROM unnest($2::uuid[]) WITH ORDINALITY AS h(id, place) \
         JOIN products p ON p.id = h.id WHERE {ON_SALE}"
    );
    let cards = cards_of(&chosen, "p.place", &in_stock(tx));
    let text = format!(" SELECT cards.*, {} AS catalog_version FROM ({cards}) cards", catalog_version!());
    // There are two texts, with stock and without: planning one takes longer than running it.
    let parameters = (tx.store_id().into_sql::<SqlUuid>(), ids.into_sql::<Array<SqlUuid>>());
    let rows: Vec<ReadCard> = Prepared::new(text, parameters).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.catalog_version, row.card)).collect())
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
