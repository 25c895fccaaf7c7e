//! Categories: a tree per store.

use diesel::define_sql_function;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::{CategoryRow, CountedCategory};
use crate::schema::category_slug_redirects as redirects;
use crate::schema::product_categories::{self, dsl};
use crate::schema::product_category_links as links;
use crate::schema::products;

define_sql_function! {
    /// In small letters.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Most categories that a list returns, and that a store may have.
pub const MAX_CATEGORIES: i64 = 1_000;

/// All live categories with the number of their active products.
pub fn list_categories(tx: &mut StoreTx) -> Result<Vec<CountedCategory>, DbError> {
    let query = format!(
        "SELECT c.id, c.parent_id, c.slug, c.name, c.description, c.position, c.version, c.updated_at, coalesce(n.count, 0) AS product_count \
         FROM product_categories c LEFT JOIN (\
             SELECT l.category_id, count(*) AS count FROM product_category_links l \
             JOIN products p ON p.store_id = l.store_id AND p.id = l.product_id AND p.status = 'active' AND p.deleted_at IS NULL \
             WHERE l.store_id = $1 GROUP BY l.category_id) n ON n.category_id = c.id \
         WHERE c.store_id = $1 AND c.deleted_at IS NULL ORDER BY c.position, c.name COLLATE {}, c.id LIMIT $2",
        tx.collation()
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<BigInt, _>(MAX_CATEGORIES);
    Ok(query.load(tx.conn())?)
}

/// All live categories.
pub fn list_rows(tx: &mut StoreTx) -> Result<Vec<CategoryRow>, DbError> {
    let query = dsl::product_categories
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::deleted_at.is_null())
        .select(CategoryRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// All live categories, locked: two moves at once could make a circle that neither sees.
pub fn lock_categories(tx: &mut StoreTx) -> Result<Vec<CategoryRow>, DbError> {
    let store = tx.store_id();
    let query = dsl::product_categories
        .filter(dsl::store_id.eq(store))
        .filter(dsl::deleted_at.is_null())
        .order(dsl::id)
        .select(CategoryRow::as_select())
        .for_update();
    Ok(query.load(tx.conn())?)
}

/// The live category of a name below another one, or at the top.
pub fn find_named(tx: &mut StoreTx, parent: Option<Uuid>, name: &str) -> Result<Option<Uuid>, DbError> {
    let query = dsl::product_categories
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::deleted_at.is_null())
        .filter(dsl::parent_id.is_not_distinct_from(parent))
        .filter(lower(dsl::name).eq(lower(name)))
        .order((dsl::position, dsl::id))
        .select(dsl::id);
    Ok(query.first(tx.conn()).optional()?)
}

/// Inserts a category.
pub fn insert_category(tx: &mut StoreTx, row: &CategoryRow) -> Result<(), DbError> {
    diesel::insert_into(product_categories::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Writes every column of a category that can change.
pub fn update_category(tx: &mut StoreTx, row: &CategoryRow) -> Result<(), DbError> {
    let target = dsl::product_categories
        .filter(dsl::store_id.eq(row.store_id))
        .filter(dsl::id.eq(row.id));
    let set = (
        dsl::parent_id.eq(row.parent_id),
        dsl::slug.eq(&row.slug),
        dsl::name.eq(&row.name),
        dsl::description.eq(&row.description),
        dsl::position.eq(row.position),
        dsl::updated_at.eq(row.updated_at),
        dsl::version.eq(row.version),
        dsl::deleted_at.eq(row.deleted_at),
    );
    diesel::update(target).set(set).execute(tx.conn())?;
    Ok(())
}

/// The slug under which a renamed category is found today.
pub fn find_redirect(tx: &mut StoreTx, slug: &str) -> Result<Option<String>, DbError> {
    let store = tx.store_id();
    let joined = dsl::product_categories.on(dsl::store_id.eq(redirects::store_id).and(dsl::id.eq(redirects::category_id)));
    let query = redirects::table
        .inner_join(joined)
        .filter(redirects::store_id.eq(store))
        .filter(redirects::slug.eq(slug))
        .filter(dsl::deleted_at.is_null())
        .select(dsl::slug);
    Ok(query.first(tx.conn()).optional()?)
}

/// Makes `old` lead to the category, and takes back whatever `new` led to: a live address comes first.
pub fn redirect_slug(tx: &mut StoreTx, category: Uuid, old: &str, new: &str) -> Result<(), DbError> {
    forget_redirect(tx, new)?;
    let (store, now) = (tx.store_id(), tx.now());
    let row = (
        redirects::store_id.eq(store),
        redirects::slug.eq(old),
        redirects::category_id.eq(category),
        redirects::created_at.eq(now),
    );
    let query = diesel::insert_into(redirects::table)
        .values(row)
        .on_conflict((redirects::store_id, redirects::slug))
        .do_update()
        .set((redirects::category_id.eq(category), redirects::created_at.eq(now)));
    query.execute(tx.conn())?;
    Ok(())
}

/// A slug that is taken by a live category leads nowhere else any more.
pub fn forget_redirect(tx: &mut StoreTx, slug: &str) -> Result<(), DbError> {
    let store = tx.store_id();
    let target = redirects::table
        .filter(redirects::store_id.eq(store))
        .filter(redirects::slug.eq(slug));
    diesel::delete(target).execute(tx.conn())?;
    Ok(())
}

/// Puts the children of a category one level up.
pub fn adopt_children(tx: &mut StoreTx, parent: Uuid, grandparent: Option<Uuid>) -> Result<(), DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let target = dsl::product_categories
        .filter(dsl::store_id.eq(store))
        .filter(dsl::parent_id.eq(parent))
        .filter(dsl::deleted_at.is_null());
    diesel::update(target)
        .set((
            dsl::parent_id.eq(grandparent),
            dsl::updated_at.eq(now),
            dsl::version.eq(dsl::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes all products out of a category.
pub fn empty_category(tx: &mut StoreTx, category: Uuid) -> Result<(), DbError> {
    let store = tx.store_id();
    let target = links::table
        .filter(links::store_id.eq(store))
        .filter(links::category_id.eq(category));
    diesel::delete(target).execute(tx.conn())?;
    Ok(())
}

/// Those of the categories that a product is in which was not deleted.
pub fn list_used(tx: &mut StoreTx, categories: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    let of_link = products::store_id.eq(links::store_id).and(products::id.eq(links::product_id));
    let query = links::table
        .inner_join(products::table.on(of_link))
        .filter(links::store_id.eq(tx.store_id()))
        .filter(links::category_id.eq_any(categories))
        .filter(products::deleted_at.is_null())
        .select(links::category_id)
        .distinct();
    Ok(query.load(tx.conn())?)
}
