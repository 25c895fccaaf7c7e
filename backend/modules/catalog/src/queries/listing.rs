//! The listings of the shop: one statement for the cards, one (see `facets`) for the counts.
//!
//! Both see the same products. A variant must meet all filters at once, the price too: "blue" and "M" find a product with a blue M, not
//! one with a blue S and a red M. The counts of a facet leave out its own filter, so that a second value can be added.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cards::{CardRow, cards_of};
use super::needle::{self, Needle};
use super::{ON_SALE, in_stock};
use crate::service::card_memory::ListedCard;

/// The values of an option that are wanted; any of them will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionFilter {
    /// The option, such as `Size`.
    pub name: String,
    /// Its values, never empty.
    pub values: Vec<String>,
}

/// What a listing is narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListingFilter {
    /// What is searched for.
    pub needle: Option<Needle>,
    /// A category and all below it; `None` for the whole shop.
    pub categories: Option<Vec<Uuid>>,
    /// In minor units, inclusive.
    pub min_price: Option<i64>,
    /// In minor units, inclusive.
    pub max_price: Option<i64>,
    /// Only what can be bought now.
    pub in_stock: bool,
    /// Wanted options.
    pub options: Vec<OptionFilter>,
}

/// The order of a listing; ids decide between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListingOrder {
    /// The newest first.
    Newest,
    /// The cheapest first.
    PriceAscending,
    /// The dearest first.
    PriceDescending,
    /// By title.
    Title,
    /// The best match of the search first.
    Relevance,
}

/// The place behind a card.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The price or rank, where that is the order.
    pub number: Option<i64>,
    /// The title, where that is the order.
    pub text: Option<String>,
    /// The time, where that is the order.
    pub time: Option<DateTime<Utc>>,
    /// The product.
    pub id: Uuid,
}

impl ListingOrder {
    fn sql(self, collation: &str) -> (String, String) {
        let (sorted, behind) = match self {
            Self::Newest => ("p.created_at DESC, p.id DESC", "(p.created_at, p.id) < ($12, $13)"),
            Self::PriceAscending => ("p.min_price_minor, p.id", "(p.min_price_minor, p.id) > ($10, $13)"),
            Self::PriceDescending => ("p.min_price_minor DESC, p.id DESC", "(p.min_price_minor, p.id) < ($10, $13)"),
            Self::Title => ("p.title COLLATE {order}, p.id", "(p.title COLLATE {order}, p.id) > ($11, $13)"),
            Self::Relevance => ("h.rank DESC, p.id DESC", "(h.rank, p.id) < ($10, $13)"),
        };
        (sorted.replace("{order}", collation), behind.replace("{order}", collation))
    }

    /// The place of a card in this order.
    pub(crate) fn place(self, row: &ListedCard) -> Place {
        let mut place = Place {
            id: row.card.id.0,
            ..Place::default()
        };
        match self {
            Self::Newest => place.time = Some(row.created_at),
            Self::PriceAscending | Self::PriceDescending => place.number = Some(row.card.price.amount_minor),
            Self::Title => place.text = Some(row.card.title.clone()),
            Self::Relevance => place.number = Some(row.rank),
        }
        place
    }
}

/// The names of the options of product `p`; there are never more than three.
pub(super) const OPTION_NAMES: &str = "ARRAY[p.options->0->>'name', p.options->1->>'name', p.options->2->>'name']";

impl ListingFilter {
    /// The expressions that find what is searched for; empty without a search.
    pub(super) fn with(&self) -> String {
        if self.needle.is_some() {
            format!("WITH {} ", needle::hits(ON_SALE, "false"))
        } else {
            String::new()
        }
    }

    /// The wanted options that variant `v` of a product with the options `c.names` lacks, as SQL.
    pub(super) fn lacking(&self) -> String {
        if self.options.is_empty() {
            return "'{}'::text[]".to_owned();
        }
        let met = |wanted: usize, option: usize| {
            format!("(c.names[{option}] = ($8)[{wanted}] AND c.names[{option}] || chr(31) || v.option_values[{option}] = ANY($9))")
        };
        let unmet = |wanted: usize| {
            let met = [1, 2, 3].map(|option| met(wanted, option)).join(" OR ");
            format!("CASE WHEN NOT coalesce({met}, false) THEN ($8)[{wanted}] END")
        };
        let unmet: Vec<String> = (1..=self.options.len()).map(unmet).collect();
        format!("array_remove(ARRAY[{}], NULL)", unmet.join(", "))
    }

