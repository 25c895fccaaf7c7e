//! Ties new entries to the row of their store. One job for all servers, so that the row has one writer.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bytea, Uuid as SqlUuid};
use orion_types::NO_STORE;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::entry::{COLUMNS, Entry};
use super::{START, least_id, made_at};
use crate::auth::ChainKey;
use crate::db::{DbError, PlatformTx};
use crate::job::{Job, JobContext, JobError, JobHandler, JobOptions, JobRun};
use crate::periodic::Periodic;

/// Entries per transaction.
const BATCH: usize = 500;
/// How much older than the newest chained entry one is looked for, in milliseconds: ids are made before their transactions commit, and a
/// transaction may go on for a while.
const LATE: i64 = 15 * 60_000;

#[derive(Debug, Serialize, Deserialize)]
struct ChainAudit {}

impl Job for ChainAudit {
    const KIND: &'static str = "framework.chain_audit";
}

/// The jobs of the chain.
pub static JOBS: &[JobHandler] = &[JobHandler {
    kind: ChainAudit::KIND,
    run: JobRun::Bulk(|context, _: Value| Box::pin(chain_all(context))),
}];

/// When they are queued.
pub static PERIODIC: Periodic = Periodic {
    name: ChainAudit::KIND,
    summary: "Ties new entries of the audit log to those before them.",
    cron: "* * * * *",
    run: |tx, _| {
        if !stores(tx)?.is_empty() {
            let options = JobOptions {
                unique_key: Some("all".to_owned()),
                priority: -1,
                ..JobOptions::default()
            };
            tx.enqueue_with(NO_STORE, &ChainAudit {}, options);
        }
        Ok(())
    },
};

/// One store that cannot be tied keeps none behind it from being tied; the first error is told at the end.
async fn chain_all(context: JobContext) -> Result<(), JobError> {
    let found = context.platform_tx(|tx: &mut PlatformTx| unaudited(tx, stores)).await?;
    let mut first = Ok(());
    for store in found {
        let tied = chain_store(&context, store).await;
        if first.is_ok() {
            first = tied;
        } else if let Err(error) = tied {
            tracing::warn!(%store, ?error, "the audit log of a further store could not be chained");
        }
    }
    first
}

async fn chain_store(context: &JobContext, store: Uuid) -> Result<(), JobError> {
    let mut end = None;
    loop {
        let (key, after) = (context.services().chain_key.clone(), end.as_ref().map(|end: &Tied| end.last));
        let work = move |tx: &mut PlatformTx| unaudited(tx, |tx| chain(tx, &key, store, after));
        let Some(tied) = context.platform_tx(work).await? else { break };
        let more = tied.count == BATCH;
        end = Some(tied);
        if !more {
            break;
        }
        context.heartbeat().await?;
    }
    if let Some(Tied { position, hash, .. }) = end {
        // Kept elsewhere, it shows later whether the row was cut off.
        tracing::info!(%store, position, hash = hex::encode(hash), "the audit log is chained up to here");
    }
    Ok(())
}

