//! The settings of one store: its own row, its theme, its texts.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use orion_framework::fault::{self, Fault};
use serde_json::Value;
use uuid::Uuid;

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

/// Names another owner in the store's own row.
pub(crate) fn update_owner(tx: &mut StoreTx, owner: Uuid) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(stores::table.find(store))
        .set((
            stores::owner_user_id.eq(owner),
            stores::updated_at.eq(now),
            stores::version.eq(stores::version + 1),
        ))
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

/// One setting.
pub(crate) fn find(tx: &mut StoreTx, key: &str) -> QueryResult<Option<Value>> {
    let store = tx.store_id();
    let query = store_settings::table.find((store, key)).select(store_settings::value);
    query.first(tx.conn()).optional()
}

/// One setting, held until the transaction ends. The row is made when it is missing: what is not there cannot be held.
pub(crate) fn lock(tx: &mut StoreTx, key: &str, missing: &Value) -> QueryResult<Value> {
    use store_settings::dsl;
    let (store, now) = (tx.store_id(), tx.now());
    diesel::insert_into(store_settings::table)
        .values((
            dsl::store_id.eq(store),
            dsl::key.eq(key),
            dsl::value.eq(missing),
            dsl::updated_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    let query = store_settings::table.find((store, key)).select(dsl::value);
    query.for_update().first(tx.conn())
}

/// Sets one setting.
pub(crate) fn set(tx: &mut StoreTx, key: &str, value: &Value) -> QueryResult<()> {
    use store_settings::dsl;
    let (store, now) = (tx.store_id(), tx.now());
    diesel::insert_into(store_settings::table)
        .values((
            dsl::store_id.eq(store),
            dsl::key.eq(key),
            dsl::value.eq(value),
            dsl::updated_at.eq(now),
        ))
        .on_conflict((dsl::store_id, dsl::key))
        .do_update()
        .set((dsl::value.eq(value), dsl::updated_at.eq(now)))
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
