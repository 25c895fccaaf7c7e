//! Customers of the store at hand.

use diesel::pg::Pg;
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use orion_schema::customers;
use uuid::Uuid;

use crate::model::CustomerRow;

/// The live customer with an e-mail address, which must be normalised.
pub(crate) fn find_by_email(tx: &mut StoreTx, email: &str) -> QueryResult<Option<CustomerRow>> {
    let store = tx.store_id();
    customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::email.eq(email))
        .filter(customers::deleted_at.is_null())
        .select(CustomerRow::as_select())
        .first(tx.conn())
        .optional()
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

/// Adds a guest, unless a live customer has the address; then nothing happens and the answer is `None`.
pub(crate) fn insert_guest(tx: &mut StoreTx, email: &str, name: &str, locale: &str) -> QueryResult<Option<Uuid>> {
    let (store, id, now) = (tx.store_id(), tx.new_id(), tx.now());
    diesel::insert_into(customers::table)
        .values((
            customers::store_id.eq(store),
            customers::id.eq(id),
            customers::email.eq(email),
            customers::name.eq(name),
            customers::locale.eq(locale),
            customers::created_at.eq(now),
            customers::updated_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .returning(customers::id)
        .get_result(tx.conn())
        .optional()
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

/// The live customers whose name or address holds `search`.
fn matching<'a>(store: Uuid, search: Option<&str>) -> customers::BoxedQuery<'a, Pg> {
    let mut query = customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::deleted_at.is_null())
        .into_boxed();
    if let Some(search) = search {
        let pattern = format!("%{}%", escaped(search));
        query = query.filter(customers::email.ilike(pattern.clone()).or(customers::name.ilike(pattern)));
    }
    query
}

/// Customers, newest first, those after the customer `after`; ids sort by the time they were made.
pub(crate) fn list(tx: &mut StoreTx, search: Option<&str>, after: Option<Uuid>, limit: i64) -> QueryResult<Vec<CustomerRow>> {
    let mut query = matching(tx.store_id(), search).order(customers::id.desc()).limit(limit);
    if let Some(after) = after {
        query = query.filter(customers::id.lt(after));
    }
    query.select(CustomerRow::as_select()).load(tx.conn())
}

/// How many customers match.
pub(crate) fn count(tx: &mut StoreTx, search: Option<&str>) -> QueryResult<i64> {
    matching(tx.store_id(), search).count().get_result(tx.conn())
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
