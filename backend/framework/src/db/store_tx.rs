//! A transaction that works for one store and cannot see another.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use orion_types::StoreId;
use uuid::Uuid;

use super::audit::{Actor, AuditEntry, RequestMeta};
use super::outgoing::{Heard, KeptAnswer, Outgoing, PendingEvent, PendingJob, Times, each};
use super::pool::Lease;
use super::{Db, DbError};
use crate::clock::{Clock, Ids};
use crate::event::{Event, EventHandler};
use crate::job::{Job, JobOptions};
use crate::module::{Module, Registry};
use crate::tenancy::StoreContext;

/// Whether a transaction may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// PostgreSQL refuses writes.
    ReadOnly,
    /// Writes need an audit entry.
    ReadWrite,
}

/// A variant that was saved, and what that means for its stock.
#[derive(Debug, Clone, Default)]
pub struct SavedVariant {
    /// The variant.
    pub id: Uuid,
    /// Units on hand of a new variant.
    pub initial_on_hand: Option<i32>,
    /// The count that a product file gives.
    pub set_on_hand: Option<i32>,
    /// Units that join those on hand, or leave them; what is promised to orders stays.
    pub change_on_hand: Option<i32>,
    /// It is no longer sold: its units leave the books, but for those that are promised to orders.
    pub removed: bool,
}

/// By how much the units on hand of a variant have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockMoved {
    /// The variant.
    pub variant_id: Uuid,
    /// More units, or fewer.
    pub units: i32,
}

impl SavedVariant {
    /// A variant that is no longer sold.
    pub fn removed(id: Uuid) -> Self {
        Self {
            id,
            removed: true,
            ..Self::default()
        }
    }
}

/// What the inventory module does when variants were saved; it tells what has moved.
pub type VariantsSaved = fn(&mut StoreTx, &[SavedVariant]) -> Result<Vec<StockMoved>, DbError>;

/// Everything a store transaction needs beside its connection.
#[derive(Clone)]
pub struct TxContext {
    /// The store.
    pub store: StoreContext,
    /// Who is behind it.
    pub actor: Actor,
    /// The request it belongs to.
    pub meta: RequestMeta,
    /// The time.
    pub clock: Clock,
    /// The modules of this build, for their hooks.
    pub modules: Arc<Registry>,
    /// How PostgreSQL plans its statements.
    pub plans: Plans,
    /// Whether mails leave, or stay in the mailbox.
    pub mails_leave: bool,
}

/// How PostgreSQL plans the statements of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// For the values at hand where that promises more: lists that are filtered in many ways.
    Fitting,
    /// Once per connection: statements that go by keys. Planning one that takes a list of ids anew takes longer than running it.
    Kept,
}

/// A transaction for one store. Rows of other stores do not exist in it.
pub struct StoreTx {
    lease: Option<Lease>,
    context: TxContext,
    now: DateTime<Utc>,
    access: Access,
    outgoing: Outgoing,
}

/// What a commit has moved, for the server's own memory.
#[derive(Debug, Default, Clone)]
pub struct Committed {
    /// The store's new catalogue version.
    pub catalog_version: Option<i64>,
    /// Events or jobs wait for the worker.
    pub work: bool,
    /// What every request knows of the store has changed.
    pub tenant_changed: bool,
    /// Counters that go up by one each, once the rows are there.
    pub counts: Vec<&'static str>,
}

impl StoreTx {
    /// Runs `work` for a store in one transaction on a blocking thread; commits when it returns `Ok`.
    ///
    /// What was written is committed and not yet on the disk: the caller waits for that before anybody hears of it.
    pub(crate) async fn run<T, E>(
        db: &Db,
        context: TxContext,
        access: Access,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<(T, Committed), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let begin = begin(context.store.id, access, context.plans);
        db.app()
            .run_for(Some(context.store.id.0), begin, move |lease| {
                let mut tx = Self::new(lease, context, access);
                // Dropped without commit, as on an error or a panic, the transaction rolls back.
                let value = work(&mut tx)?;
                let committed = tx.commit()?;
                Ok((value, committed))
            })
            .await
    }

    /// Ties an open transaction to the store.
    pub(super) fn enter(mut lease: Lease, context: TxContext) -> Result<Self, DbError> {
        let entered = diesel::sql_query("SELECT set_config('app.store_id', $1, true)")
            .bind::<Text, _>(context.store.id.to_string())
            .execute(&mut lease.pg);
        // Made before the error is looked at: dropping it rolls back.
        let tx = Self::new(lease, context, Access::ReadWrite);
        entered?;
        Ok(tx)
    }

    /// Around a connection whose transaction knows its store.
    fn new(lease: Lease, context: TxContext, access: Access) -> Self {
        Self {
            lease: Some(lease),
            now: context.clock.now(),
            context,
            access,
            outgoing: Outgoing::default(),
        }
    }

    fn lease(&mut self) -> &mut Lease {
        match &mut self.lease {
            Some(lease) => lease,
            None => unreachable!("the lease leaves a transaction only when it ends"),
        }
    }