fn unaudited<T>(tx: &mut PlatformTx, work: impl FnOnce(&mut PlatformTx) -> Result<T, DbError>) -> Result<T, DbError> {
    tx.no_audit("an entry about entries would go on for ever");
    work(tx)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The stores with entries that are tied to nothing: those whose newest entry is not, however long they have been quiet since a run that did not come
/// to its end, and those in which one has come late. The indexes are read from one store to the next.
const STORES: &str = "\
    WITH RECURSIVE store (id) AS (\
        (SELECT store_id FROM audit_log ORDER BY store_id LIMIT 1) \
        UNION ALL SELECT (SELECT a.store_id FROM audit_log AS a WHERE a.store_id > store.id ORDER BY a.store_id LIMIT 1) FROM store WHERE store.id IS NOT NULL) \
    SELECT id FROM store \
    WHERE (SELECT a.id FROM audit_log AS a WHERE a.store_id = store.id ORDER BY a.id DESC LIMIT 1) \
        > coalesce((SELECT c.id FROM audit_chain AS c WHERE c.store_id = store.id ORDER BY c.id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000') \
    UNION SELECT a.store_id FROM audit_log AS a \
    WHERE a.id >= $1 AND NOT EXISTS (SELECT FROM audit_chain AS c WHERE c.store_id = a.store_id AND c.id = a.id) ORDER BY 1";

fn stores(tx: &mut PlatformTx) -> Result<Vec<Uuid>, DbError> {
    let newest: Option<Id> = diesel::sql_query("SELECT id FROM audit_chain ORDER BY id DESC LIMIT 1")
        .get_result(tx.conn())
        .optional()?;
    let from = match newest {
        Some(newest) => late(tx, newest.id)?,
        None => Uuid::nil(),
    };
    let rows: Vec<Id> = diesel::sql_query(STORES).bind::<SqlUuid, _>(from).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct Time {
    #[diesel(sql_type = BigInt)]
    milliseconds: i64,
}

/// The least id that is still looked for beside the newest one that is tied. A server whose clock is ahead makes ids of a time that is to come: beside
/// those it goes by the database's clock, or what the others write until then would lie behind the border.
pub(super) fn late(tx: &mut PlatformTx, newest: Uuid) -> Result<Uuid, DbError> {
    let now = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS milliseconds";
    let now: Time = diesel::sql_query(now).get_result(tx.conn())?;
    Ok(least_id(made_at(newest).min(now.milliseconds) - LATE))
}

#[derive(QueryableByName)]
struct End {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Bytea)]
    hash: Vec<u8>,
}

/// What a transaction has tied.
struct Tied {
    count: usize,
    /// The entry with the highest id.
    last: Uuid,
    /// Where the row ends now.
    position: i64,
    hash: Vec<u8>,
}

/// Ties up to [`BATCH`] entries of a store: those behind `after`, which this run has come to, else those that may have come late as well. So a run
/// looks at what is tied once, however much there is to tie.
fn chain(tx: &mut PlatformTx, key: &ChainKey, store: Uuid, after: Option<Uuid>) -> Result<Option<Tied>, DbError> {
    let end: Option<End> = diesel::sql_query("SELECT position, hash FROM audit_chain WHERE store_id = $1 ORDER BY position DESC LIMIT 1")
        .bind::<SqlUuid, _>(store)
        .get_result(tx.conn())
        .optional()?;
    let (mut position, mut hash) = end.map_or((0, START.to_vec()), |end| (end.position, end.hash));
    let after = match after {
        Some(after) => after,
        None => match newest_of(tx, store)? {
            Some(newest) => late(tx, newest)?,
            None => Uuid::nil(),
        },
    };
    let entries: Vec<Entry> = diesel::sql_query(format!(
        "SELECT a.store_id, a.id, {COLUMNS} FROM audit_log AS a \
         WHERE a.store_id = $1 AND a.id > $2 AND NOT EXISTS (SELECT FROM audit_chain AS c WHERE c.store_id = $1 AND c.id = a.id) ORDER BY a.id LIMIT {BATCH}"
    ))
    .bind::<SqlUuid, _>(store)
    .bind::<SqlUuid, _>(after)
    .load(tx.conn())?;
    let Some(last) = entries.last().map(|entry| entry.id) else {
        return Ok(None);
    };
    let (mut ids, mut positions, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
    for entry in &entries {
        hash = entry.link(key, &hash).to_vec();
        position += 1;
        ids.push(entry.id);
        positions.push(position);
        hashes.push(hash.clone());
    }
    diesel::sql_query("INSERT INTO audit_chain (store_id, id, position, hash) SELECT $1, link.* FROM unnest($2, $3, $4) AS link")
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<BigInt>, _>(positions)
        .bind::<Array<Bytea>, _>(hashes)
        .execute(tx.conn())?;
    Ok(Some(Tied {
        count: entries.len(),
        last,
        position,
        hash,
    }))
}

/// The newest entry of a store that is tied.
fn newest_of(tx: &mut PlatformTx, store: Uuid) -> Result<Option<Uuid>, DbError> {
    let newest: Option<Id> = diesel::sql_query("SELECT id FROM audit_chain WHERE store_id = $1 ORDER BY id DESC LIMIT 1")
        .bind::<SqlUuid, _>(store)
        .get_result(tx.conn())
        .optional()?;
    Ok(newest.map(|newest| newest.id))
}
