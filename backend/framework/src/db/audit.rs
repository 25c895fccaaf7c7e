//! Who did what: the audit row that every writing transaction carries.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_schema::audit_log;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What kind of actor is behind a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// An administrator or a member of staff.
    User,
    /// A customer who is signed in.
    Customer,
    /// A customer who is not.
    Guest,
    /// A job or an event handler.
    System,
    /// The command line.
    Cli,
}

impl ActorKind {
    /// The spelling in the tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Customer => "customer",
            Self::Guest => "guest",
            Self::System => "system",
            Self::Cli => "cli",
        }
    }
}

/// Who is behind a change.
#[derive(Debug, Clone)]
pub struct Actor {
    /// What kind.
    pub kind: ActorKind,
    /// Their id, when they have one.
    pub id: Option<Uuid>,
    /// A name that is readable years later, such as an e-mail address.
    pub label: String,
}

impl Actor {
    /// A job, an event handler, the server itself.
    pub fn system(label: impl Into<String>) -> Self {
        Self {
            kind: ActorKind::System,
            id: None,
            label: label.into(),
        }
    }

    /// Somebody who shops without signing in.
    pub fn guest() -> Self {
        Self {
            kind: ActorKind::Guest,
            id: None,
            label: "guest".to_owned(),
        }
    }
}

/// What of the request belongs into the audit log.
#[derive(Debug, Clone, Default)]
pub struct RequestMeta {
    /// The request's id.
    pub request_id: Option<String>,
    /// The client's address.
    pub ip: Option<String>,
    /// The client's program.
    pub user_agent: Option<String>,
}

/// A line of the audit log in the making. Secrets never go in.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    action: &'static str,
    entity: &'static str,
    entity_id: Option<Uuid>,
    changes: Map<String, Value>,
}

impl AuditEntry {
    /// `action` in the past tense, such as `product.updated`; `entity` is the table.
    pub fn new(action: &'static str, entity: &'static str, entity_id: impl Into<Option<Uuid>>) -> Self {
        Self {
            action,
            entity,
            entity_id: entity_id.into(),
            changes: Map::new(),
        }
    }

    /// Notes a field before and after; nothing when it did not change.
    #[must_use]
    pub fn change(mut self, field: &str, before: impl Serialize, after: impl Serialize) -> Self {
        let (before, after) = (json!(before), json!(after));
        if before != after {
            self.changes.insert(field.to_owned(), json!({ "before": before, "after": after }));
        }
        self
    }

    /// Notes a fact about the change.
    #[must_use]
    pub fn note(mut self, name: &str, value: impl Serialize) -> Self {
        self.changes.insert(name.to_owned(), json!(value));
        self
    }
}

impl AuditEntry {
    /// The row as JSON, but for its time.
    pub(super) fn row(&self, store: Uuid, actor: &Actor, meta: &RequestMeta) -> Value {
        json!({
            "store_id": store, "id": crate::clock::Ids::new_id(), "actor_kind": actor.kind.as_str(), "actor_id": actor.id,
            "actor_label": actor.label, "action": self.action, "entity": self.entity, "entity_id": self.entity_id,
            "changes": self.changes, "request_id": meta.request_id, "ip": meta.ip,
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = audit_log)]
struct NewAuditRow<'a> {
    store_id: Uuid,
    id: Uuid,
    actor_kind: &'static str,
    actor_id: Option<Uuid>,
    actor_label: &'a str,
    action: &'static str,
    entity: &'static str,
    entity_id: Option<Uuid>,
    changes: Value,
    request_id: Option<&'a str>,
    ip: Option<&'a str>,
    created_at: DateTime<Utc>,
}

/// Writes the entries of one transaction with one statement.
pub(super) fn write(
    conn: &mut PgConnection,
    entries: Vec<(Uuid, AuditEntry)>,
    actor: &Actor,
    meta: &RequestMeta,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows: Vec<NewAuditRow<'_>> = entries
        .into_iter()
        .map(|(store_id, entry)| NewAuditRow {
            store_id,
            id: crate::clock::Ids::new_id(),
            actor_kind: actor.kind.as_str(),
            actor_id: actor.id,
            actor_label: &actor.label,
            action: entry.action,
            entity: entry.entity,
            entity_id: entry.entity_id,
            changes: Value::Object(entry.changes),
            request_id: meta.request_id.as_deref(),
            ip: meta.ip.as_deref(),
            created_at: now,
        })
        .collect();
    diesel::insert_into(audit_log::table).values(rows).execute(conn).map(|_| ())
}
