//! Entries of one store, found by its own indexes whatever they are narrowed by.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use diesel::dsl::{AsSelect, IntoBoxed, Select, sql};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use orion_framework::clock::Ids;
use orion_framework::db::{AUDIT_ACTIONS, AUDIT_BY_NAME, BESIDE, StoreTx};
use orion_framework::zone::Span;
use serde_json::Value;
use uuid::Uuid;

use crate::foreign::audit_log;

/// An entry.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_log)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct EntryRow {
    pub(crate) id: Uuid,
    pub(crate) actor_kind: String,
    pub(crate) actor_label: String,
    pub(crate) action: String,
    pub(crate) entity: String,
    pub(crate) entity_id: Option<Uuid>,
    pub(crate) changes: Value,
    pub(crate) request_id: Option<String>,
    pub(crate) ip: Option<String>,
    pub(crate) impersonation_id: Option<Uuid>,
    pub(crate) created_at: DateTime<Utc>,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryFilter {
    pub(crate) action: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) entity: Option<Uuid>,
    pub(crate) span: Span,
    /// Older than this entry.
    pub(crate) after: Option<Uuid>,
}

/// Entries of which actions one look is for: each has an index that fits.
enum Actions {
    All,
    /// All but what checkouts write.
    Rare,
    One(String),
    /// What checkouts write.
    Frequent,
}

type Entries<'a> = IntoBoxed<'a, Select<audit_log::table, AsSelect<EntryRow, Pg>>, Pg>;

/// The newest that fit, at most `limit`.
pub(crate) fn list(tx: &mut StoreTx, filter: &EntryFilter, limit: i64) -> QueryResult<Vec<EntryRow>> {
    let store = tx.store_id();
    let mut rows = Vec::new();
    for actions in looks(tx, filter)? {
        rows.extend(of(actions, filter, narrowed(store, filter, limit)).load(tx.conn())?);
    }
    rows.sort_by_key(|row: &EntryRow| Reverse(row.id));
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(rows)
}

/// One entry.
pub(crate) fn find(tx: &mut StoreTx, id: Uuid) -> QueryResult<EntryRow> {
    let store = tx.store_id();
    audit_log::table.find((store, id)).select(EntryRow::as_select()).first(tx.conn())
}

/// The looks by which a filter finds everything.
fn looks(tx: &mut StoreTx, filter: &EntryFilter) -> QueryResult<Vec<Actions>> {
    let store = tx.store_id();
    let Some(family) = &filter.action else {
        return Ok(match filter.entity {
            Some(_) => vec![Actions::Rare, Actions::Frequent],
            None => vec![Actions::All],
        });
    };
    let rare = AUDIT_ACTIONS.rare(tx.conn(), Some(store), family)?;
    let mut looks: Vec<Actions> = rare.into_iter().map(Actions::One).collect();
    if AUDIT_ACTIONS.has_frequent(family) {
        looks.push(Actions::Frequent);
    }
    Ok(looks)
}

fn of<'a>(actions: Actions, filter: &EntryFilter, query: Entries<'a>) -> Entries<'a> {
    match actions {
        Actions::All => query,
        Actions::Rare => query.filter(audit_log::action.ne(AUDIT_ACTIONS.frequent)),
        Actions::One(action) => query.filter(sql::<Bool>(&AUDIT_ACTIONS.rare_is()).bind::<Text, _>(action)),
        Actions::Frequent => {
            let query = query.filter(audit_log::action.eq(AUDIT_ACTIONS.frequent));
            // No index has these by their order. An order is as old as the entry that says it was placed.
            match filter.entity.and_then(Ids::made_at) {
                Some(made) => query.filter(audit_log::id.between(Ids::first_at(made - BESIDE), Ids::first_at(made + BESIDE))),
                None => query,
            }
        }
    }
}

/// Entries of any action, newest first.
fn narrowed(store: Uuid, filter: &EntryFilter, limit: i64) -> Entries<'_> {
    let mut query: Entries<'_> = audit_log::table.select(EntryRow::as_select()).into_boxed();
    query = query.filter(audit_log::store_id.eq(store)).order(audit_log::id.desc()).limit(limit);
    if let Some(actor) = &filter.actor {
        query = query.filter(sql::<Bool>(AUDIT_BY_NAME)).filter(audit_log::actor_label.eq(actor));
    }
    if let Some(entity) = filter.entity {
        query = query.filter(audit_log::entity_id.eq(entity));
    }
    if let Some(from) = filter.span.from {
        query = query
            .filter(audit_log::created_at.ge(from))
            .filter(audit_log::id.ge(Ids::first_at(from - BESIDE)));
    }
    if let Some(until) = filter.span.until {
        query = query
            .filter(audit_log::created_at.lt(until))
            .filter(audit_log::id.lt(Ids::first_at(until + BESIDE)));
    }
    if let Some(after) = filter.after {
        query = query.filter(audit_log::id.lt(after));
    }
    query
}
