//! A transaction across stores: for operators and for the machinery, with a role of its own, audited.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use orion_types::{NO_STORE, PlatformId, StoreId, UserId};
use serde_json::Value;
use uuid::Uuid;

use super::audit::{self, Actor, AuditEntry, RequestMeta};
use super::outgoing::{PendingEvent, PendingJob, each, job_of};
use super::pool::{BEGIN, Lane, Lease};
use super::store_tx::{StoreTx, TxContext, roll_back, tell_of_store};
use super::{Db, DbError, Statement, StatementText};
use crate::clock::{Clock, Ids};
use crate::event::Event;
use crate::job::{Job, JobOptions};
use crate::module::Registry;

/// A transaction across stores, as the role `orion_platform`.
pub struct PlatformTx {
    lease: Option<Lease>,
    actor: Actor,
    meta: RequestMeta,
    clock: Clock,
    modules: Arc<Registry>,
    now: DateTime<Utc>,
    audit: Vec<(Uuid, AuditEntry)>,
    events: Vec<(Uuid, PendingEvent)>,
    jobs: Vec<(Uuid, PendingJob)>,
    unaudited: bool,
    tenants_changed: bool,
    changed: Vec<StoreId>,
    work: bool,
    catalogs: Vec<(StoreId, i64)>,
    counts: Vec<&'static str>,
}

const WRITE_EVENT: &str = "INSERT INTO outbox_events (store_id, id, event, version, payload, created_at, dispatched_at) \
     SELECT $1, $2, $3, $4, $5, $6, CASE WHEN heard.always OR coalesce(heard.asked && orion_listeners($1), false) THEN NULL ELSE $6 END \
     FROM (SELECT bool_or(NOT handler.is_asked) AS always, array_agg(handler.name) FILTER (WHERE handler.is_asked) AS asked \
         FROM unnest($7, $8, $9) AS handler (module, name, is_asked) \
         WHERE handler.module = ANY($10) OR EXISTS (SELECT FROM stores AS store \
             JOIN platform_modules AS switch ON switch.platform_id = store.platform_id \
             WHERE store.id = $1 AND switch.enabled AND switch.module = handler.module)) AS heard";

struct QueueJobs;

impl StatementText for QueueJobs {
    // As a store's transaction queues them, for many stores.
    const SQL: &'static str = ",
queued AS (
    INSERT INTO jobs (store_id, id, kind, payload, priority, unique_key, max_attempts, retry_until, run_at, created_at)
    SELECT store_id, id, kind, coalesce(payload, 'null'), priority, unique_key, max_attempts, retry_until, coalesce(run_at, $3, now()), $2
    FROM jsonb_populate_recordset(NULL::jobs, $1)
    ON CONFLICT DO NOTHING
)
SELECT 1";
    type Row = Integer;
}

