//! What operators look at: figures and the audit log.

use std::collections::HashMap;

use orion_framework::db::{DbError, PlatformTx, SHOWN_IN_LISTS, audit_changes, cursor, page_limit};
use orion_framework::impersonation::reasons;
use orion_framework::problem::ProblemDraft;
use orion_framework::zone::Zone;
use orion_types::admin::{AdminOverview, AuditQuery};
use orion_types::audit::{AuditEntry, AuditImpersonation};
use orion_types::status::{JobStatus, StoreStatus};
use orion_types::{ImpersonationId, NO_STORE, Page, StoreId};
use uuid::Uuid;

use super::links::Links;
use super::stores::{newest, parameter};
use crate::model::{AuditRow, Scope};
use crate::queries::audit::{self, AuditFilter};
use crate::queries::{jobs, platforms};

/// How many of the newest stores the dashboard shows.
const NEWEST: i64 = 5;

/// The figures of the admin's dashboard.
pub(crate) fn overview(tx: &mut PlatformTx, links: &Links, scope: &Scope) -> Result<AdminOverview, DbError> {
    let platforms = platforms::list_platforms(tx.conn(), scope)?;
    let by_status = audit::count_stores_by_status(tx.conn(), scope)?;
    let of = |status: StoreStatus| {
        by_status
            .iter()
            .find(|(name, _)| name == status.as_str())
            .map_or(0, |(_, count)| *count)
    };
    Ok(AdminOverview {
        platforms: i64::try_from(platforms.len()).unwrap_or(i64::MAX),
        stores: by_status.iter().map(|(_, count)| count).sum(),
        active_stores: of(StoreStatus::Active),
        suspended_stores: of(StoreStatus::Suspended),
        jobs_queued: audit::count_jobs(tx.conn(), scope, JobStatus::Queued.as_str())?,
        jobs_dead: audit::count_jobs(tx.conn(), scope, JobStatus::Dead.as_str())?,
        newest_stores: newest(tx, links, scope, NEWEST)?,
    })
}

/// What a request for the audit log asks for, understood.
#[derive(Debug)]
pub(crate) struct AuditList {
    filter: AuditFilter,
    after: Option<Uuid>,
    limit: i64,
}

impl AuditList {
    /// Reads the query string; what it says nonsense about is named.
    pub(crate) fn parse(query: AuditQuery, scope: Scope) -> Result<Self, ProblemDraft> {
        let AuditQuery {
            store,
            action,
            actor,
            from,
            to,
            cursor: after,
            limit,
        } = query;
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(Self {
            after: cursor::decode(after.as_deref())?,
            limit: page_limit(limit)?,
            filter: AuditFilter {
                scope,
                store: parameter("store", store)?,
                action: given(action),
                actor: given(actor),
                span: Zone::default().span(given(from).as_deref(), given(to).as_deref())?,
            },
        })
    }
}

/// A page of the audit log, newest first. What concerns no store is for super admins only.
pub(crate) fn list_audit(tx: &mut PlatformTx, list: &AuditList) -> Result<Page<AuditEntry>, DbError> {
    let rows = audit::list_entries(tx.conn(), &list.filter, list.after, list.limit + 1)?;
    let mut stores: Vec<Uuid> = rows.iter().map(|row| row.store_id).collect();
    stores.sort_unstable();
    stores.dedup();
    let codes: HashMap<Uuid, String> = jobs::store_codes(tx.conn(), &stores)?.into_iter().collect();
    let impersonated: Vec<Uuid> = rows.iter().filter_map(|row| row.impersonation_id).collect();
    let reasons: HashMap<Uuid, String> = reasons(tx.conn(), &stores, &impersonated)?.into_iter().collect();
    Ok(cursor::page(rows, list.limit, |row| row.id, |row| to_wire(row, &codes, &reasons)))
}

fn to_wire(row: AuditRow, codes: &HashMap<Uuid, String>, reasons: &HashMap<Uuid, String>) -> AuditEntry {
    let AuditRow {
        store_id,
        id,
        actor_kind,
        actor_label,
        action,
        entity,
        entity_id,
        changes,
        request_id,
        ip,
        impersonation_id,
        created_at,
    } = row;
    AuditEntry {
        id,
        store_id: Some(StoreId(store_id)).filter(|store| *store != NO_STORE),
        store: codes.get(&store_id).cloned(),
        actor_kind,
        actor: actor_label,
        action,
        entity,
        entity_id,
        changes: audit_changes(&changes, SHOWN_IN_LISTS),
        request_id,
        ip,
        impersonation: impersonation_id.map(|id| AuditImpersonation {
            id: ImpersonationId(id),
            reason: reasons.get(&id).cloned().unwrap_or_default(),
        }),
        created_at: created_at.into(),
    }
}
