//! What of an import can still be undone.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use orion_framework::db::{DbError, StoreTx};
use orion_types::status::UndoReason;
use uuid::Uuid;

use crate::queries::import_changes::{self as rows, JudgedChange};

/// Whether these changes can be undone, newest first. Of what has been ordered since, the modules that take orders know.
pub(super) fn judge(tx: &mut StoreTx, ids: &[Uuid], since: DateTime<Utc>, with_before: bool) -> Result<Vec<JudgedChange>, DbError> {
    let mut judged = rows::judge(tx, ids, with_before)?;
    let asked: Vec<Uuid> = judged
        .iter()
        .filter(|change| change.reason.is_none())
        .flat_map(|change| change.variants.iter().copied())
        .collect();
    let sold = sold_since(tx, &asked, since)?;
    for change in judged.iter_mut().filter(|change| change.reason.is_none()) {
        if change.variants.iter().any(|variant| sold.contains(variant)) {
            change.reason = Some(UndoReason::SoldSince.as_str().to_owned());
        }
    }
    Ok(judged)
}

fn sold_since(tx: &mut StoreTx, variants: &[Uuid], since: DateTime<Utc>) -> Result<HashSet<Uuid>, DbError> {
    let mut sold = HashSet::new();
    if variants.is_empty() {
        return Ok(sold);
    }
    let modules = tx.modules();
    for asks in modules.all().iter().filter_map(|module| module.sold_since) {
        sold.extend(asks(tx, variants, since)?);
    }
    Ok(sold)
}
