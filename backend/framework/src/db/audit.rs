//! Who did what: the audit row that every writing transaction carries.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Array, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::families::Families;
use super::outgoing::each;

/// What was done, but for what checkouts write.
pub const AUDIT_ACTIONS: Families = Families {
    table: "audit_log",
    column: "action",
    frequent: "order.placed",
};

/// Whose entries are found by what the log calls them, as the indexes have it: those who work here, and programs.
pub const AUDIT_BY_NAME: &str = "actor_kind IN ('user', 'key', 'system', 'cli')";

/// Ids sort by the time they were made, which is a little before or after the time that an entry has: so much is looked at beside a span, since
/// transactions end within it.
pub const BESIDE: TimeDelta = TimeDelta::hours(1);

/// What kind of actor is behind a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// An administrator or a member of staff.
    User,
    /// A customer who is signed in.
    Customer,
    /// A customer who is not.
    Guest,
    /// A program with an API key.
    Key,
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
            Self::Key => "key",
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
    /// A name that is readable years later, such as an e-mail address, or what a key is called and how it begins.
    pub label: String,
    /// The impersonation in which an administrator works in a store that is not theirs.
    pub impersonation: Option<Uuid>,
}

impl Actor {
    /// A job, an event handler, the server itself.
    pub fn system(label: impl Into<String>) -> Self {
        Self {
            kind: ActorKind::System,
            id: None,
            label: label.into(),
            impersonation: None,
        }
    }

    /// Somebody who shops without signing in.
    pub fn guest() -> Self {
        Self {
            kind: ActorKind::Guest,
            id: None,
            label: "guest".to_owned(),
            impersonation: None,
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
    /// What is noted, by its names.
    pub fn names(&self) -> Vec<String> {
        self.changes.keys().cloned().collect()
    }

    /// The row as JSON, but for its time.
    fn row(&self, store: Uuid, actor: &Actor, meta: &RequestMeta) -> Value {
        json!({
            "store_id": store, "id": crate::clock::Ids::new_id(), "actor_kind": actor.kind.as_str(), "actor_id": actor.id,
            "actor_label": actor.label, "action": self.action, "entity": self.entity, "entity_id": self.entity_id,
            "changes": self.changes, "request_id": meta.request_id, "ip": meta.ip, "impersonation_id": actor.impersonation,
        })
    }
}

/// Rows of the audit log from a JSON array, at a time.
const INSERT: &str = "INSERT INTO audit_log \
     (store_id, id, actor_kind, actor_id, actor_label, action, entity, entity_id, changes, request_id, ip, impersonation_id, created_at) \
     SELECT store_id, id, actor_kind, actor_id, actor_label, action, entity, entity_id, changes, request_id, ip, impersonation_id, $2 \
     FROM jsonb_populate_recordset(NULL::audit_log, $1)";

/// The entries of one store's transaction: what is the same for all, then the columns.
pub(super) fn columns<'a>(entries: &'a [(Uuid, AuditEntry)], (actor, meta): (&'a Actor, &'a RequestMeta)) -> impl QueryFragment<Pg> + 'a {
    (
        actor.kind.as_str().into_sql::<Text>(),
        actor.id.into_sql::<Nullable<SqlUuid>>(),
        actor.label.as_str().into_sql::<Text>(),
        meta.request_id.as_deref().into_sql::<Nullable<Text>>(),
        meta.ip.as_deref().into_sql::<Nullable<Text>>(),
        each(entries, |_| crate::clock::Ids::new_id()).into_sql::<Array<SqlUuid>>(),
        each(entries, |(_, entry)| entry.action).into_sql::<Array<Text>>(),
        each(entries, |(_, entry)| entry.entity).into_sql::<Array<Text>>(),
        each(entries, |(_, entry)| entry.entity_id).into_sql::<Array<Nullable<SqlUuid>>>(),
        each(entries, |(_, entry)| Value::Object(entry.changes.clone())).into_sql::<Array<Jsonb>>(),
    )
}

/// Writes the entries of one transaction with one statement.
pub(super) fn write(
    conn: &mut PgConnection,
    entries: &[(Uuid, AuditEntry)],
    actor: &Actor,
    meta: &RequestMeta,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows = entries.iter().map(|(store, entry)| entry.row(*store, actor, meta));
    diesel::sql_query(INSERT)
        .bind::<Jsonb, _>(Value::Array(rows.collect()))
        .bind::<Timestamptz, _>(now)
        .execute(conn)
        .map(|_| ())
}
