//! Taking a call.

use actix_web::http::header::HeaderMap;
use orion_framework::config::Config;
use orion_framework::db::StoreTx;
use orion_framework::incoming::{Call, CallError, IncomingSource, MAX_NAME};
use orion_framework::job::JobOptions;
use orion_types::incoming::IncomingReceipt;

use crate::error::IncomingError;
use crate::job::Handle;
use crate::model::IncomingRow;
use crate::{DUPLICATES, RECEIVED, queries};

/// Who is meant, of the modules that are on for the store.
pub(crate) fn source(tx: &StoreTx, name: &str) -> Option<&'static IncomingSource> {
    let modules = tx.modules();
    let on = modules.all().iter().filter(|module| tx.module_enabled(module.id));
    on.flat_map(|module| module.incoming).find(|source| source.name == name)
}

/// Keeps what a provider tells, once for each of its events, and queues what is done about it.
pub(crate) fn receive(
    tx: &mut StoreTx,
    config: &Config,
    name: &str,
    (headers, body): (&HeaderMap, &[u8]),
) -> Result<IncomingReceipt, IncomingError> {
    tx.no_audit("what is done about it is audited");
    let source = source(tx, name).ok_or(IncomingError::NobodyListens)?;
    let now = tx.now();
    let notice = (source.read)(tx, config, &Call { headers, body, now })?;
    let is_name = |text: &str| (1..=MAX_NAME).contains(&text.len()) && !text.contains('\0');
    if !is_name(&notice.event_id) || !is_name(&notice.event) {
        return Err(CallError::Unreadable("the id or the name of the event is missing or too long").into());
    }
    let row = IncomingRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        source: source.name.to_owned(),
        event_id: notice.event_id,
        event: notice.event,
        body: notice.body.to_string(),
        received_at: now,
        handled_at: None,
        outcome: None,
    };
    let new = queries::keep(tx, &row)?;
    // Of one that came before the job may have given up; who sends it again means it.
    let open = if new { Some(row.id) } else { queries::open(tx, &row)? };
    if let Some(id) = open {
        let options = JobOptions {
            unique_key: Some(id.to_string()),
            ..JobOptions::default()
        };
        tx.enqueue_with(&Handle { id }, options);
    }
    tx.count(if new { RECEIVED } else { DUPLICATES });
    Ok(IncomingReceipt { duplicate: !new })
}
