//! The dashboard's list of products.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{COUNT_LIMIT, DbError, StoreTx, count_up_to};
use orion_types::inventory::LOW_STOCK;
use serde_json::Value;
use uuid::Uuid;

use super::IMAGE_JSON;
use super::listing::Place;
use super::long_catalogue::{Found, is_long_catalogue};
use super::needle::{self, Needle};
use crate::model::Counted;

/// Products that staff see, as a condition on `p`.
const KEPT: &str = "p.store_id = $1 AND p.deleted_at IS NULL";
/// Whether product `p` has a variant whose SKU begins with what is searched for.
const HAS_SKU: &str = "EXISTS (SELECT 1 FROM product_variants v WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL \
     AND lower(v.sku) LIKE $4)";
/// In a long catalogue: whether `p` has every word in its title, vendor or kind, or, made of signs, has them in its title.
const HAS_WORDS: &str = "p.search_vector @@ (SELECT catalog_query($2)) \
     OR (SELECT catalog_query($2) IS NULL) AND strpos(search_text(p.title), search_text($2)) > 0";

/// What the list is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct ProductFilter {
    /// Words of the title, or the beginning of an SKU.
    pub needle: Option<Needle>,
    /// What that finds, where the catalogue is too long to be walked over.
    pub found: Option<Found>,
    /// One status.
    pub status: Option<String>,
    /// One category and all below it.
    pub categories: Option<Vec<Uuid>>,
    /// Only what runs out.
    pub stock: Option<StockCondition>,
    /// Only what has changed since.
    pub since: Option<DateTime<Utc>>,
    /// The id in another system.
    pub external_id: Option<String>,
}

/// How much is left of a product whose stock is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockFilter {
    /// One of its variants has few units left, or none.
    Low,
    /// Nothing of it can be sold.
    Out,
}

/// What is left, and where that is looked up.
#[derive(Debug, Clone, Copy)]
pub struct StockCondition {
    pub filter: StockFilter,
    /// The levels of the module that keeps stock.
    pub levels: &'static str,
    /// Whether so little runs out that it is looked up by the index of what does.
    pub few_run_out: bool,
}

impl StockCondition {
    /// The condition on `p`. The inventory list draws the same line.
    fn sql(self) -> String {
        let Self {
            filter,
            levels,
            few_run_out,
        } = self;
        let variants = format!(
            "product_variants v LEFT JOIN {levels} l ON l.store_id = v.store_id AND l.variant_id = v.id \
             WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL"
        );
        let available = "coalesce(l.on_hand - l.reserved, 0)";
        let condition = match filter {
            StockFilter::Low => format!(" AND EXISTS (SELECT 1 FROM {variants} AND v.track_inventory AND {available} <= {LOW_STOCK})"),
            StockFilter::Out => format!(" AND (SELECT bool_and(v.track_inventory AND {available} <= 0) FROM {variants})"),
        };
        if !few_run_out {
            return condition;
        }
        format!(
            " AND p.id = ANY(ARRAY(SELECT v.product_id FROM {levels} l JOIN product_variants v ON v.store_id = $1 AND v.id = l.variant_id \
             WHERE l.store_id = $1 AND l.low)){condition}"
        )
    }
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductOrder {
    Created {
        descending: bool,
    },
    Price {
        descending: bool,
    },
    Title {
        descending: bool,
    },
    /// By what is unique and comes back as it was, for files.
    Slug,
}

/// A product in the list.
#[derive(Debug, QueryableByName)]
pub struct SummaryRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub vendor: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = BigInt)]
    pub min_price_minor: i64,
    #[diesel(sql_type = BigInt)]
    pub max_price_minor: i64,
    #[diesel(sql_type = BigInt)]
    pub variant_count: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub on_hand: Option<i64>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub image: Option<Value>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
}

impl ProductOrder {
    fn sql(self, collation: &str) -> (String, String) {
        let title = format!("p.title COLLATE {collation}");
        let (column, key, descending) = match self {
            Self::Created { descending } => ("p.created_at", "$12", descending),
            Self::Price { descending } => ("p.min_price_minor", "$10", descending),
            Self::Title { descending } => (title.as_str(), "$11", descending),
            Self::Slug => ("p.slug", "$11", false),
        };
        let (direction, sign) = if descending { ("DESC", "<") } else { ("ASC", ">") };
        (
            format!("{column} {direction}, p.id {direction}"),
            format!("({column}, p.id) {sign} ({key}, $13)"),
        )
    }

    /// The place behind a row in this order.
    pub fn place(self, row: &SummaryRow) -> Place {
        let place = Place {
            id: row.id,
            ..Place::default()
        };
        match self {
            Self::Created { .. } => Place {
                time: Some(row.created_at),
                ..place
            },
            Self::Price { .. } => Place {
                number: Some(row.min_price_minor),
                ..place
            },
            Self::Title { .. } => Place {
                text: Some(row.title.clone()),
                ..place
            },
            Self::Slug => Place {
                text: Some(row.slug.clone()),
                ..place
            },
        }
    }
}

impl ProductFilter {
    fn with(&self) -> String {
        if self.needle.is_some() && self.found.is_none() {
            format!("WITH {} ", needle::hits(KEPT, HAS_SKU))
        } else {
            String::new()
        }
    }

