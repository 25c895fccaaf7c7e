//! What others are told about the catalogue.

use orion_events::{
    CategoryFacts, ImportCancelled, ImportFacts, ImportFailed, ImportFinished, ImportStarted, PriceChange, ProductArchived, ProductDrafted,
    ProductFacts, ProductPricesChanged, ProductPublished, UndoFacts,
};
use orion_framework::db::StoreTx;
use orion_types::Money;
use orion_types::status::{ImportStatus, ProductStatus};

use super::read::parse_status;
use crate::model::{CategoryRow, ImportRow, ProductRow, UndoRow, VariantRow};

/// A product, as it is told.
pub(crate) fn product(tx: &StoreTx, row: &ProductRow) -> ProductFacts {
    let currency = tx.store().currency;
    ProductFacts {
        product_id: row.id.into(),
        title: row.title.clone(),
        slug: row.slug.clone(),
        status: parse_status(&row.status),
        version: row.version,
        price_min: Money::new(row.min_price_minor, currency),
        price_max: Money::new(row.max_price_minor, currency),
    }
}

/// Tells that a product has another status now.
pub(crate) fn status(tx: &mut StoreTx, row: &ProductRow) {
    let facts = product(tx, row);
    match facts.status {
        ProductStatus::Active => tx.emit(&ProductPublished(facts)),
        ProductStatus::Archived => tx.emit(&ProductArchived(facts)),
        ProductStatus::Draft => tx.emit(&ProductDrafted(facts)),
    }
}

/// Tells which variants cost something else than before.
pub(crate) fn prices(tx: &mut StoreTx, product: &ProductRow, before: &[VariantRow], after: &[VariantRow]) {
    let currency = tx.store().currency;
    let change = |row: &VariantRow| {
        let old = before.iter().find(|old| old.id == row.id && old.price_minor != row.price_minor)?;
        Some(PriceChange {
            variant_id: row.id.into(),
            before: Money::new(old.price_minor, currency),
            after: Money::new(row.price_minor, currency),
        })
    };
    let prices: Vec<PriceChange> = after.iter().filter_map(change).collect();
    if !prices.is_empty() {
        tx.emit(&ProductPricesChanged {
            product_id: product.id.into(),
            prices,
        });
    }
}

/// A category, as it is told.
pub(crate) fn category(row: &CategoryRow) -> CategoryFacts {
    CategoryFacts {
        category_id: row.id.into(),
        name: row.name.clone(),
        slug: row.slug.clone(),
        parent_id: row.parent_id.map(Into::into),
    }
}

/// Tells how far an import has come, after it was brought to another status.
pub(crate) fn import(tx: &mut StoreTx, row: &ImportRow) {
    // The table's CHECK lists the same words, so none is ever unreadable.
    let status = row.status.parse().unwrap_or(ImportStatus::Queued);
    let facts = ImportFacts {
        import_id: row.id.into(),
        file_name: row.file_name.clone(),
        dry_run: row.dry_run,
        status,
        created: row.created_count,
        updated: row.updated_count,
        unchanged: row.unchanged_count,
        failed: row.failed_count,
        failure: row.failure.clone(),
    };
    match status {
        // It waits: there is nothing to tell before it begins.
        ImportStatus::Queued => {}
        ImportStatus::Running => tx.emit(&ImportStarted(facts)),
        ImportStatus::Completed => tx.emit(&ImportFinished(facts)),
        ImportStatus::Failed => tx.emit(&ImportFailed(facts)),
        ImportStatus::Cancelled => tx.emit(&ImportCancelled(facts)),
    }
}

/// The undo of an import, as it is told.
pub(crate) fn undo(row: &UndoRow) -> UndoFacts {
    UndoFacts {
        import_id: row.import_id.into(),
        removed: row.removed_count,
        restored: row.restored_count,
        left: row.left_count,
        failure: row.failure.clone(),
    }
}