    /// The connection, inside the transaction.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.lease().pg
    }

    /// The store's id, for the filter that every query carries beside row level security.
    pub fn store_id(&self) -> Uuid {
        self.context.store.id.0
    }

    /// The store.
    pub fn store(&self) -> &StoreContext {
        &self.context.store
    }

    /// When the transaction began.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The clock, for what goes by the database's.
    pub(crate) fn clock(&self) -> Clock {
        self.context.clock.clone()
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        Ids::new_id()
    }

    /// A new secret of 256 bits.
    pub fn random_token(&self) -> String {
        Ids::secret()
    }

    /// Who is behind the transaction.
    pub fn actor(&self) -> &Actor {
        &self.context.actor
    }

    /// The request behind the transaction.
    pub fn meta(&self) -> &RequestMeta {
        &self.context.meta
    }

    /// Whether there is a mail server; without one the mailbox is where mails stay.
    pub(crate) fn mails_leave(&self) -> bool {
        self.context.mails_leave
    }

    /// Whether a module is on for the store's platform.
    pub fn module_enabled(&self, module: &str) -> bool {
        self.context.store.module_enabled(module)
    }

    /// Notes what was done; written when the transaction commits.
    pub fn audit(&mut self, entry: AuditEntry) {
        let store = self.store_id();
        self.outgoing.audit.push((store, entry));
    }

    /// Says why this write needs no audit entry: it is not a record of the business (a cart, a lease, a cache).
    pub fn no_audit(&mut self, reason: &'static str) {
        tracing::trace!(reason, "write without an audit entry");
        self.outgoing.unaudited = true;
    }

    /// Publishes an event; delivered after the commit. One that is not kept is not even written where nobody hears it.
    pub fn emit<E: Event>(&mut self, event: &E) {
        if E::KEPT || self.listeners(E::NAME).next().is_some() {
            self.outgoing.events.push(PendingEvent::new(event));
        }
    }

    /// Who reacts to an event whose module is on for the store.
    fn listeners(&self, event: &str) -> impl Iterator<Item = &'static EventHandler> {
        let store = &self.context.store;
        let listeners = self.context.modules.listeners(event);
        listeners.filter_map(move |(module, handler)| store.module_enabled(module.id).then_some(handler))
    }

    /// Queues a job; it runs after the commit.
    pub fn enqueue<J: Job>(&mut self, job: &J) {
        self.enqueue_with(job, JobOptions::default());
    }

    /// Queues a job with its own time, key or priority.
    pub fn enqueue_with<J: Job>(&mut self, job: &J, options: JobOptions) {
        self.outgoing.jobs.push(PendingJob::new(job, options));
    }

    /// Keeps the answer to a request with an idempotency key; see [`crate::idempotency`].
    pub(crate) fn keep_answer(&mut self, answer: KeptAnswer) {
        self.outgoing.answer = Some(answer);
    }

    /// Adds one to a counter of the metrics when the transaction commits; what is rolled back was never there to be counted.
    pub fn count(&mut self, counter: &'static str) {
        self.outgoing.counts.push(counter);
    }

    /// Says that what the shop shows has changed: cached answers are dropped when the transaction commits.
    pub fn touch_catalog(&mut self) {
        self.outgoing.touched = true;
    }

    /// Tells the module that keeps stock that variants were saved, and is told what moved for it; also while it is off, so that switching it on
    /// finds levels.
    pub fn variants_saved(&mut self, variants: &[SavedVariant]) -> Result<Vec<StockMoved>, DbError> {
        let mut moved = Vec::new();
        if variants.is_empty() {
            return Ok(moved);
        }
        let modules = self.context.modules.clone();
        for module in modules.all() {
            if let Some(hook) = module.on_variants_saved {
                moved.extend(hook(self, variants)?);
            }
        }
        Ok(moved)
    }

    /// What a module that is on for the store offers to others.
    pub fn offered<T>(&self, offer: impl Fn(&Module) -> Option<T>) -> Option<T> {
        let is_on = |module: &Module| self.module_enabled(module.id);
        self.context
            .modules
            .offered(|module| if is_on(module) { offer(module) } else { None })
    }

    /// The modules of this build, for a use case that calls their hooks.
    pub fn modules(&self) -> Arc<Registry> {
        self.context.modules.clone()
    }

    /// Says that what every request knows of the store (name, locale, currency, hosts) has changed: servers forget it at commit.
    pub fn tenant_changed(&mut self) {
        self.outgoing.tenant_changed = true;
    }

    /// Runs `work` in a savepoint: when it fails, its rows, audit entries, events, jobs and kept answer are undone and the rest stays.
    pub fn savepoint<T, E: From<DbError>>(&mut self, work: impl FnOnce(&mut StoreTx) -> Result<T, E>) -> Result<T, E> {
        AnsiTransactionManager::begin_transaction(self.conn()).map_err(DbError::from)?;
        let mark = (self.outgoing.audit.len(), self.outgoing.events.len(), self.outgoing.jobs.len());
        let counted = self.outgoing.counts.len();
        let touched = self.outgoing.touched;
        let answer = self.outgoing.answer.take();
        match work(self) {
            Ok(value) => {
                AnsiTransactionManager::commit_transaction(self.conn()).map_err(DbError::from)?;
                self.outgoing.answer = self.outgoing.answer.take().or(answer);
                Ok(value)
            }
            Err(error) => {
                self.outgoing.answer = answer;
                self.outgoing.audit.truncate(mark.0);
                self.outgoing.events.truncate(mark.1);
                self.outgoing.jobs.truncate(mark.2);
                self.outgoing.counts.truncate(counted);
                self.outgoing.touched = touched;
                AnsiTransactionManager::rollback_transaction(self.conn()).map_err(DbError::from)?;
                Err(error)
            }
        }
    }

    /// Writes what the transaction leaves beside its rows.
    pub(super) fn flush(&mut self) -> Result<Committed, DbError> {
        let outgoing = std::mem::take(&mut self.outgoing);
        let store = self.store_id();
        let times = Times {
            now: self.now,
            held: self.context.clock.held(),
        };
        let work = !outgoing.events.is_empty() || !outgoing.jobs.is_empty();
        if cfg!(debug_assertions)
            && self.access == Access::ReadWrite
            && outgoing.audit.is_empty()
            && !outgoing.unaudited
            && self.has_written()?
        {
            return Err(DbError::Unaudited);
        }
        let (actor, meta) = (self.context.actor.clone(), self.context.meta.clone());
        let heard = each(&outgoing.events, |event| Heard::by(self.listeners(event.name)));
        let conn = self.conn();
        outgoing.write(conn, store, (&actor, &meta), &times, &heard)?;
        // Last, since it locks the store's row until the commit.
        let catalog_version = if outgoing.touched { Some(bump_catalog(conn, store)?) } else { None };
        if outgoing.tenant_changed {
            tell_of_store(conn, store)?;
        }
        Ok(Committed {
            catalog_version,
            work,
            tenant_changed: outgoing.tenant_changed,
            counts: outgoing.counts,
        })
    }

    fn has_written(&mut self) -> QueryResult<bool> {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "pg_current_xact_id_if_assigned() IS NOT NULL",
        ))
        .get_result(self.conn())
    }

    fn commit(mut self) -> Result<Committed, DbError> {
        let committed = self.flush()?;
        AnsiTransactionManager::commit_transaction(self.conn()).map_err(|error| DbError::from(error).while_committing())?;
        self.lease = None;
        Ok(committed)
    }

    /// Gives the connection back to the platform transaction that lent it.
    pub(super) fn into_lease(mut self) -> Option<Lease> {
        self.lease.take()
    }
}