    /// Binds $1–$9, which both statements share.
    pub(super) fn bind<'q>(&'q self, store: Uuid, sql: String) -> BoxedSqlQuery<'q, Pg, SqlQuery> {
        let names: Vec<&str> = self.options.iter().map(|option| option.name.as_str()).collect();
        let pair = |option: &'q OptionFilter| option.values.iter().map(move |value| format!("{}\u{1f}{value}", option.name));
        let pairs: Vec<String> = self.options.iter().flat_map(pair).collect();
        diesel::sql_query(sql)
            .into_boxed::<Pg>()
            .bind::<SqlUuid, _>(store)
            .bind::<Nullable<Text>, _>(self.needle.as_ref().map(|needle| needle.text.as_str()))
            .bind::<Nullable<Array<Text>>, _>(self.needle.as_ref().map(|needle| needle.words.as_slice()))
            .bind::<Nullable<Array<SqlUuid>>, _>(self.categories.as_deref())
            .bind::<Nullable<BigInt>, _>(self.min_price)
            .bind::<Nullable<BigInt>, _>(self.max_price)
            .bind::<Bool, _>(self.in_stock)
            .bind::<Array<Text>, _>(names)
            .bind::<Array<Text>, _>(pairs)
    }

    /// The cards behind `after`, at most `limit`.
    pub fn list(&self, tx: &mut StoreTx, order: ListingOrder, after: Option<&Place>, limit: i64) -> Result<Vec<CardRow>, DbError> {
        let stock = in_stock(tx);
        let (sorted, behind) = order.sql(tx.collation());
        let (hits, rank) = if self.needle.is_some() {
            (format!("JOIN {} h ON h.id = p.id", needle::hits_in_stock_first(&stock)), "h.rank")
        } else {
            (String::new(), "0::bigint AS rank")
        };
        let mut conditions = vec![ON_SALE.to_owned()];
        if self.categories.is_some() {
            conditions.push(IN_CATEGORY.to_owned());
        }
        if self.in_stock || self.min_price.is_some() || self.max_price.is_some() || !self.options.is_empty() {
            conditions.push(format!(
                "EXISTS (SELECT 1 FROM product_variants v CROSS JOIN (SELECT {OPTION_NAMES} AS names) c \
                 WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL AND (NOT $7 OR {stock}) AND {IN_PRICE} AND {} = '{{}}')",
                self.lacking()
            ));
        }
        if after.is_some() {
            conditions.push(behind);
        }
        let chosen = format!(
            "SELECT p.*, {rank} FROM products p {hits} WHERE {} ORDER BY {sorted} LIMIT $14",
            conditions.join(" AND ")
        );
        let sql = format!("{}{}", self.with(), cards_of(&chosen, &sorted.replace("h.rank", "p.rank"), &stock));
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

/// Whether product `p` is in the wanted categories.
pub(super) const IN_CATEGORY: &str = "($4::uuid[] IS NULL OR EXISTS (SELECT 1 FROM product_category_links k \
     WHERE k.store_id = $1 AND k.product_id = p.id AND k.category_id = ANY($4)))";
/// Whether the price of variant `v` is wanted.
pub(super) const IN_PRICE: &str = "(($5::bigint IS NULL OR v.price_minor >= $5) AND ($6::bigint IS NULL OR v.price_minor <= $6))";

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
}

/// Another spelling that finds something.
pub fn suggest(tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError> {
    let store = tx.store_id();
    let query = diesel::sql_query(needle::suggestion(ON_SALE))
        .bind::<SqlUuid, _>(store)
        .bind::<Text, _>(&needle.text)
        .bind::<Array<Text>, _>(&needle.words);
    let found = query.get_result::<TextRow>(tx.conn()).optional()?.and_then(|row| row.text);
    Ok(found
        .map(|text| without_repeats(&text))
        .filter(|text| !text.is_empty() && *text != needle.words.join(" ")))
}

/// Two words that were asked for may mean the same one.
fn without_repeats(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}