    fn condition(&self) -> String {
        let hit = match &self.found {
            _ if self.needle.is_none() => String::new(),
            None => " AND p.id IN (SELECT id FROM hits)".to_owned(),
            Some(Found::Few(_)) => " AND p.id = ANY($9)".to_owned(),
            Some(Found::Many { by_sku: false, .. }) => format!(" AND ({HAS_WORDS})"),
            Some(Found::Many { by_sku: true, .. }) => format!(" AND ({HAS_WORDS} OR {HAS_SKU})"),
        };
        let stock = self.stock.map(StockCondition::sql).unwrap_or_default();
        format!(
            "{KEPT}{hit}{stock} AND ($5::text IS NULL OR p.status = $5) AND ($6::uuid[] IS NULL OR EXISTS (SELECT 1 FROM product_category_links k \
             WHERE k.store_id = $1 AND k.product_id = p.id AND k.category_id = ANY($6))) \
             AND ($7::timestamptz IS NULL OR p.updated_at >= $7) AND ($8::text IS NULL OR p.external_id = $8)"
        )
    }

    fn few(&self) -> Option<&[Uuid]> {
        match &self.found {
            Some(Found::Few(ids)) => Some(ids),
            Some(Found::Many { .. }) | None => None,
        }
    }

    /// How many products match, where the search has counted them and nothing else narrows the list.
    fn counted_words(&self) -> Option<i64> {
        let Self {
            needle: _,
            found: Some(Found::Many { total, .. }),
            status: None,
            categories: None,
            stock: None,
            since: None,
            external_id: None,
        } = self
        else {
            return None;
        };
        *total
    }

    /// Binds $1–$9, which both statements share.
    fn bind<'q>(&'q self, store: Uuid, sql: String) -> BoxedSqlQuery<'q, Pg, SqlQuery> {
        diesel::sql_query(sql)
            .into_boxed::<Pg>()
            .bind::<SqlUuid, _>(store)
            .bind::<Nullable<Text>, _>(self.needle.as_ref().map(|needle| needle.text.as_str()))
            .bind::<Nullable<Array<Text>>, _>(self.needle.as_ref().map(|needle| needle.words.as_slice()))
            .bind::<Nullable<Text>, _>(self.needle.as_ref().map(Needle::like_prefix))
            .bind::<Nullable<Text>, _>(self.status.as_deref())
            .bind::<Nullable<Array<SqlUuid>>, _>(self.categories.as_deref())
            .bind::<Nullable<Timestamptz>, _>(self.since)
            .bind::<Nullable<Text>, _>(self.external_id.as_deref())
            .bind::<Nullable<Array<SqlUuid>>, _>(self.few())
    }

    /// How many products match.
    pub fn count(&self, tx: &mut StoreTx) -> Result<i64, DbError> {
        let sql = format!("{}SELECT count(*) AS count FROM products p WHERE {}", self.with(), self.condition());
        let store = tx.store_id();
        Ok(self.bind(store, sql).get_result::<Counted>(tx.conn())?.count)
    }

    /// How many products match, as far as lists count.
    pub fn count_listed(&self, tx: &mut StoreTx) -> Result<i64, DbError> {
        // A few are counted each time, too.
        if self.few().is_some() || !is_long_catalogue(tx)? {
            return self.count(tx);
        }
        if let Some(found) = self.counted_words() {
            return Ok(found);
        }
        let store = tx.store_id();
        count_up_to(tx, format!("{self:?}"), |tx| {
            let sql = format!(
                "{}SELECT count(*) AS count FROM (SELECT FROM products p WHERE {} LIMIT {COUNT_LIMIT}) AS counted",
                self.with(),
                self.condition()
            );
            Ok(self.bind(store, sql).get_result::<Counted>(tx.conn())?.count)
        })
    }

    /// The products behind `after`, at most `limit`.
    pub fn list(&self, tx: &mut StoreTx, order: ProductOrder, after: Option<&Place>, limit: i64) -> Result<Vec<SummaryRow>, DbError> {
        let on_hand = match tx.offered(|module| module.stock_levels) {
            Some(levels) => format!(
                "(SELECT sum(l.on_hand) FROM product_variants v JOIN {levels} l ON l.store_id = v.store_id AND l.variant_id = v.id \
                 WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL AND v.track_inventory)"
            ),
            None => "NULL::bigint".to_owned(),
        };
        let (sorted, behind) = order.sql(tx.collation());
        let behind = if after.is_some() { format!(" AND {behind}") } else { String::new() };
        let sql = format!(
            "{with}SELECT p.id, p.slug, p.title, p.vendor, p.status, p.min_price_minor, p.max_price_minor, p.created_at, p.updated_at, \
             (SELECT count(*) FROM product_variants v WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL) AS variant_count, \
             {on_hand} AS on_hand, \
             (SELECT {IMAGE_JSON} FROM product_images i WHERE i.store_id = $1 AND i.product_id = p.id AND i.status = 'ready' \
                 ORDER BY i.position, i.id LIMIT 1) AS image \
             FROM (SELECT p.* FROM products p WHERE {condition}{behind} ORDER BY {sorted} LIMIT $14) p ORDER BY {sorted}",
            with = self.with(),
            condition = self.condition(),
        );
        let store = tx.store_id();
        let query = self
            .bind(store, sql)
            .bind::<Nullable<BigInt>, _>(after.and_then(|place| place.number))
            .bind::<Nullable<Text>, _>(after.and_then(|place| place.text.as_deref()))
            .bind::<Nullable<Timestamptz>, _>(after.and_then(|place| place.time))
            .bind::<Nullable<SqlUuid>, _>(after.map(|place| place.id))
            .bind::<BigInt, _>(limit);
        Ok(query.load(tx.conn())?)
    }
}
