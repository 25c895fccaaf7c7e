//! An entry of the audit log as the bytes that its link covers.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::auth::ChainKey;

/// The columns of an entry, every one of them, in the order in which they are covered; `a` is the log.
pub(super) const COLUMNS: &str = "a.actor_kind::text AS actor_kind, a.actor_id, a.actor_label, a.action, a.entity, a.entity_id, a.changes::text AS changes, \
     a.request_id, a.ip, a.impersonation_id, (extract(epoch FROM a.created_at) * 1000000)::bigint AS created_at";

/// An entry. Absent where there is none.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Entry {
    #[diesel(sql_type = SqlUuid)]
    pub(super) store_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub(super) id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    actor_kind: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    actor_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    actor_label: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) action: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    entity: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    entity_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    changes: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    request_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    ip: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    impersonation_id: Option<Uuid>,
    /// In microseconds since 1970, as the column keeps it.
    #[diesel(sql_type = Nullable<BigInt>)]
    created_at: Option<i64>,
}

impl Entry {
    /// The link of the entry behind another one.
    pub(super) fn link(&self, key: &ChainKey, before: &[u8]) -> [u8; 32] {
        key.link(before, &self.covered())
    }

    /// Every column with its length in front: no two entries have the same bytes.
    fn covered(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(512);
        bytes.extend_from_slice(self.store_id.as_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        for uuid in [self.actor_id, self.entity_id] {
            put(&mut bytes, uuid.as_ref().map(|uuid| uuid.as_bytes().as_slice()));
        }
        for text in [
            &self.actor_kind,
            &self.actor_label,
            &self.action,
            &self.entity,
            &self.changes,
            &self.request_id,
            &self.ip,
        ] {
            put(&mut bytes, text.as_ref().map(String::as_bytes));
        }
        put(&mut bytes, self.created_at.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
        // The column is younger than the first rows: where it is empty, an entry has the bytes that it had before. No other entry can have those with
        // one behind, since each part says how long it is.
        if let Some(impersonation) = &self.impersonation_id {
            put(&mut bytes, Some(impersonation.as_bytes()));
        }
        bytes
    }
}

/// Its length plus one, and the bytes; 0 for what is absent.
fn put(bytes: &mut Vec<u8>, value: Option<&[u8]>) {
    let length = value.map_or(0, |value| value.len() as u64 + 1);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(value.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            store_id: Uuid::from_u128(1),
            id: Uuid::from_u128(2),
            actor_kind: Some("user".to_owned()),
            actor_id: Some(Uuid::from_u128(3)),
            actor_label: Some("owner@acme.test".to_owned()),
            action: Some("product.updated".to_owned()),
            entity: Some("products".to_owned()),
            entity_id: None,
            changes: Some("{}".to_owned()),
            request_id: None,
            ip: Some(String::new()),
            impersonation_id: Some(Uuid::from_u128(4)),
            created_at: Some(1),
        }
    }

    #[test]
    fn every_column_is_covered_and_none_runs_into_the_next() {
        let whole = entry();
        let changes: [fn(&mut Entry); 15] = [
            |entry| entry.store_id = Uuid::nil(),
            |entry| entry.id = Uuid::nil(),
            |entry| entry.actor_kind = Some("cli".to_owned()),
            |entry| entry.actor_id = None,
            |entry| entry.actor_label = Some(String::new()),
            |entry| entry.action = Some("product.update".to_owned()),
            |entry| entry.entity = Some("dproducts".to_owned()),
            |entry| entry.entity_id = Some(Uuid::nil()),
            |entry| entry.changes = Some("{ }".to_owned()),
            |entry| entry.request_id = Some(String::new()),
            |entry| entry.ip = None,
            |entry| entry.created_at = Some(2),
            |entry| entry.impersonation_id = None,
            |entry| entry.impersonation_id = entry.actor_id,
            |entry| (entry.actor_id, entry.entity_id) = (entry.entity_id, entry.actor_id),
        ];
        for (place, change) in changes.into_iter().enumerate() {
            let mut changed = whole.clone();
            change(&mut changed);
            assert_ne!(changed.covered(), whole.covered(), "change {place}");
        }
    }
}
