//! Products by themselves: found, locked, inserted, changed.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::ProductRow;
use crate::schema::{product_category_links, product_slug_redirects, products};

/// Products that are looked at in one go.
const KNOWN: i64 = 1_000;

/// A live product.
pub fn find_product(tx: &mut StoreTx, id: Uuid) -> Result<ProductRow, DbError> {
    let store = tx.store_id();
    let query = products::table
        .filter(products::store_id.eq(store))
        .filter(products::id.eq(id))
        .filter(products::deleted_at.is_null())
        .select(ProductRow::as_select());
    Ok(query.first(tx.conn())?)
}

/// A live product, locked until the transaction ends, so that two edits cannot pass the same version check.
pub fn lock_product(tx: &mut StoreTx, id: Uuid) -> Result<ProductRow, DbError> {
    let store = tx.store_id();
    let query = products::table
        .filter(products::store_id.eq(store))
        .filter(products::id.eq(id))
        .filter(products::deleted_at.is_null())
        .select(ProductRow::as_select())
        .for_update();
    Ok(query.first(tx.conn())?)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The live product that a file knows by this handle.
pub fn find_by_import_key(tx: &mut StoreTx, handle: &str) -> Result<Option<Uuid>, DbError> {
    let store = tx.store_id();
    let query = products::table
        .filter(products::store_id.eq(store))
        .filter(products::import_key.eq(handle))
        .filter(products::deleted_at.is_null())
        .select(products::id);
    Ok(query.first(tx.conn()).optional()?)
}

/// The live product that has the slug, or had it before it was renamed, and that no file knows by another handle.
pub fn find_by_handle(tx: &mut StoreTx, slug: &str) -> Result<Option<Uuid>, DbError> {
    let query = "SELECT id FROM (\
         SELECT p.id, 0 AS rank FROM products p WHERE p.store_id = $1 AND p.slug = $2 AND p.deleted_at IS NULL AND p.import_key IS NULL \
         UNION ALL \
         SELECT p.id, 1 FROM product_slug_redirects r JOIN products p ON p.store_id = r.store_id AND p.id = r.product_id \
         WHERE r.store_id = $1 AND r.slug = $2 AND p.deleted_at IS NULL AND p.import_key IS NULL) found ORDER BY rank LIMIT 1";
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<Text, _>(slug);
    Ok(query.get_result::<IdRow>(tx.conn()).optional()?.map(|row| row.id))
}

/// The slug under which a renamed, active product is found today.
pub fn find_redirect(tx: &mut StoreTx, slug: &str) -> Result<Option<String>, DbError> {
    let store = tx.store_id();
    let joined = products::table.on(products::store_id
        .eq(product_slug_redirects::store_id)
        .and(products::id.eq(product_slug_redirects::product_id)));
    let query = product_slug_redirects::table
        .inner_join(joined)
        .filter(product_slug_redirects::store_id.eq(store))
        .filter(product_slug_redirects::slug.eq(slug))
        .filter(products::status.eq("active"))
        .filter(products::deleted_at.is_null())
        .select(products::slug);
    Ok(query.first(tx.conn()).optional()?)
}

/// Those of the addresses that a live product has.
pub fn taken_slugs(tx: &mut StoreTx, slugs: &[String]) -> Result<Vec<String>, DbError> {
    let store = tx.store_id();
    let query = products::table
        .filter(products::store_id.eq(store))
        .filter(products::deleted_at.is_null())
        .filter(products::slug.eq_any(slugs))
        .select(products::slug);
    Ok(query.load(tx.conn())?)
}

/// Inserts a product; false when somebody else has its slug, so that another one can be tried in the same transaction.
pub fn insert_product(tx: &mut StoreTx, row: &ProductRow) -> Result<bool, DbError> {
    let query = diesel::insert_into(products::table)
        .values(row)
        .on_conflict((products::store_id, products::slug))
        .filter_target(products::deleted_at.is_null())
        .do_nothing();
    Ok(query.execute(tx.conn())? == 1)
}

/// Writes every column of a product that can change.
pub fn update_product(tx: &mut StoreTx, row: &ProductRow) -> Result<(), DbError> {
    let target = products::table
        .filter(products::store_id.eq(row.store_id))
        .filter(products::id.eq(row.id));
    let query = diesel::update(target).set((
        products::slug.eq(&row.slug),
        products::title.eq(&row.title),
        products::description_html.eq(&row.description_html),
        products::vendor.eq(&row.vendor),
        products::product_type.eq(&row.product_type),
        products::tags.eq(&row.tags),
        products::status.eq(&row.status),
        products::featured.eq(row.featured),
        products::options.eq(&row.options),
        products::min_price_minor.eq(row.min_price_minor),
        products::max_price_minor.eq(row.max_price_minor),
        products::seo_title.eq(&row.seo_title),
        products::seo_description.eq(&row.seo_description),
        products::metadata.eq(&row.metadata),
        products::external_id.eq(&row.external_id),
        products::published_at.eq(row.published_at),
        products::updated_at.eq(row.updated_at),
        products::version.eq(row.version),
        products::deleted_at.eq(row.deleted_at),
        products::import_key.eq(&row.import_key),
    ));
    query.execute(tx.conn())?;
    Ok(())
}

/// A product on sale that a file has named, with the name that the file had for it.
#[derive(Debug, Queryable)]
pub struct KnownProduct {
    pub id: Uuid,
    pub import_key: Option<String>,
    pub vendor: String,
}

/// Products on sale that files have named, from behind `after`; a few at a time.
pub fn list_known(tx: &mut StoreTx, after: Uuid) -> Result<Vec<KnownProduct>, DbError> {
    let query = products::table
        .filter(products::store_id.eq(tx.store_id()))
        .filter(products::id.gt(after))
        .filter(products::import_key.is_not_null())
        .filter(products::status.eq("active"))
        .filter(products::deleted_at.is_null())
        .order(products::id)
        .limit(KNOWN);
    Ok(query
        .select((products::id, products::import_key, products::vendor))
        .load(tx.conn())?)
}

/// Notes the handle by which files know a product.
pub fn know_by(tx: &mut StoreTx, id: Uuid, handle: Option<&str>) -> Result<(), DbError> {
    let store = tx.store_id();
    let target = products::table.filter(products::store_id.eq(store)).filter(products::id.eq(id));
    diesel::update(target).set(products::import_key.eq(handle)).execute(tx.conn())?;
    Ok(())
}

/// Notes that something about a product changed that its version does not count, such as a picture: an open form stays valid.
pub fn touch_product(tx: &mut StoreTx, id: Uuid) -> Result<(), DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let target = products::table.filter(products::store_id.eq(store)).filter(products::id.eq(id));
    diesel::update(target).set(products::updated_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Makes `old` lead to the product, and takes back whatever `new` led to: a live address comes first.
pub fn redirect_slug(tx: &mut StoreTx, product: Uuid, old: &str, new: &str) -> Result<(), DbError> {
    use product_slug_redirects as redirects;
    forget_redirect(tx, new)?;
    let (store, now) = (tx.store_id(), tx.now());
    let row = (
        redirects::store_id.eq(store),
        redirects::slug.eq(old),
        redirects::product_id.eq(product),
        redirects::created_at.eq(now),
    );
    let query = diesel::insert_into(redirects::table)
        .values(row)
        .on_conflict((redirects::store_id, redirects::slug))
        .do_update()
        .set((redirects::product_id.eq(product), redirects::created_at.eq(now)));
    query.execute(tx.conn())?;
    Ok(())
}

/// A slug that is taken by a live product leads nowhere else any more; the product that it led to.
pub fn forget_redirect(tx: &mut StoreTx, slug: &str) -> Result<Option<Uuid>, DbError> {
    let store = tx.store_id();
    let target = product_slug_redirects::table
        .filter(product_slug_redirects::store_id.eq(store))
        .filter(product_slug_redirects::slug.eq(slug));
    let forgotten = diesel::delete(target).returning(product_slug_redirects::product_id);
    Ok(forgotten.get_result(tx.conn()).optional()?)
}

/// Makes a slug that nobody has any more lead to a product again.
pub fn lead_to(tx: &mut StoreTx, slug: &str, product: Uuid) -> Result<(), DbError> {
    use product_slug_redirects as redirects;
    let row = (
        redirects::store_id.eq(tx.store_id()),
        redirects::slug.eq(slug),
        redirects::product_id.eq(product),
        redirects::created_at.eq(tx.now()),
    );
    let query = diesel::insert_into(redirects::table).values(row).on_conflict_do_nothing();
    query.execute(tx.conn())?;
    Ok(())
}

/// These live products, locked in the order of their ids, so that whoever else locks several meets nobody halfway.
pub fn lock_products(tx: &mut StoreTx, ids: &[Uuid]) -> Result<(), DbError> {
    let locked = products::table
        .filter(products::store_id.eq(tx.store_id()))
        .filter(products::id.eq_any(ids))
        .filter(products::deleted_at.is_null())
        .order(products::id)
        .select(products::id)
        .for_update();
    locked.load::<Uuid>(tx.conn())?;
    Ok(())
}

/// The categories of a product, in the order of the categories.
pub fn list_category_ids(tx: &mut StoreTx, product: Uuid) -> Result<Vec<Uuid>, DbError> {
    let query = format!(
        "SELECT c.id FROM product_category_links l \
         JOIN product_categories c ON c.store_id = l.store_id AND c.id = l.category_id AND c.deleted_at IS NULL \
         WHERE l.store_id = $1 AND l.product_id = $2 ORDER BY c.position, c.name COLLATE {}, c.id",
        tx.collation()
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<SqlUuid, _>(product);
    Ok(query.load::<IdRow>(tx.conn())?.into_iter().map(|row| row.id).collect())
}

/// Puts the product into exactly these categories.
pub fn set_categories(tx: &mut StoreTx, product: Uuid, categories: &[Uuid]) -> Result<(), DbError> {
    use product_category_links as links;
    let store = tx.store_id();
    let others = links::table
        .filter(links::store_id.eq(store))
        .filter(links::product_id.eq(product))
        .filter(links::category_id.ne_all(categories));
    diesel::delete(others).execute(tx.conn())?;
    if categories.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = categories
        .iter()
        .map(|category| {
            (
                links::store_id.eq(store),
                links::category_id.eq(*category),
                links::product_id.eq(product),
            )
        })
        .collect();
    diesel::insert_into(links::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

/// Those of the ids that are live categories of the store.
pub fn existing_categories(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    let query = "SELECT id FROM product_categories WHERE store_id = $1 AND id = ANY($2) AND deleted_at IS NULL";
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<Array<SqlUuid>, _>(ids);
    Ok(query.load::<IdRow>(tx.conn())?.into_iter().map(|row| row.id).collect())
}

/// How many products are in the shop.
pub fn count_on_sale(tx: &mut StoreTx) -> Result<i64, DbError> {
    let on_sale = products::table
        .filter(products::store_id.eq(tx.store_id()))
        .filter(products::status.eq("active"))
        .filter(products::deleted_at.is_null());
    Ok(on_sale.count().get_result(tx.conn())?)
}

/// These live products.
pub fn list_products(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<ProductRow>, DbError> {
    let query = products::table
        .filter(products::store_id.eq(tx.store_id()))
        .filter(products::id.eq_any(ids))
        .filter(products::deleted_at.is_null());
    Ok(query.select(ProductRow::as_select()).load(tx.conn())?)
}

/// The slugs of the categories of each of these products, in the order of the navigation.
pub fn list_category_slugs(tx: &mut StoreTx, products: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    use crate::schema::product_categories as categories;
    use product_category_links as links;
    let same = categories::store_id.eq(links::store_id).and(categories::id.eq(links::category_id));
    let query = links::table
        .inner_join(categories::table.on(same))
        .filter(links::store_id.eq(tx.store_id()))
        .filter(links::product_id.eq_any(products))
        .filter(categories::deleted_at.is_null())
        .order((categories::position, tx.in_order("product_categories.name"), categories::id))
        .select((links::product_id, categories::slug));
    Ok(query.load(tx.conn())?)
}
