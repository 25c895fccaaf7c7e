//! A transaction across stores: for operators and for the machinery, with a role of its own, audited.

use chrono::{DateTime, Utc};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use orion_schema::outbox_events;
use orion_types::{NO_STORE, StoreId};
use serde_json::Value;
use uuid::Uuid;

use super::audit::{self, Actor, AuditEntry, RequestMeta};
use super::pool::{BEGIN, Lease};
use super::store_tx::{StoreTx, TxContext, roll_back};
use super::{Db, DbError};
use crate::clock::{Clock, Ids};
use crate::event::Event;

/// A transaction across stores, as the role `orion_platform`.
pub struct PlatformTx {
    lease: Option<Lease>,
    actor: Actor,
    meta: RequestMeta,
    clock: Clock,
    now: DateTime<Utc>,
    audit: Vec<(Uuid, AuditEntry)>,
    events: Vec<(Uuid, &'static str, Value)>,
    unaudited: bool,
    tenants_changed: bool,
    work: bool,
    catalogs: Vec<(StoreId, i64)>,
    counts: Vec<&'static str>,
}

/// What a platform commit has moved, for the server's own memory.
#[derive(Debug, Default)]
pub struct PlatformCommitted {
    /// Hosts, stores or module switches changed.
    pub tenants_changed: bool,
    /// Events or jobs wait for the worker.
    pub work: bool,
    /// New catalogue versions of stores.
    pub catalogs: Vec<(StoreId, i64)>,
    /// Counters that go up by one each.
    pub counts: Vec<&'static str>,
}

impl PlatformTx {
    /// Runs `work` in one transaction on a blocking thread; commits when it returns `Ok`.
    pub(crate) async fn run<T, E>(
        db: &Db,
        actor: Actor,
        meta: RequestMeta,
        clock: Clock,
        work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static,
    ) -> Result<(T, PlatformCommitted), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        db.platform()
            .run(BEGIN.to_owned(), move |lease| {
                let now = clock.now();
                let mut tx = Self {
                    lease: Some(lease),
                    actor,
                    meta,
                    clock,
                    now,
                    audit: Vec::new(),
                    events: Vec::new(),
                    unaudited: false,
                    tenants_changed: false,
                    work: false,
                    catalogs: Vec::new(),
                    counts: Vec::new(),
                };
                let value = work(&mut tx)?;
                let committed = tx.commit()?;
                Ok((value, committed))
            })
            .await
    }

    fn lease(&mut self) -> &mut Lease {
        match &mut self.lease {
            Some(lease) => lease,
            None => unreachable!("the lease leaves a transaction only when it ends or while a store borrows it"),
        }
    }

    /// The connection, inside the transaction.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.lease().pg
    }

    /// When the transaction began.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        Ids::new_id()
    }

    /// Who is behind the transaction.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The request behind the transaction.
    pub fn meta(&self) -> &RequestMeta {
        &self.meta
    }

    /// Notes what was done, to a store or to the platform itself.
    pub fn audit(&mut self, store: Option<StoreId>, entry: AuditEntry) {
        self.audit.push((store.unwrap_or(NO_STORE).0, entry));
    }

    /// Publishes what was done to a store; it is delivered after the commit.
    pub fn emit<E: Event>(&mut self, store: StoreId, event: &E) {
        let payload = serde_json::to_value(event).unwrap_or_default();
        self.events.push((store.0, E::NAME, payload));
        self.work = true;
    }

    /// Says why this write needs no audit entry.
    pub fn no_audit(&mut self, reason: &'static str) {
        tracing::trace!(reason, "write without an audit entry");
        self.unaudited = true;
    }

    /// Says that hosts, stores or module switches changed: every server forgets what it knew when the transaction commits.
    pub fn invalidate_tenants(&mut self) {
        self.tenants_changed = true;
    }

    /// Works for one store inside this transaction, behind the same walls as any store transaction.
    pub fn as_store<T, E: From<DbError>>(&mut self, context: TxContext, work: impl FnOnce(&mut StoreTx) -> Result<T, E>) -> Result<T, E> {
        let Some(mut lease) = self.lease.take() else {
            return Err(DbError::Unavailable("the transaction has ended".to_owned()).into());
        };
        let store = context.store.id;
        if let Err(error) = lease.pg.batch_execute("SET LOCAL ROLE orion_app") {
            self.lease = Some(lease);
            return Err(DbError::from(error).into());
        }
        let mut tx = StoreTx::enter(lease, context)?;
        let result = work(&mut tx).and_then(|value| Ok((value, tx.flush().map_err(E::from)?)));
        self.lease = tx.into_lease();
        let (value, committed) = result?;
        self.work |= committed.work;
        self.counts.extend(committed.counts);
        self.catalogs.extend(committed.catalog_version.map(|version| (store, version)));
        self.conn()
            .batch_execute("SET LOCAL ROLE orion_platform; SELECT set_config('app.store_id', '', true)")
            .map_err(DbError::from)?;
        Ok(value)
    }

    /// The clock, for contexts of stores that this transaction works for.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    fn has_written(&mut self) -> QueryResult<bool> {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "pg_current_xact_id_if_assigned() IS NOT NULL",
        ))
        .get_result(self.conn())
    }

    fn write_events(&mut self) -> QueryResult<()> {
        let now = self.now;
        let row = |(store, name, payload)| {
            (
                outbox_events::store_id.eq(store),
                outbox_events::id.eq(Ids::new_id()),
                outbox_events::event.eq(name),
                outbox_events::payload.eq(payload),
                outbox_events::created_at.eq(now),
            )
        };
        let rows: Vec<_> = std::mem::take(&mut self.events).into_iter().map(row).collect();
        if !rows.is_empty() {
            diesel::insert_into(outbox_events::table).values(rows).execute(self.conn())?;
        }
        Ok(())
    }

    fn commit(mut self) -> Result<PlatformCommitted, DbError> {
        let entries = std::mem::take(&mut self.audit);
        if cfg!(debug_assertions) && entries.is_empty() && !self.unaudited && !self.work && self.has_written()? {
            return Err(DbError::Unaudited);
        }
        let (actor, meta, now) = (self.actor.clone(), self.meta.clone(), self.now);
        audit::write(self.conn(), &entries, &actor, &meta, now)?;
        self.write_events()?;
        if self.tenants_changed {
            self.conn().batch_execute("SELECT pg_notify('orion', 'tenants')")?;
        }
        AnsiTransactionManager::commit_transaction(self.conn()).map_err(|error| DbError::from(error).while_committing())?;
        self.lease = None;
        Ok(PlatformCommitted {
            tenants_changed: self.tenants_changed,
            work: self.work,
            catalogs: std::mem::take(&mut self.catalogs),
            counts: std::mem::take(&mut self.counts),
        })
    }
}

impl Drop for PlatformTx {
    fn drop(&mut self) {
        if let Some(lease) = &mut self.lease {
            roll_back(lease);
        }
    }
}
