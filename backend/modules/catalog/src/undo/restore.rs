//! One product becomes what it was before an import.

use orion_framework::db::{AuditEntry, DbError, SavedVariant, StoreTx, read_json};
use orion_types::{ImageId, ProductId};
use uuid::Uuid;

use super::before::{Before, Look, laid_over};
use crate::error::CatalogError;
use crate::model::{ImageRow, ProductRow, VariantRow};
use crate::picture::PurgePicture;
use crate::queries::import_changes::{JudgedChange, follow_version};
use crate::queries::{images, products, variants};
use crate::service::lifecycle::delete_product;
use crate::service::save::{Present, lock_present, tell};

/// Undoes one change. The caller takes back what was written when it fails.
pub(super) fn undo(tx: &mut StoreTx, change: &JudgedChange) -> Result<(), CatalogError> {
    let before: Before = read_json(change.before.clone())?;
    match change.kind.as_str() {
        "made" => remove(tx, change.thing_id, &before),
        "named" => Ok(products::know_by(tx, change.thing_id, None)?),
        _ => restore(tx, change, before),
    }
}

fn remove(tx: &mut StoreTx, id: Uuid, before: &Before) -> Result<(), CatalogError> {
    let slug = products::lock_product(tx, id)?.slug;
    delete_product(tx, ProductId(id))?;
    if let Some(other) = before.led_to {
        products::lead_to(tx, &slug, other)?;
    }
    Ok(())
}

fn restore(tx: &mut StoreTx, change: &JudgedChange, mut before: Before) -> Result<(), CatalogError> {
    let present = lock_present(tx, change.thing_id)?;
    let (id, version) = (present.row.id, present.row.version);
    let columns = std::mem::take(&mut before.product);
    let moves = !columns.is_empty() || !before.variants.is_empty() || !before.added.is_empty() || before.categories.is_some();
    let after = if moves {
        let after = ProductRow {
            version: version + 1,
            updated_at: tx.now(),
            ..laid_over(&present.row, columns)?
        };
        products::update_product(tx, &after)?;
        restore_variants(tx, &before)?;
        if let Some(categories) = &before.categories {
            let there = products::existing_categories(tx, categories)?;
            products::set_categories(tx, id, &there)?;
        }
        follow_version(tx, id, change.id, change.version_before, after.version)?;
        audit(tx, &present, &after);
        after
    } else {
        products::touch_product(tx, id)?;
        tx.audit(AuditEntry::new("product.restored", "products", id));
        present.row.clone()
    };
    restore_stock(tx, &before)?;
    restore_pictures(tx, id, &before)?;
    tell(tx, &present.row, &after);
    tx.touch_catalog();
    Ok(())
}

/// What joined goes and what went comes back. The values of those that change are freed first: two may change places.
fn restore_variants(tx: &mut StoreTx, before: &Before) -> Result<(), CatalogError> {
    let gone: Vec<SavedVariant> = before.added.iter().copied().map(SavedVariant::removed).collect();
    variants::delete_variants(tx, &before.added)?;
    tx.variants_saved(&gone)?;
    let others: Vec<Uuid> = before.variants.keys().chain(&before.removed).copied().collect();
    let now = tx.now();
    let restored = |row: VariantRow| {
        let columns = before.variants.get(&row.id).cloned().unwrap_or_default();
        let (version, row) = (row.version + 1, laid_over(&row, columns)?);
        Ok(VariantRow {
            version,
            updated_at: now,
            deleted_at: None,
            ..row
        })
    };
    let rows = variants::list_rows(tx, &others)?;
    let rows = rows.into_iter().map(restored).collect::<Result<Vec<_>, DbError>>()?;
    variants::park_variants(tx, &others)?;
    variants::revive_variants(tx, &before.removed)?;
    Ok(variants::upsert_variants(tx, &rows)?)
}

/// The difference goes back, so that what has moved since stays moved.
fn restore_stock(tx: &mut StoreTx, before: &Before) -> Result<(), DbError> {
    let back = |(id, units): (&Uuid, &i32)| SavedVariant {
        id: *id,
        change_on_hand: Some(units.saturating_neg()),
        ..SavedVariant::default()
    };
    let saved: Vec<SavedVariant> = before.stock.iter().map(back).collect();
    tx.variants_saved(&saved).map(|_| ())
}

/// Pictures that joined go; those that somebody has changed since stay as they are.
fn restore_pictures(tx: &mut StoreTx, product: Uuid, before: &Before) -> Result<(), DbError> {
    for id in &before.pictures {
        if images::delete_image(tx, product, *id)? {
            PurgePicture::later(tx, ImageId(*id));
        }
    }
    if before.shown.is_empty() {
        return Ok(());
    }
    for row in images::list_images(tx, product)? {
        let Some(shown) = before
            .shown
            .iter()
            .find(|shown| shown.id == row.id && shown.after == Look::of(&row))
        else {
            continue;
        };
        let Look { alt, position, variant_id } = &shown.before;
        let restored = ImageRow {
            alt: alt.clone(),
            position: *position,
            variant_id: *variant_id,
            updated_at: tx.now(),
            ..row
        };
        images::update_image(tx, &restored)?;
    }
    Ok(())
}

fn audit(tx: &mut StoreTx, present: &Present, after: &ProductRow) {
    let before = &present.row;
    let entry = AuditEntry::new("product.restored", "products", before.id)
        .change("title", &before.title, &after.title)
        .change("status", &before.status, &after.status)
        .change("options", &before.options, &after.options)
        .change("min_price_minor", before.min_price_minor, after.min_price_minor)
        .change("max_price_minor", before.max_price_minor, after.max_price_minor);
    tx.audit(entry);
}
