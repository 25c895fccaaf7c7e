//! The settings of one store: its own row, its theme, its texts.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use orion_framework::db::StoreTx;
use orion_framework::fault::{self, Fault};
use serde_json::Value;
use uuid::Uuid;

use crate::foreign::{product_categories, product_category_links, products};
use crate::model::GeneralRow;
use crate::schema::{store_settings, store_themes, stores};

/// The store's own row.
pub(crate) fn get_general(tx: &mut StoreTx) -> QueryResult<GeneralRow> {
    let store = tx.store_id();
    stores::table.find(store).select(GeneralRow::as_select()).first(tx.conn())
}

/// The store's own row, held until the transaction ends.
pub(crate) fn lock_general(tx: &mut StoreTx) -> QueryResult<GeneralRow> {
    let store = tx.store_id();
    stores::table
        .find(store)
        .select(GeneralRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
}

/// What changes in the store's own row; `None` stays.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = stores)]
pub(crate) struct GeneralChanges<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) currency: Option<&'a str>,
    pub(crate) prices_include_tax: Option<bool>,
    pub(crate) locale: Option<&'a str>,
    pub(crate) timezone: Option<&'a str>,
    pub(crate) contact_email: Option<&'a str>,
    pub(crate) allowed_origins: Option<&'a [String]>,
}

/// Changes the store's own row; its version moves even when only texts or the theme have changed, since they share it.
pub(crate) fn update_general(tx: &mut StoreTx, changes: &GeneralChanges<'_>) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(stores::table.find(store))
        .set((changes, stores::updated_at.eq(now), stores::version.eq(stores::version + 1)))
        .execute(tx.conn())
        .map(|_| ())
}

/// The settings of the group `store`, by key.
pub(crate) fn list_texts(tx: &mut StoreTx) -> QueryResult<HashMap<String, Value>> {
    let store = tx.store_id();
    let rows: Vec<(String, Value)> = store_settings::table
        .filter(store_settings::store_id.eq(store))
        .filter(store_settings::key.like("store.%"))
        .select((store_settings::key, store_settings::value))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// Sets one setting.
pub(crate) fn set_text(tx: &mut StoreTx, key: &str, value: &str) -> QueryResult<()> {
    use store_settings::dsl;
    let (store, now) = (tx.store_id(), tx.now());
    let value = Value::from(value);
    diesel::insert_into(store_settings::table)
        .values((
            dsl::store_id.eq(store),
            dsl::key.eq(key),
            dsl::value.eq(&value),
            dsl::updated_at.eq(now),
        ))
        .on_conflict((dsl::store_id, dsl::key))
        .do_update()
        .set((dsl::value.eq(&value), dsl::updated_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

/// The tokens of the active theme.
pub(crate) fn find_theme(tx: &mut StoreTx) -> QueryResult<Option<Value>> {
    let store = tx.store_id();
    store_themes::table
        .filter(store_themes::store_id.eq(store))
        .filter(store_themes::active)
        .select(store_themes::tokens)
        .first(tx.conn())
        .optional()
}

/// The tokens of the active theme, or why they cannot be read. PostgreSQL answers nothing more in a transaction in which a statement has
/// failed, unless it goes back to before it; the error outside means that it could not.
pub(crate) fn try_theme(tx: &mut StoreTx) -> QueryResult<QueryResult<Option<Value>>> {
    tx.conn().batch_execute("SAVEPOINT theme")?;
    let armed = fault::is_armed(Fault::Theme);
    let broken = if armed { tx.conn().batch_execute("SELECT 1 / 0") } else { Ok(()) };
    let theme = broken.and_then(|()| find_theme(tx));
    if theme.is_err() {
        tx.conn().batch_execute("ROLLBACK TO SAVEPOINT theme")?;
    }
    Ok(theme)
}

/// Sets the tokens of the active theme, which is made when there is none.
pub(crate) fn set_theme(tx: &mut StoreTx, tokens: &Value) -> QueryResult<()> {
    use store_themes::dsl;
    let (store, now, id) = (tx.store_id(), tx.now(), tx.new_id());
    let active = store_themes::table.filter(dsl::store_id.eq(store)).filter(dsl::active);
    let changed = diesel::update(active)
        .set((
            dsl::tokens.eq(tokens),
            dsl::updated_at.eq(now),
            dsl::version.eq(store_themes::version + 1),
        ))
        .execute(tx.conn())?;
    if changed > 0 {
        return Ok(());
    }
    diesel::insert_into(store_themes::table)
        .values((
            dsl::store_id.eq(store),
            dsl::id.eq(id),
            dsl::name.eq("Default"),
            dsl::active.eq(true),
            dsl::tokens.eq(tokens),
            dsl::created_at.eq(now),
            dsl::updated_at.eq(now),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// A category as the shop's navigation shows it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = product_categories)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct CategoryRow {
    pub(crate) id: Uuid,
    pub(crate) parent_id: Option<Uuid>,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) position: i32,
    pub(crate) version: i32,
}

/// The live categories in the order of the navigation.
pub(crate) fn list_categories(tx: &mut StoreTx) -> QueryResult<Vec<CategoryRow>> {
    let store = tx.store_id();
    product_categories::table
        .filter(product_categories::store_id.eq(store))
        .filter(product_categories::deleted_at.is_null())
        .order((
            product_categories::position,
            tx.in_order("product_categories.name"),
            product_categories::id,
        ))
        .select(CategoryRow::as_select())
        .load(tx.conn())
}

/// How many products on sale each category has.
pub(crate) fn count_products_by_category(tx: &mut StoreTx) -> QueryResult<HashMap<Uuid, i64>> {
    let store = tx.store_id();
    let on_sale = products::store_id
        .eq(product_category_links::store_id)
        .and(products::id.eq(product_category_links::product_id));
    let rows: Vec<(Uuid, i64)> = product_category_links::table
        .inner_join(products::table.on(on_sale))
        .filter(product_category_links::store_id.eq(store))
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
pub(crate) fn list_category_pictures(tx: &mut StoreTx) -> QueryResult<HashMap<Uuid, Uuid>> {
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
