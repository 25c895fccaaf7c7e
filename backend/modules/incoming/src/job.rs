//! What is done about an event, after the provider has its answer.

use orion_framework::db::StoreTx;
use orion_framework::job::{Job, JobError, Patience, typed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{queries, service};

/// Hands an event on to the module that listens.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Handle {
    pub(crate) id: Uuid,
}

impl Job for Handle {
    const KIND: &'static str = "incoming.handle";
    // Money hangs on it, and nobody sends again what was answered.
    const PATIENCE: Patience = Patience::DAYS;
}

/// Done once, however often the job runs: the event's row and what was done are one transaction.
pub(crate) fn handle(tx: &mut StoreTx, payload: &Value) -> Result<(), JobError> {
    let Handle { id } = typed(payload)?;
    tx.no_audit("what is done about it is audited where it is done");
    let Some(row) = queries::waiting(tx, id)? else {
        return Ok(());
    };
    let Some(source) = service::source(tx, &row.source) else {
        return Err(JobError::Retry(format!("the module that listens to {} is off", row.source)));
    };
    let heard = (source.handle)(tx, &row.into_notice()?)?;
    Ok(queries::note(tx, id, heard)?)
}
