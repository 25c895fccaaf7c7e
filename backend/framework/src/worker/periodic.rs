//! Does what modules have declared to be done again and again, when its time has come. Several workers may look at once: the row of each says
//! when it is due, and who holds it does it and moves it on in the same transaction. So none is done twice, and one that was due
//! while no worker ran is done once when there is one again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text, Timestamptz};

use super::housekeeping::HOUSEKEEPING;
use crate::Backend;
use crate::audit_chain;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta};
use crate::module::Registry;
use crate::periodic::Periodic;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// What has never been done is due at once.
const DUE: &str = "SELECT named.name FROM unnest($1) AS named (name) LEFT JOIN periodic_runs AS run ON run.name = named.name \
     WHERE run.due_at IS NULL OR run.due_at <= coalesce($2, now())";

const BEGIN: &str = "INSERT INTO periodic_runs (name, due_at) VALUES ($1, coalesce($2, now())) ON CONFLICT DO NOTHING";

#[derive(QueryableByName)]
struct Taken {
    /// The database's time, by which all servers go.
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

const TAKE: &str =
    "SELECT coalesce($2, now()) AS now FROM periodic_runs WHERE name = $1 AND due_at <= coalesce($2, now()) FOR UPDATE SKIP LOCKED";

const MOVE_ON: &str = "UPDATE periodic_runs SET due_at = $2, ran_at = $3 WHERE name = $1";

/// Everything that is done again and again: what the server does itself, and what modules do.
pub fn all(modules: &Registry) -> Vec<&'static Periodic> {
    let of_modules = modules.all().iter().flat_map(|module| module.periodic);
    [&HOUSEKEEPING, &audit_chain::PERIODIC].into_iter().chain(of_modules).collect()
}

/// Does what is due; returns the names of what this server has done. What fails is logged and tried again at the next look.
pub(super) async fn run_due(backend: &Backend) -> Result<Vec<&'static str>, DbError> {
    let all = all(&backend.modules);
    let names: Vec<&'static str> = all.iter().map(|periodic| periodic.name).collect();
    let held = backend.clock.held();
    let look = move |tx: &mut PlatformTx| -> Result<Vec<Name>, DbError> {
        let due = diesel::sql_query(DUE)
            .bind::<Array<Text>, _>(names)
            .bind::<Nullable<Timestamptz>, _>(held);
        Ok(due.load(tx.conn())?)
    };
    let due = backend.platform_tx(Actor::system("periodic"), RequestMeta::default(), look).await?;
    let mut done = Vec::new();
    for periodic in all.into_iter().filter(|periodic| due.iter().any(|due| due.name == periodic.name)) {
        match run(backend, periodic).await {
            Ok(true) => done.push(periodic.name),
            Ok(false) => {}
            Err(error) => tracing::error!(periodic = periodic.name, %error, "what is done again and again has failed and is tried again"),
        }
    }
    Ok(done)
}

/// False when another server has it in hand, or has just done it.
async fn run(backend: &Backend, periodic: &'static Periodic) -> Result<bool, DbError> {
    let (config, held) = (backend.config.clone(), backend.clock.held());
    let work = move |tx: &mut PlatformTx| -> Result<bool, DbError> {
        tx.no_audit("what it queues or removes is machinery");
        let begin = diesel::sql_query(BEGIN)
            .bind::<Text, _>(periodic.name)
            .bind::<Nullable<Timestamptz>, _>(held);
        begin.execute(tx.conn())?;
        let take = diesel::sql_query(TAKE)
            .bind::<Text, _>(periodic.name)
            .bind::<Nullable<Timestamptz>, _>(held);
        let Some(Taken { now }) = take.get_result(tx.conn()).optional()? else {
            return Ok(false);
        };
        (periodic.run)(tx, &config)?;
        let next = periodic
            .next(now)
            .ok_or_else(|| DbError::Unavailable(format!("{} names no time after {now}", periodic.cron)))?;
        let move_on = diesel::sql_query(MOVE_ON)
            .bind::<Text, _>(periodic.name)
            .bind::<Timestamptz, _>(next)
            .bind::<Timestamptz, _>(now);
        move_on.execute(tx.conn())?;
        Ok(true)
    };
    backend.platform_tx(Actor::system("periodic"), RequestMeta::default(), work).await
}
