//! What operators look at: figures and the audit log.

use std::collections::HashMap;

use orion_framework::db::{DbError, PlatformTx, cursor, page_limit};
use orion_framework::problem::ProblemDraft;
use orion_types::admin::{AdminOverview, AuditChange, AuditEntry, AuditQuery};
use orion_types::status::{JobStatus, StoreStatus};
use orion_types::{NO_STORE, Page, StoreId};
use serde_json::Value;
use uuid::Uuid;

use super::links::Links;
use super::stores::{newest, parameter};
use crate::model::{AuditRow, Scope};
use crate::queries::audit::{self, AuditFilter};
use crate::queries::{jobs, platforms};

/// How many of the newest stores the dashboard shows.
const NEWEST: i64 = 5;

/// How much of a value the log shows; descriptions are long, and the record itself is one link away.
const SHOWN: usize = 160;

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
            cursor: after,
            limit,
        } = query;
        Ok(Self {
            after: cursor::decode(after.as_deref())?,
            limit: page_limit(limit)?,
            filter: AuditFilter {
                scope,
                store: parameter("store", store)?,
                action: action.filter(|action| !action.is_empty()),
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
    Ok(cursor::page(rows, list.limit, |row| row.id, |row| to_wire(row, &codes)))
}

fn to_wire(row: AuditRow, codes: &HashMap<Uuid, String>) -> AuditEntry {
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
        changes: told(&changes),
        request_id,
        created_at: created_at.into(),
    }
}

/// The fields of a change: `{"name": {"before": "A", "after": "B"}}`, and facts as `{"reason": "…"}`.
fn told(changes: &Value) -> Vec<AuditChange> {
    let mut told = Vec::new();
    for (field, value) in changes.as_object().into_iter().flatten() {
        match (value.get("before"), value.get("after")) {
            (Some(before), Some(after)) => tell(&mut told, field, Some(before), after),
            _ => tell(&mut told, field, None, value),
        }
    }
    told
}

/// One field; of what is made of parts, such as a theme, those parts that differ.
fn tell(told: &mut Vec<AuditChange>, field: &str, before: Option<&Value>, after: &Value) {
    if let Some(parts) = after.as_object() {
        for (part, after) in parts {
            let before = before.map(|before| before.get(part).unwrap_or(&Value::Null));
            if before != Some(after) {
                tell(told, &format!("{field}.{part}"), before, after);
            }
        }
        return;
    }
    told.push(AuditChange {
        field: field.to_owned(),
        before: before.map(shown),
        after: shown(after),
    });
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => text[..end].to_owned() + "…",
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_changed_is_told_with_what_was_there_before_and_facts_are_told_alone() {
        let told = told(&json!({ "name": { "before": null, "after": "Mug" }, "units": 7, "text": "é".repeat(200) }));
        let of = |field: &str| told.iter().find(|change| change.field == field).unwrap();
        assert_eq!((of("name").before.as_deref(), of("name").after.as_str()), (Some(""), "Mug"));
        assert_eq!((of("units").before.as_deref(), of("units").after.as_str()), (None, "7"));
        assert_eq!(of("text").after.chars().count(), SHOWN + 1);
    }

    #[test]
    fn of_a_theme_the_colours_that_changed_are_told() {
        let theme = |accent: &str| json!({ "accent": accent, "radius": 8 });
        let told = told(&json!({ "theme": { "before": theme("#111111"), "after": theme("#222222") }, "tags": ["a", "b"] }));
        let fields: Vec<(&str, Option<&str>, &str)> = told
            .iter()
            .map(|change| (change.field.as_str(), change.before.as_deref(), change.after.as_str()))
            .collect();
        assert_eq!(fields, [("tags", None, "a, b"), ("theme.accent", Some("#111111"), "#222222")]);
    }
}
