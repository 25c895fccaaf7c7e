//! Transactions that a key's row can be part of: those of a store, and those of the platform, whose keys belong to no store.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::NO_STORE;
use uuid::Uuid;

use super::IdempotencyError;
use crate::db::{KeptAnswer, PlatformTx, StoreTx};
use crate::schema::idempotency_keys;

/// A transaction that can hold the row of a key.
pub trait KeyHolder {
    /// The store that the key belongs to.
    fn owner(&self) -> Uuid;

    /// When the transaction began.
    fn began(&self) -> DateTime<Utc>;

    /// The connection, inside the transaction.
    fn connection(&mut self) -> &mut PgConnection;

    /// Says that nothing was done that an audit would have to name.
    fn needs_no_audit(&mut self, reason: &'static str);

    /// Keeps the answer for whoever asks again.
    ///
    /// # Errors
    /// That of the database.
    fn keep(&mut self, answer: KeptAnswer) -> Result<(), IdempotencyError>;
}

impl KeyHolder for StoreTx {
    fn owner(&self) -> Uuid {
        self.store_id()
    }

    fn began(&self) -> DateTime<Utc> {
        self.now()
    }

    fn connection(&mut self) -> &mut PgConnection {
        self.conn()
    }

    fn needs_no_audit(&mut self, reason: &'static str) {
        self.no_audit(reason);
    }

    fn keep(&mut self, answer: KeptAnswer) -> Result<(), IdempotencyError> {
        self.keep_answer(answer);
        Ok(())
    }
}

impl KeyHolder for PlatformTx {
    fn owner(&self) -> Uuid {
        NO_STORE.0
    }

    fn began(&self) -> DateTime<Utc> {
        self.now()
    }

    fn connection(&mut self) -> &mut PgConnection {
        self.conn()
    }

    fn needs_no_audit(&mut self, reason: &'static str) {
        self.no_audit(reason);
    }

    fn keep(&mut self, answer: KeptAnswer) -> Result<(), IdempotencyError> {
        let row = idempotency_keys::table
            .filter(idempotency_keys::store_id.eq(NO_STORE.0))
            .filter(idempotency_keys::principal.eq(answer.principal))
            .filter(idempotency_keys::route.eq(answer.route))
            .filter(idempotency_keys::key.eq(answer.key));
        let answered = (
            idempotency_keys::response_status.eq(answer.status),
            idempotency_keys::response_body.eq(answer.body),
        );
        diesel::update(row).set(answered).execute(self.conn())?;
        Ok(())
    }
}
