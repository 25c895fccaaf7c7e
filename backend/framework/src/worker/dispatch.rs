//! Hands events to their handlers: an event becomes one job per handler, in the transaction that marks it as dispatched.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_schema::jobs;
use serde_json::Value;
use uuid::Uuid;

use super::Handlers;
use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, Prepared, RequestMeta};
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
    #[diesel(sql_type = Jsonb)]
    payload: Value,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    platform_id: Option<Uuid>,
    /// The database's time.
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
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
    let mut deliveries = Vec::new();
    for event in &pending {
        let platform = event.platform_id.and_then(|id| platforms.get(&id));
        for listener in handlers.listeners(&event.event) {
            // A module that is off does not hear what happens meanwhile: switched on a year later, it must not mail a year of customers.
            if platform.is_some_and(|platform| platform.modules.contains(listener.module)) {
                deliveries.push((
                    jobs::store_id.eq(event.store_id),
                    jobs::id.eq(tx.new_id()),
                    jobs::kind.eq(listener.kind.clone()),
                    jobs::payload.eq(event.payload.clone()),
                    jobs::unique_key.eq(event.id.to_string()),
                    jobs::run_at.eq(event.at),
                    jobs::created_at.eq(now),
                ));
            }
        }
    }
    if !deliveries.is_empty() {
        diesel::insert_into(jobs::table)
            .values(deliveries)
            .on_conflict_do_nothing()
            .execute(tx.conn())?;
    }
    Ok(pending.len())
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

/// Handed out in the order they were written, which is that of their ids.
const TAKE: &str = ", pending AS MATERIALIZED ( \
        SELECT event.store_id, event.id FROM outbox_events AS event WHERE event.dispatched_at IS NULL \
        AND coalesce((SELECT store.platform_id = ANY($3) FROM stores AS store WHERE store.id = event.store_id), true) \
        ORDER BY event.id LIMIT $2 FOR UPDATE SKIP LOCKED \
    ), taken AS ( \
        UPDATE outbox_events AS event SET dispatched_at = coalesce($1, now()) FROM pending \
        WHERE event.store_id = pending.store_id AND event.id = pending.id AND event.dispatched_at IS NULL \
        RETURNING event.store_id, event.id, event.event, event.payload \
    ) \
    SELECT taken.store_id, taken.id, taken.event, taken.payload, store.platform_id, coalesce($1, now()) AS at \
    FROM taken LEFT JOIN stores AS store ON store.id = taken.store_id ORDER BY taken.id";