/// What a platform commit has moved, for the server's own memory.
#[derive(Debug, Default)]
pub struct PlatformCommitted {
    /// Platforms or module switches changed.
    pub tenants_changed: bool,
    /// Stores of which what every request knows has changed.
    pub changed: Vec<StoreId>,
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
        (clock, modules): (Clock, Arc<Registry>),
        work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static,
    ) -> Result<(T, PlatformCommitted), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        Self::run_on(db.platform(), actor, meta, (clock, modules), work).await
    }

    /// Likewise, over the connections of the directory, which wait for nobody.
    pub(crate) async fn look_up<T, E>(
        db: &Db,
        actor: Actor,
        meta: RequestMeta,
        (clock, modules): (Clock, Arc<Registry>),
        work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static,
    ) -> Result<(T, PlatformCommitted), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        Self::run_on(db.directory(), actor, meta, (clock, modules), work).await
    }

    async fn run_on<T, E>(
        lane: &Lane,
        actor: Actor,
        meta: RequestMeta,
        (clock, modules): (Clock, Arc<Registry>),
        work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static,
    ) -> Result<(T, PlatformCommitted), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        lane.run(BEGIN.to_owned(), move |lease| {
            let now = clock.now();
            let mut tx = Self {
                lease: Some(lease),
                actor,
                meta,
                clock,
                modules,
                now,
                audit: Vec::new(),
                events: Vec::new(),
                jobs: Vec::new(),
                unaudited: false,
                tenants_changed: false,
                changed: Vec::new(),
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

    /// Opens the rows that belong to a platform, until the transaction ends: without it there are none.
    ///
    /// # Errors
    /// [`DbError::NotFound`] when there is no such platform.
    pub(crate) fn enter_platform(&mut self, platform: PlatformId) -> Result<(), DbError> {
        let entered = diesel::sql_query("SELECT set_config('app.platform_id', id::text, true) FROM platforms WHERE id = $1")
            .bind::<SqlUuid, _>(platform.0)
            .execute(self.conn())?;
        if entered == 0 { Err(DbError::NotFound) } else { Ok(()) }
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

    /// Says who is behind the transaction, where that shows inside of it: all that it leaves is theirs.
    pub(crate) fn turns_out_to_be(&mut self, actor: Actor) {
        self.actor = actor;
    }

    /// The request behind the transaction.
    pub fn meta(&self) -> &RequestMeta {
        &self.meta
    }

    /// Notes what was done, to a store or to the platform itself.
    pub fn audit(&mut self, store: Option<StoreId>, entry: AuditEntry) {
        self.audit.push((store.unwrap_or(NO_STORE).0, entry));
    }

    /// Ends what programs do in somebody's name, as their sessions end.
    pub(crate) fn end_connections(&mut self, user: UserId) -> Result<(), DbError> {
        match self.modules.token_book() {
            Some(book) => (book.end_all)(self, user),
            None => Ok(()),
        }
    }

    /// Publishes what was done to a store; it is delivered after the commit.
    pub fn emit<E: Event>(&mut self, store: StoreId, event: &E) {
        self.events.push((store.0, PendingEvent::new(event)));
        self.work = true;
    }

    /// Queues a job of a store with its own time, key or priority; it runs after the commit.
    pub fn enqueue_with<J: Job>(&mut self, store: StoreId, job: &J, options: JobOptions) {
        self.jobs.push((store.0, PendingJob::new(job, options)));
        self.work = true;
    }

    /// Says why this write needs no audit entry.
    pub fn no_audit(&mut self, reason: &'static str) {
        tracing::trace!(reason, "write without an audit entry");
        self.unaudited = true;
    }

    /// Says that what every request knows of a store (hosts, state, name) has changed: every server forgets it when the transaction commits.
    pub fn invalidate_store(&mut self, store: StoreId) {
        self.changed.push(store);
    }

    /// Says that platforms or module switches changed: every server forgets all that it knew when the transaction commits.
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
        if committed.tenant_changed {
            self.changed.push(store);
        }
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

    /// An event of which nobody hears who is on for the store's platform is there for who looks back, as those of a store's transaction.
    fn write_events(&mut self) -> QueryResult<()> {
        let now = self.now;
        for (store, event) in std::mem::take(&mut self.events) {
            let listeners: Vec<_> = self.modules.listeners(event.name).collect();
            diesel::sql_query(WRITE_EVENT)
                .bind::<SqlUuid, _>(store)
                .bind::<SqlUuid, _>(Ids::new_id())
                .bind::<Text, _>(event.name)
                .bind::<SmallInt, _>(event.version)
                .bind::<Jsonb, _>(event.data)
                .bind::<Timestamptz, _>(now)
                .bind::<Array<Text>, _>(each(&listeners, |(module, _)| module.id))
                .bind::<Array<Text>, _>(each(&listeners, |(_, handler)| handler.name))
                .bind::<Array<Bool>, _>(each(&listeners, |(_, handler)| handler.hears.is_asked_for()))
                .bind::<Array<Text>, _>(self.modules.always_on())
                .execute(self.conn())?;
        }
        Ok(())
    }

    fn write_jobs(&mut self) -> QueryResult<()> {
        let (now, held) = (self.now, self.clock.held());
        let rows: Vec<Value> = std::mem::take(&mut self.jobs)
            .iter()
            .map(|(store, job)| job_of(*store, job, now))
            .collect();
        if !rows.is_empty() {
            let rows = Value::Array(rows).into_sql::<Jsonb>();
            let (now, held) = (now.into_sql::<Timestamptz>(), held.into_sql::<Nullable<Timestamptz>>());
            Statement::<QueueJobs, _>::new((rows, now, held)).execute(self.conn())?;
        }
        Ok(())
    }

    fn commit(mut self) -> Result<PlatformCommitted, DbError> {
        let entries = std::mem::take(&mut self.audit);
        let mut changed = Vec::new();
        if cfg!(debug_assertions) && entries.is_empty() && !self.unaudited && !self.work && self.has_written()? {
            return Err(DbError::Unaudited);
        }
        let (actor, meta, now) = (self.actor.clone(), self.meta.clone(), self.now);
        audit::write(self.conn(), &entries, &actor, &meta, now)?;
        self.write_events()?;
        self.write_jobs()?;
        if self.tenants_changed {
            self.conn().batch_execute("SELECT pg_notify('orion', 'tenants')")?;
        }
        for store in std::mem::take(&mut self.changed) {
            tell_of_store(self.conn(), store.0)?;
            changed.push(store);
        }
        AnsiTransactionManager::commit_transaction(self.conn()).map_err(|error| DbError::from(error).while_committing())?;
        self.lease = None;
        Ok(PlatformCommitted {
            tenants_changed: self.tenants_changed,
            changed,
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
