//! The categories of a shop, as its pages show them.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::CategoryRow;
use crate::schema::{product_categories, product_category_links, products};

/// The live categories in the order of the navigation.
pub fn list_categories(tx: &mut StoreTx) -> Result<Vec<CategoryRow>, DbError> {
    let query = product_categories::table
        .filter(product_categories::store_id.eq(tx.store_id()))
        .filter(product_categories::deleted_at.is_null())
        .order((
            product_categories::position,
            tx.in_order("product_categories.name"),
            product_categories::id,
        ))
        .select(CategoryRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// How many products on sale each category has.
pub fn count_products(tx: &mut StoreTx) -> Result<HashMap<Uuid, i64>, DbError> {
    let on_sale = products::store_id
        .eq(product_category_links::store_id)
        .and(products::id.eq(product_category_links::product_id));
    let rows: Vec<(Uuid, i64)> = product_category_links::table
        .inner_join(products::table.on(on_sale))
        .filter(product_category_links::store_id.eq(tx.store_id()))
        .filter(products::status.eq("active"))
        .filter(products::deleted_at.is_null())
        .group_by(product_category_links::category_id)
        .select((product_category_links::category_id, count_star()))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

#[derive(QueryableByName)]
struct PictureRow {
    #[diesel(sql_type = SqlUuid)]
    category_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    image_id: Uuid,
}

/// The picture of each category: the first one of its first product on sale. Found by the links' key, since ids grow with time, and so
/// without sorting the products of a category.
pub fn list_pictures(tx: &mut StoreTx) -> Result<HashMap<Uuid, Uuid>, DbError> {
    let store = tx.store_id();
    let query = "SELECT c.id AS category_id, f.id AS image_id FROM product_categories c CROSS JOIN LATERAL (\
             SELECT i.id FROM product_category_links k \
             JOIN products p ON p.store_id = k.store_id AND p.id = k.product_id AND p.status = 'active' AND p.deleted_at IS NULL \
             JOIN product_images i ON i.store_id = k.store_id AND i.product_id = k.product_id AND i.status = 'ready' \
             WHERE k.store_id = $1 AND k.category_id = c.id ORDER BY k.product_id, i.position, i.id LIMIT 1) f \
         WHERE c.store_id = $1 AND c.deleted_at IS NULL";
    let rows: Vec<PictureRow> = diesel::sql_query(query).bind::<SqlUuid, _>(store).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.category_id, row.image_id)).collect())
}
