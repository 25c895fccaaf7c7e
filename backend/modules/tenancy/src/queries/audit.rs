//! The audit log and the figures of the admin's dashboard.

use std::cmp::Reverse;

use diesel::dsl::{AsSelect, IntoBoxed, Select, count_star, sql};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use orion_framework::clock::Ids;
use orion_framework::db::{AUDIT_ACTIONS, AUDIT_BY_NAME, BESIDE};
use orion_framework::zone::Span;
use uuid::Uuid;

use crate::foreign::{audit_log, jobs};
use crate::model::{AuditRow, Scope};
use crate::schema::stores;

/// Which lines are asked for.
#[derive(Debug, Clone)]
pub(crate) struct AuditFilter {
    pub(crate) scope: Scope,
    pub(crate) store: Option<Uuid>,
    pub(crate) action: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) span: Span,
}

/// Lines that are asked for.
type Lines<'a> = IntoBoxed<'a, Select<audit_log::table, AsSelect<AuditRow, Pg>>, Pg>;

/// Lines of the audit log, newest first, those after the line `after`.
pub(crate) fn list_entries(conn: &mut PgConnection, filter: &AuditFilter, after: Option<Uuid>, limit: i64) -> QueryResult<Vec<AuditRow>> {
    let Some(family) = &filter.action else {
        return narrowed(filter, after, limit).load(conn);
    };
    let mut rows = Vec::new();
    for action in AUDIT_ACTIONS.rare(conn, None, family)? {
        let of_one = sql::<Bool>(&AUDIT_ACTIONS.rare_is()).bind::<Text, _>(action);
        rows.extend(narrowed(filter, after, limit).filter(of_one).load(conn)?);
    }
    if AUDIT_ACTIONS.has_frequent(family) {
        let frequent = audit_log::action.eq(AUDIT_ACTIONS.frequent);
        rows.extend(narrowed(filter, after, limit).filter(frequent).load(conn)?);
    }
    rows.sort_by_key(|row| Reverse(row.id));
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(rows)
}

/// Lines of any action, newest first.
fn narrowed(filter: &AuditFilter, after: Option<Uuid>, limit: i64) -> Lines<'_> {
    let mut query: Lines<'_> = audit_log::table.select(AuditRow::as_select()).into_boxed();
    query = query.order(audit_log::id.desc()).limit(limit);
    if let Scope::Platforms(ids) = &filter.scope {
        let inside = stores::table.filter(stores::platform_id.eq_any(ids)).select(stores::id);
        query = query.filter(audit_log::store_id.eq_any(inside));
    }
    if let Some(store) = filter.store {
        query = query.filter(audit_log::store_id.eq(store));
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(sql::<Bool>(AUDIT_BY_NAME)).filter(audit_log::actor_label.eq(actor));
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
    if let Some(after) = after {
        query = query.filter(audit_log::id.lt(after));
    }
    query
}

/// How many live stores there are in each status.
pub(crate) fn count_stores_by_status(conn: &mut PgConnection, scope: &Scope) -> QueryResult<Vec<(String, i64)>> {
    match scope {
        Scope::All => stores::table
            .filter(stores::deleted_at.is_null())
            .group_by(stores::status)
            .select((stores::status, count_star()))
            .load(conn),
        Scope::Platforms(ids) => stores::table
            .filter(stores::deleted_at.is_null())
            .filter(stores::platform_id.eq_any(ids))
            .group_by(stores::status)
            .select((stores::status, count_star()))
            .load(conn),
    }
}

/// How many background jobs are in a status.
pub(crate) fn count_jobs(conn: &mut PgConnection, scope: &Scope, status: &str) -> QueryResult<i64> {
    let mut query = jobs::table.filter(jobs::status.eq(status)).into_boxed();
    if let Scope::Platforms(ids) = scope {
        let inside = stores::table.filter(stores::platform_id.eq_any(ids)).select(stores::id);
        query = query.filter(jobs::store_id.eq_any(inside));
    }
    query.count().get_result(conn)
}