impl Drop for StoreTx {
    fn drop(&mut self) {
        if let Some(lease) = &mut self.lease {
            roll_back(lease);
        }
    }
}

/// Rolls back; a connection that cannot even do that is not used again.
pub(super) fn roll_back(lease: &mut Lease) {
    while !lease.broken && transaction_depth(lease) > 0 {
        if AnsiTransactionManager::rollback_transaction(&mut lease.pg).is_err() {
            lease.broken = true;
        }
    }
}

fn transaction_depth(lease: &mut Lease) -> u32 {
    AnsiTransactionManager::transaction_manager_status_mut(&mut lease.pg)
        .transaction_depth()
        .ok()
        .flatten()
        .map_or(0, u32::from)
}

/// The begin of a transaction that knows its store from the first moment, in one round trip. It cannot be bound in a text of several
/// statements; an id is written as hexadecimal digits, so there is nothing in it that could end the literal.
fn begin(store: StoreId, access: Access, plans: Plans) -> String {
    let (mode, commit) = match access {
        Access::ReadOnly => (" READ ONLY", ""),
        // Whoever runs it waits for the disk once its locks are free.
        Access::ReadWrite => ("", "; SET LOCAL synchronous_commit = off"),
    };
    let plans = match plans {
        Plans::Fitting => "",
        Plans::Kept => "; SET LOCAL plan_cache_mode = force_generic_plan",
    };
    format!("BEGIN{mode}; SET LOCAL app.store_id = '{}'{commit}{plans}", store.0)
}

/// Tells every server that what it knows of a store has changed.
pub(super) fn tell_of_store(conn: &mut PgConnection, store: Uuid) -> QueryResult<()> {
    let news = diesel::sql_query("SELECT pg_notify('orion', 'store ' || $1)").bind::<SqlUuid, _>(store);
    news.execute(conn).map(|_| ())
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = BigInt)]
    catalog_version: i64,
}

fn bump_catalog(conn: &mut PgConnection, store: Uuid) -> QueryResult<i64> {
    diesel::sql_query(
        "WITH bumped AS (UPDATE stores SET catalog_version = catalog_version + 1 WHERE id = $1 RETURNING catalog_version) \
         SELECT catalog_version FROM bumped, pg_notify('orion', 'catalog ' || $1 || ' ' || catalog_version)",
    )
    .bind::<SqlUuid, _>(store)
    .get_result::<Version>(conn)
    .map(|version| version.catalog_version)
}
