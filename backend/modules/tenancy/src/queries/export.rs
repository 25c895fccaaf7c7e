//! The store itself, column by column, as it is written into files: no password, no token, no key.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use orion_types::StoreId;
use serde_json::Value;

use crate::foreign::team_roles;
use crate::schema::{memberships, store_domains, store_settings, store_subdomains, store_themes, stores, users};

/// The store's own row.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = stores)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct Own {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) currency: String,
    pub(crate) prices_include_tax: bool,
    pub(crate) locale: String,
    pub(crate) timezone: String,
    pub(crate) contact_email: String,
    pub(crate) metadata: Value,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) opened_at: Option<DateTime<Utc>>,
    pub(crate) allowed_origins: Vec<String>,
}

/// An address of the store.
#[derive(Debug)]
pub(crate) struct DomainOf {
    pub(crate) host: String,
    /// `domain` for one of its own, `label` for a part of the platform's.
    pub(crate) kind: &'static str,
    pub(crate) status: String,
    pub(crate) is_primary: bool,
    pub(crate) created_at: DateTime<Utc>,
}

/// Who works for the store.
#[derive(Debug, Queryable)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
    /// What it is called, where it is one of the store's own.
    pub(crate) role_name: Option<String>,
    pub(crate) active: bool,
    pub(crate) created_at: DateTime<Utc>,
}

pub(crate) fn get_own(tx: &mut StoreTx) -> QueryResult<Own> {
    let store = tx.store_id();
    stores::table.find(store).select(Own::as_select()).first(tx.conn())
}

/// Settings of every module, in the order of their keys.
pub(crate) fn list_settings(tx: &mut StoreTx) -> QueryResult<Vec<(String, Value)>> {
    store_settings::table
        .filter(store_settings::store_id.eq(tx.store_id()))
        .order(store_settings::key)
        .select((store_settings::key, store_settings::value))
        .load(tx.conn())
}

/// Names of looks, whether the shop has each, and their tokens.
pub(crate) fn list_themes(tx: &mut StoreTx) -> QueryResult<Vec<(String, bool, Value)>> {
    store_themes::table
        .filter(store_themes::store_id.eq(tx.store_id()))
        .order((store_themes::active.desc(), store_themes::id))
        .select((store_themes::name, store_themes::active, store_themes::tokens))
        .load(tx.conn())
}

/// Domains of its own, then labels, those of today and those that still lead here.
pub(crate) fn list_domains(tx: &mut StoreTx) -> QueryResult<Vec<DomainOf>> {
    let own: Vec<(String, String, bool, DateTime<Utc>)> = store_domains::table
        .filter(store_domains::store_id.eq(tx.store_id()))
        .filter(store_domains::deleted_at.is_null())
        .order(store_domains::id)
        .select((
            store_domains::host,
            store_domains::status,
            store_domains::is_primary,
            store_domains::created_at,
        ))
        .load(tx.conn())?;
    let labels: Vec<(String, Option<DateTime<Utc>>, DateTime<Utc>)> = store_subdomains::table
        .filter(store_subdomains::store_id.eq(tx.store_id()))
        .order(store_subdomains::id)
        .select((
            store_subdomains::label,
            store_subdomains::redirect_until,
            store_subdomains::created_at,
        ))
        .load(tx.conn())?;
    let own = own.into_iter().map(|(host, status, is_primary, created_at)| DomainOf {
        host,
        kind: "domain",
        status,
        is_primary,
        created_at,
    });
    let labels = labels.into_iter().map(|(host, until, created_at)| DomainOf {
        host,
        kind: "label",
        status: if until.is_some() { "redirects" } else { "active" }.to_owned(),
        is_primary: false,
        created_at,
    });
    Ok(own.chain(labels).collect())
}

/// The address of who owns a store.
pub(crate) fn find_owner_email(conn: &mut PgConnection, store: StoreId) -> QueryResult<Option<String>> {
    memberships::table
        .inner_join(users::table.on(users::id.eq(memberships::user_id)))
        .filter(memberships::store_id.eq(store.0))
        .filter(memberships::role.eq("owner"))
        .filter(memberships::active)
        .filter(memberships::deleted_at.is_null())
        .order(memberships::id)
        .select(users::email)
        .first(conn)
        .optional()
}

/// The team of one store, the owner first. Across stores, since no store sees accounts: the filter is what keeps others out.
pub(crate) fn list_team(conn: &mut PgConnection, store: StoreId) -> QueryResult<Vec<Member>> {
    memberships::table
        .inner_join(users::table.on(users::id.eq(memberships::user_id)))
        .left_join(
            team_roles::table.on(team_roles::store_id
                .eq(memberships::store_id)
                .and(team_roles::id.nullable().eq(memberships::role_id))),
        )
        .filter(memberships::store_id.eq(store.0))
        .filter(memberships::deleted_at.is_null())
        .order((memberships::role.eq("owner").desc(), memberships::id))
        .select((
            users::name,
            users::email,
            memberships::role,
            team_roles::name.nullable(),
            memberships::active,
            memberships::created_at,
        ))
        .load(conn)
}
