//! Hands events to their listeners: an event becomes one job for each, in the transaction that marks it as dispatched; for who hears in batches,
//! what one look has found in a store becomes one job.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::Handlers;
use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, Prepared, RequestMeta};
use crate::event::Told;
use crate::schema::jobs;
use crate::tenancy::PlatformContext;

const BATCH: i64 = 200;

#[derive(QueryableByName)]
struct Pending {
    #[diesel(sql_type = SqlUuid)]
    store_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    event: String,
    #[diesel(sql_type = SmallInt)]
    version: i16,
    #[diesel(sql_type = Jsonb)]
    payload: Value,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    platform_id: Option<Uuid>,
    /// The listeners that the store has asked for.
    #[diesel(sql_type = Array<Text>)]
    asked: Vec<String>,
    /// The database's time.
    #[diesel(sql_type = Timestamptz)]
    look_at: DateTime<Utc>,
}

/// Turns up to a batch of events into jobs; returns how many there were.
pub(super) async fn dispatch(backend: &Backend, handlers: &Arc<Handlers>) -> Result<usize, DbError> {
    let platforms = backend.directory.platforms().await?;
    let handlers = handlers.clone();
    let work = move |tx: &mut PlatformTx| hand_out(tx, &handlers, &platforms);
    backend.platform_tx(Actor::system("events"), RequestMeta::default(), work).await
}

fn hand_out(tx: &mut PlatformTx, handlers: &Handlers, platforms: &[Arc<PlatformContext>]) -> Result<usize, DbError> {
    tx.no_audit("the outbox is machinery");
    let now = tx.now();
    let active = platforms.iter().map(|platform| platform.id.0).collect();
    let held = tx.clock().held();
    let pending = take_pending(tx.conn(), active, held)?;
    let platforms: HashMap<Uuid, &PlatformContext> = platforms.iter().map(|platform| (platform.id.0, platform.as_ref())).collect();
    let (found, run_at) = (pending.len(), pending.first().map(|event| event.look_at));
    let deliveries = deliveries(pending, handlers, &platforms)?;
    let mut rows = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        rows.push((
            jobs::store_id.eq(delivery.store),
            jobs::id.eq(tx.new_id()),
            jobs::kind.eq(delivery.kind),
            jobs::payload.eq(delivery.payload),
            jobs::unique_key.eq(delivery.first.to_string()),
            jobs::run_at.eq(run_at.unwrap_or(now)),
            jobs::created_at.eq(now),
        ));
    }
    if !rows.is_empty() {
        diesel::insert_into(jobs::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(tx.conn())?;
    }
    Ok(found)
}

/// A job in the making.
struct Delivery<'a> {
    store: Uuid,
    kind: &'a str,
    /// The event that is told, or the first of them.
    first: Uuid,
    payload: Value,
}

/// Who is told what of the events, which come in their order.
fn deliveries<'a>(
    pending: Vec<Pending>,
    handlers: &'a Handlers,
    platforms: &HashMap<Uuid, &PlatformContext>,
) -> Result<Vec<Delivery<'a>>, DbError> {
    let (mut single, mut batches) = (Vec::new(), BTreeMap::<(Uuid, &str), Vec<Told>>::new());
    for event in pending {
        let (store, platform) = (event.store_id, event.platform_id.and_then(|id| platforms.get(&id)));
        let (asked, told) = event.told();
        for listener in handlers.listeners(&told.name).filter(|listener| listener.is_wanted(&asked)) {
            // A module that is off does not hear what happens meanwhile: switched on a year later, it must not mail a year of customers.
            if !platform.is_some_and(|platform| platform.modules.contains(listener.module)) {
                continue;
            }
            let kind = listener.kind.as_str();
            if listener.in_batches {
                batches.entry((store, kind)).or_default().push(told.clone());
            } else {
                single.push(delivery(store, kind, told.id, &told)?);
            }
        }
    }
    for ((store, kind), events) in batches {
        single.push(delivery(store, kind, events[0].id, &events)?);
    }
    Ok(single)
}

fn delivery<'a>(store: Uuid, kind: &'a str, first: Uuid, told: &impl Serialize) -> Result<Delivery<'a>, DbError> {
    let payload = serde_json::to_value(told).map_err(|error| DbError::Unavailable(format!("an event cannot be written: {error}")))?;
    Ok(Delivery {
        store,
        kind,
        first,
        payload,
    })
}

impl Pending {
    /// Who is asked for, and what is told.
    fn told(self) -> (Vec<String>, Told) {
        let told = Told {
            id: self.id,
            name: self.event,
            version: self.version.unsigned_abs(),
            at: self.created_at,
            data: self.payload,
        };
        (self.asked, told)
    }
}

/// Takes the oldest events that no other worker is handing out, and marks them as dispatched. Those of stores whose platform is not active,
/// or is so new that this server has not heard of it, wait: nobody here knows who should hear them.
fn take_pending(conn: &mut PgConnection, active: Vec<Uuid>, held: Option<DateTime<Utc>>) -> QueryResult<Vec<Pending>> {
    conn.batch_execute(SETTINGS)?;
    let (held, batch) = (held.into_sql::<Nullable<Timestamptz>>(), BATCH.into_sql::<BigInt>());
    Prepared::new(TAKE, (held, batch, active.into_sql::<Array<SqlUuid>>())).load(conn)
}

/// What a crash of the database forgets here is an event that is still pending: nobody waits for the disk. The plan is kept, so it must
/// not be one that fits only the table it was made over, when that was empty.
const SETTINGS: &str = "SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = force_generic_plan; \
    SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

/// Handed out in the order they were written, which is that of their ids, and by one worker at a time, since what another has taken before is not
/// seen before it commits; should there be one at it, it takes what is there, and this one looks again. The key of the lock is a number that nothing else uses.
const TAKE: &str = ", pending AS MATERIALIZED ( \
        SELECT event.store_id, event.id FROM outbox_events AS event WHERE event.dispatched_at IS NULL \
        AND (SELECT pg_try_advisory_xact_lock(4707206187511407361)) \
        AND coalesce((SELECT store.platform_id = ANY($3) FROM stores AS store WHERE store.id = event.store_id), true) \
        ORDER BY event.id LIMIT $2 FOR UPDATE SKIP LOCKED \
    ), taken AS ( \
        UPDATE outbox_events AS event SET dispatched_at = coalesce($1, now()) FROM pending \
        WHERE event.store_id = pending.store_id AND event.id = pending.id AND event.dispatched_at IS NULL \
        RETURNING event.store_id, event.id, event.event, event.version, event.payload, event.created_at \
    ) \
    SELECT taken.store_id, taken.id, taken.event, taken.version, taken.payload, taken.created_at, store.platform_id, \
        coalesce($1, now()) AS look_at, \
        ARRAY(SELECT asked.listener FROM event_listeners AS asked WHERE asked.store_id = taken.store_id) AS asked \
    FROM taken LEFT JOIN stores AS store ON store.id = taken.store_id ORDER BY taken.id";
