//! The audit log and the figures of the admin's dashboard.

use diesel::dsl::count_star;
use diesel::pg::Pg;
use diesel::prelude::*;
use orion_schema::{audit_log, jobs, stores};
use uuid::Uuid;

use crate::model::{AuditRow, Scope};

/// Which lines are asked for.
#[derive(Debug, Clone)]
pub(crate) struct AuditFilter {
    pub(crate) scope: Scope,
    pub(crate) store: Option<Uuid>,
    pub(crate) action: Option<String>,
}

/// Lines of the audit log, newest first, those after the line `after`.
pub(crate) fn list_entries(conn: &mut PgConnection, filter: &AuditFilter, after: Option<Uuid>, limit: i64) -> QueryResult<Vec<AuditRow>> {
    let mut query: audit_log::BoxedQuery<'_, Pg> = audit_log::table.order(audit_log::id.desc()).limit(limit).into_boxed();
    if let Scope::Platforms(ids) = &filter.scope {
        let inside = stores::table.filter(stores::platform_id.eq_any(ids)).select(stores::id);
        query = query.filter(audit_log::store_id.eq_any(inside));
    }
    if let Some(store) = filter.store {
        query = query.filter(audit_log::store_id.eq(store));
    }
    if let Some(action) = &filter.action {
        // `store` also finds `store.created`.
        query = query.filter(
            audit_log::action
                .eq(action)
                .or(audit_log::action.like(format!("{}.%", super::escaped(action)))),
        );
    }
    if let Some(after) = after {
        query = query.filter(audit_log::id.lt(after));
    }
    query.select(AuditRow::as_select()).load(conn)
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
