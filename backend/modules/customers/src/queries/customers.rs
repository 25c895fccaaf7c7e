//! Customers of the store at hand.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use orion_framework::db::{COUNT_LIMIT, DbError, StoreTx, count_up_to, is_long};
use orion_types::validation::email_spellings;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::model::CustomerRow;
use crate::schema::customers;

/// The live customer with an e-mail address, in either spelling of its domain.
pub(crate) fn find_by_email(tx: &mut StoreTx, email: &str) -> QueryResult<Option<CustomerRow>> {
    let store = tx.store_id();
    customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::email.eq_any(email_spellings(email)))
        .filter(customers::deleted_at.is_null())
        .order(customers::password_hash.is_null())
        .select(CustomerRow::as_select())
        .first(tx.conn())
        .optional()
}

/// Those that have no account, including those that have gone out of sight.
pub(crate) fn guests_among(tx: &mut StoreTx, ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    let store = tx.store_id();
    customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::id.eq_any(ids))
        .filter(customers::password_hash.is_null())
        .select(customers::id)
        .load(tx.conn())
}

/// A live customer.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<CustomerRow> {
    let store = tx.store_id();
    customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::id.eq(id))
        .filter(customers::deleted_at.is_null())
        .select(CustomerRow::as_select())
        .first(tx.conn())
}

/// A live customer, whose row is held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<CustomerRow> {
    let store = tx.store_id();
    customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::id.eq(id))
        .filter(customers::deleted_at.is_null())
        .select(CustomerRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
}

/// A customer to be added.
pub(crate) struct InsertCustomer<'a> {
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    pub(crate) password_hash: Option<&'a str>,
    pub(crate) locale: &'a str,
}

/// Adds a customer.
pub(crate) fn insert(tx: &mut StoreTx, row: &InsertCustomer<'_>) -> QueryResult<CustomerRow> {
    let (store, id, now) = (tx.store_id(), tx.new_id(), tx.now());
    diesel::insert_into(customers::table)
        .values((
            customers::store_id.eq(store),
            customers::id.eq(id),
            customers::email.eq(row.email),
            customers::name.eq(row.name),
            customers::password_hash.eq(row.password_hash),
            customers::locale.eq(row.locale),
            customers::created_at.eq(now),
            customers::updated_at.eq(now),
        ))
        .returning(CustomerRow::as_returning())
        .get_result(tx.conn())
}

/// CTEs that find the guest of the store `$1` with an address or the account whose owner has proved that it is theirs, or add a guest: `guest` has one row with the id, whether it was added, and whether
/// somebody else is just adding the address. Nothing is done where a guest is not `$wanted`. The parameters are those of
/// [`crate::NewGuest::columns`], then the customer's language and the time.
#[macro_export]
macro_rules! find_or_add_guest {
    ($wanted:literal, $id:literal, $email:literal, $spellings:literal, $name:literal, $locale:literal, $now:literal) => {
        concat!(
            ",
known AS (
    SELECT id, email, password_hash IS NULL OR email_verified_at IS NOT NULL AS is_free, password_hash IS NULL AS is_guest FROM customers
    WHERE ",
            $wanted,
            " AND store_id = $1 AND email = ANY(",
            $spellings,
            ") AND deleted_at IS NULL
),
added AS (
    INSERT INTO customers (store_id, id, email, name, locale, created_at, updated_at)
    SELECT $1, ",
            $id,
            ", ",
            $email,
            ", ",
            $name,
            ", ",
            $locale,
            ", ",
            $now,
            ", ",
            $now,
            " WHERE ",
            $wanted,
            " AND NOT EXISTS (SELECT 1 FROM known WHERE email = ",
            $email,
            ")
    ON CONFLICT DO NOTHING
    RETURNING id
),
guest AS (
    SELECT coalesce(
            (SELECT id FROM added),
            (SELECT CASE WHEN is_free THEN id END FROM known ORDER BY is_guest LIMIT 1)
        ) AS id,
        EXISTS (SELECT 1 FROM added) AS is_new,
        ",
            $wanted,
            " AND NOT EXISTS (SELECT 1 FROM added) AND NOT EXISTS (SELECT 1 FROM known) AS is_contested
)"
        )
    };
}

