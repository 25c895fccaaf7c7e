//! What an import does is kept while it does it.

use std::collections::BTreeSet;

use orion_framework::db::{DbError, StoreTx};
use serde_json::{Value, json};
use uuid::Uuid;

use super::before::{Before, Columns, Shown, otherwise};
use crate::model::ChangeRow;
use crate::service::save::{Replaced, Written};

/// What an import did to the pictures of a product that was there.
#[derive(Default)]
pub(crate) struct Pictured {
    pub new: Vec<Uuid>,
    pub shown: Vec<Shown>,
}

/// Categories that were made, each before those below it.
pub(crate) fn made_categories(tx: &StoreTx, import: Uuid, made: &[Uuid]) -> Vec<ChangeRow> {
    let row = |id: &Uuid| change(tx, import, "category", *id, (0, 1), Vec::new(), json!({}));
    made.iter().map(row).collect()
}

/// A product that was written; nothing where it is as it was.
pub(crate) fn of_product(tx: &StoreTx, import: Uuid, written: &Written, pictured: Pictured) -> Result<Option<ChangeRow>, DbError> {
    let Some(replaced) = &written.replaced else {
        let before = json!(Before {
            led_to: written.led_to,
            ..Before::default()
        });
        let variants = written.variant_ids.clone();
        return Ok(Some(change(tx, import, "made", written.id, (0, written.version), variants, before)));
    };
    let before = before(written, replaced, pictured)?;
    let named = Before {
        product: only_name(&before.product),
        ..Before::default()
    };
    let kind = match &before {
        before if *before == Before::default() => return Ok(None),
        before if *before == named => "named",
        _ => "changed",
    };
    let versions = (replaced.before.version, written.version);
    let variants = touched(&before);
    Ok(Some(change(tx, import, kind, written.id, versions, variants, json!(before))))
}

/// A product that went into the archive since a file did not name it.
pub(crate) fn archived_for(tx: &StoreTx, import: Uuid, product: Uuid, version: i32) -> ChangeRow {
    let before = json!({ "product": { "status": "active" } });
    change(tx, import, "changed", product, (version - 1, version), Vec::new(), before)
}

fn before(written: &Written, replaced: &Replaced, pictured: Pictured) -> Result<Before, DbError> {
    let mut before = Before {
        product: otherwise(&replaced.before, &replaced.after)?,
        removed: replaced.variants.removed.clone(),
        categories: replaced.categories.clone(),
        pictures: pictured.new,
        shown: pictured.shown,
        ..Before::default()
    };
    for after in &replaced.variants.upserts {
        match replaced.present.iter().find(|row| row.id == after.id) {
            Some(row) => {
                before.variants.insert(row.id, otherwise(row, after)?);
            }
            None => before.added.push(after.id),
        }
    }
    // The units of a variant that was not there go with it.
    for moved in written.stock.iter().filter(|moved| !before.added.contains(&moved.variant_id)) {
        *before.stock.entry(moved.variant_id).or_default() += moved.units;
    }
    before.stock.retain(|_, units| *units != 0);
    Ok(before)
}

fn only_name(product: &Columns) -> Columns {
    product
        .iter()
        .filter(|(column, _)| *column == "import_key")
        .map(|(column, value)| (column.clone(), value.clone()))
        .collect()
}

/// Variants that were made or changed. One that only stands at another place is what it was to who buys it.
fn touched(before: &Before) -> Vec<Uuid> {
    let otherwise = |columns: &Columns| columns.keys().any(|column| column != "position");
    let changed = before.variants.iter().filter(|(_, columns)| otherwise(columns)).map(|(id, _)| id);
    let others = before.added.iter().chain(&before.removed).chain(before.stock.keys());
    let all: BTreeSet<&Uuid> = changed.chain(others).collect();
    all.into_iter().copied().collect()
}

fn change(
    tx: &StoreTx,
    import_id: Uuid,
    kind: &str,
    thing_id: Uuid,
    (version_before, version): (i32, i32),
    variants: Vec<Uuid>,
    before: Value,
) -> ChangeRow {
    ChangeRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        import_id,
        kind: kind.to_owned(),
        thing_id,
        version_before,
        version,
        variants,
        before,
        created_at: tx.now(),
    }
}
