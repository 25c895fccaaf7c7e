//! Hands events to their handlers: an event becomes one job per handler, in the transaction that marks it as dispatched.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Uuid as SqlUuid};
use orion_schema::{jobs, outbox_events};
use serde_json::Value;
use uuid::Uuid;

use super::Handlers;
use crate::Services;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta};
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
}

/// Turns up to a batch of events into jobs; returns how many there were.
pub(super) async fn dispatch(services: &Services, handlers: &Arc<Handlers>) -> Result<usize, DbError> {
    let platforms = services.directory.platforms().await?;
    let handlers = handlers.clone();
    let work = move |tx: &mut PlatformTx| hand_out(tx, &handlers, &platforms);
    services.platform_tx(Actor::system("events"), RequestMeta::default(), work).await
}

fn hand_out(tx: &mut PlatformTx, handlers: &Handlers, platforms: &[Arc<PlatformContext>]) -> Result<usize, DbError> {
    let pending = lock_pending(tx.conn())?;
    if pending.is_empty() {
        return Ok(0);
    }
    // What a crash of the database forgets here is an event that is still pending: nobody waits for the disk.
    tx.conn().batch_execute("SET LOCAL synchronous_commit = off")?;
    let now = tx.now();
    let ids: Vec<Uuid> = pending.iter().map(|event| event.id).collect();
    let stores: Vec<Uuid> = pending.iter().map(|event| event.store_id).collect();
    let platforms: HashMap<Uuid, &PlatformContext> = platforms.iter().map(|platform| (platform.id.0, platform.as_ref())).collect();
    let mut deliveries = Vec::new();
    for event in pending {
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
                    jobs::run_at.eq(now),
                    jobs::created_at.eq(now),
                ));
            }
        }
    }
    tx.no_audit("the outbox is machinery");
    diesel::insert_into(jobs::table)
        .values(deliveries)
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    diesel::update(outbox_events::table)
        .filter(outbox_events::store_id.eq_any(stores))
        .filter(outbox_events::id.eq_any(&ids))
        .set(outbox_events::dispatched_at.eq(now))
        .execute(tx.conn())?;
    Ok(ids.len())
}

/// The oldest events that no other worker is handing out.
fn lock_pending(conn: &mut PgConnection) -> QueryResult<Vec<Pending>> {
    diesel::sql_query(
        "SELECT event.store_id, event.id, event.event, event.payload, store.platform_id \
         FROM outbox_events AS event LEFT JOIN stores AS store ON store.id = event.store_id \
         WHERE event.dispatched_at IS NULL ORDER BY event.id LIMIT $1 FOR UPDATE OF event SKIP LOCKED",
    )
    .bind::<BigInt, _>(BATCH)
    .load(conn)
}