/// Takes a customer out of sight; orders keep pointing to the row.
pub(crate) fn retire(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(customers::table.filter(customers::store_id.eq(store)).filter(customers::id.eq(id)))
        .set((
            customers::deleted_at.eq(now),
            customers::updated_at.eq(now),
            customers::version.eq(customers::version + 1),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Sets the name.
pub(crate) fn set_name(tx: &mut StoreTx, id: Uuid, name: &str) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(customers::table.filter(customers::store_id.eq(store)).filter(customers::id.eq(id)))
        .set((
            customers::name.eq(name),
            customers::updated_at.eq(now),
            customers::version.eq(customers::version + 1),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Sets what other systems have noted.
pub(crate) fn set_marks(tx: &mut StoreTx, id: Uuid, metadata: &Value, external_id: Option<&str>) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(customers::table.filter(customers::store_id.eq(store)).filter(customers::id.eq(id)))
        .set((
            customers::metadata.eq(metadata),
            customers::external_id.eq(external_id),
            customers::updated_at.eq(now),
            customers::version.eq(customers::version + 1),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Which customers are asked for, and in which order.
#[derive(Debug, Default)]
pub(crate) struct CustomerFilter {
    /// Part of the name or the address.
    pub(crate) search: Option<String>,
    /// Those with an account, or those without.
    pub(crate) registered: Option<bool>,
    /// Those that have changed since.
    pub(crate) since: Option<DateTime<Utc>>,
    pub(crate) external_id: Option<String>,
    pub(crate) sort: CustomerSort,
    /// The oldest or A first.
    pub(crate) ascending: bool,
    /// The customer behind whom the page starts.
    pub(crate) after: Option<Behind>,
}

/// What customers are sorted by. Ids sort by the time they were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CustomerSort {
    #[default]
    Created,
    Name,
}

/// The place behind a customer, in one of the sortings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Behind {
    Created(Uuid),
    Name(String, Uuid),
}

impl CustomerSort {
    /// Whether a place is one of this sorting.
    pub(crate) fn has(self, place: &Behind) -> bool {
        matches!((self, place), (Self::Created, Behind::Created(_)) | (Self::Name, Behind::Name(..)))
    }

    /// The place behind a row.
    pub(crate) fn place(self, row: &CustomerRow) -> Behind {
        match self {
            Self::Created => Behind::Created(row.id),
            Self::Name => Behind::Name(row.name.clone(), row.id),
        }
    }
}

type Query<'a> = customers::BoxedQuery<'a, Pg>;

/// The rows that are listed.
const LIVE: &str = "customers WHERE deleted_at IS NULL";

/// Whether address, name or last name begin with the words: each has an index that is compared byte by byte.
fn begins(words: &str) -> Box<dyn BoxableExpression<customers::table, Pg, SqlType = Bool>> {
    let begins = sql::<Bool>("(starts_with(customers.email COLLATE \"C\", lower(")
        .bind::<Text, _>(words.to_owned())
        .sql(")) OR starts_with(customers.name_folded, search_text(")
        .bind::<Text, _>(words.to_owned())
        .sql(")) OR starts_with(customers.last_name_folded, search_text(")
        .bind::<Text, _>(words.to_owned())
        .sql(")))");
    Box::new(begins)
}

/// Whether what is looked for has to begin as it is typed.
fn is_long_for(tx: &mut StoreTx, filter: &CustomerFilter) -> Result<bool, DbError> {
    Ok(filter.search.is_some() && is_long(tx, LIVE)?)
}

/// The live customers that match.
fn matching<'a>(store: Uuid, filter: &CustomerFilter, long: bool) -> Query<'a> {
    let mut query = customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::deleted_at.is_null())
        .into_boxed();
    if let Some(search) = &filter.search {
        query = if long {
            query.filter(begins(search))
        } else {
            let pattern = format!("%{}%", escaped(search));
            query.filter(customers::email.ilike(pattern.clone()).or(customers::name.ilike(pattern)))
        };
    }
    if let Some(since) = filter.since {
        query = query.filter(customers::updated_at.ge(since));
    }
    if let Some(id) = &filter.external_id {
        query = query.filter(customers::external_id.eq(id.clone()));
    }
    match filter.registered {
        Some(true) => query.filter(customers::password_hash.is_not_null()),
        Some(false) => query.filter(customers::password_hash.is_null()),
        None => query,
    }
}

fn sorted<'a>(tx: &StoreTx, query: Query<'a>, filter: &CustomerFilter) -> Query<'a> {
    use customers::{id, name};
    let by_name = || tx.in_order("customers.name");
    let query = match (filter.sort, filter.ascending) {
        (CustomerSort::Created, false) => query.order(id.desc()),
        (CustomerSort::Created, true) => query.order(id.asc()),
        (CustomerSort::Name, false) => query.order((by_name().desc(), id.desc())),
        (CustomerSort::Name, true) => query.order((by_name().asc(), id.asc())),
    };
    match (filter.after.clone(), filter.ascending) {
        (None, _) => query,
        (Some(Behind::Created(last)), false) => query.filter(id.lt(last)),
        (Some(Behind::Created(last)), true) => query.filter(id.gt(last)),
        // The first condition is where the index begins to be read; without it the pages before would be read and thrown away.
        (Some(Behind::Name(text, last)), false) => query
            .filter(by_name().le(text.clone()))
            .filter(by_name().lt(text.clone()).or(name.eq(text).and(id.lt(last)))),
        (Some(Behind::Name(text, last)), true) => query
            .filter(by_name().ge(text.clone()))
            .filter(by_name().gt(text.clone()).or(name.eq(text).and(id.gt(last)))),
    }
}

/// Customers, newest first unless the filter says otherwise.
pub(crate) fn list(tx: &mut StoreTx, filter: &CustomerFilter, limit: i64) -> Result<Vec<CustomerRow>, DbError> {
    let long = is_long_for(tx, filter)?;
    let query = sorted(tx, matching(tx.store_id(), filter, long), filter).limit(limit);
    Ok(query.select(CustomerRow::as_select()).load(tx.conn())?)
}

/// How many customers match.
pub(crate) fn count_all(tx: &mut StoreTx, filter: &CustomerFilter) -> Result<i64, DbError> {
    let long = is_long_for(tx, filter)?;
    Ok(matching(tx.store_id(), filter, long).count().get_result(tx.conn())?)
}

/// How many customers match, as far as lists count.
pub(crate) fn count(tx: &mut StoreTx, filter: &CustomerFilter) -> Result<i64, DbError> {
    if !is_long(tx, LIVE)? {
        return count_all(tx, filter);
    }
    let CustomerFilter {
        search,
        registered,
        since,
        external_id,
        ..
    } = filter;
    let list = format!("customers {search:?} {registered:?} {since:?} {external_id:?}");
    count_up_to(tx, list, |tx| {
        let some = matching(tx.store_id(), filter, true).select(customers::id).limit(COUNT_LIMIT);
        let counted = customers::table
            .filter(customers::store_id.eq(tx.store_id()))
            .filter(customers::id.eq_any(some));
        Ok(counted.count().get_result(tx.conn())?)
    })
}

/// A text in a `LIKE` pattern that stands for itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn wildcards_in_a_search_are_plain_characters() {
        assert_eq!(escaped(r"50%_\"), r"50\%\_\\");
    }
}
