//! Products that earlier files named and this one does not, where the merchant wants them to go.

use orion_framework::db::StoreTx;

use super::apply::MAX_KEY;
use super::header::Column;
use super::reader::ProductFile;
use super::report::{RowError, Tally};
use crate::error::CatalogError;
use crate::model::ImportRow;
use crate::queries::products::{KnownProduct, list_known};
use crate::service::lifecycle::archive_product;
use crate::undo::keep::archived_for;

/// Products that go in one transaction.
const BATCH: usize = 50;
/// Products that the report names; the count tells of all.
const NAMED: i32 = 1_000;

/// Archives the next of them, or counts all of them in a trial; true when there are no more. What is archived is no longer on sale, so a run that
/// dies here begins anew without counting anything twice.
pub(super) fn sweep(tx: &mut StoreTx, row: &ImportRow, file: &mut ProductFile, tally: &mut Tally) -> Result<bool, CatalogError> {
    if let Some(reason) = withheld(row, file, tally) {
        let told = format!("products that the file does not name were left as they are: {reason}");
        tally.note(vec![RowError::new(1, "", "missing_kept", told).noted()]);
        return Ok(true);
    }
    let mut gone = 0;
    loop {
        let known = list_known(tx, file.swept)?;
        if known.is_empty() {
            return Ok(true);
        }
        for product in known {
            file.swept = product.id;
            let Some(key) = unnamed(&product, file) else { continue };
            if row.missing_count + tally.missing < NAMED {
                let told = if row.dry_run {
                    "would go into the archive"
                } else {
                    "went into the archive"
                };
                let line = RowError::new(1, "", "missing", format!("the file does not name it: it {told}")).noted();
                tally.note(vec![RowError { product: key, ..line }]);
            }
            tally.missing += 1;
            if !row.dry_run {
                let archived = archive_product(tx, product.id.into())?;
                tally.changes.push(archived_for(tx, row.id, product.id, archived.version));
                gone += 1;
            }
            if gone >= BATCH {
                return Ok(false);
            }
        }
    }
}

/// Why nothing may be said to be missing. A file that holds only a part of the products says nothing about the others.
fn withheld(row: &ImportRow, file: &ProductFile, tally: &Tally) -> Option<&'static str> {
    let taken = |row: i32, batch: i32| row + batch > 0;
    if taken(row.failed_count, tally.failed) {
        return Some("some of it was refused");
    }
    if !file.header.has(Column::Title) || !file.header.has(Column::Price) {
        return Some("a file without titles and prices is only a part of a catalogue");
    }
    (file.survey.rows == 0).then_some("it has no products")
}

/// The key of a product that the file speaks of by not naming it.
fn unnamed(product: &KnownProduct, file: &ProductFile) -> Option<String> {
    let key = product.import_key.as_deref()?;
    // Of a key that was cut nobody knows how it went on.
    let cut = key.chars().count() >= MAX_KEY;
    let meant = !cut && !file.survey.names(key) && file.survey.speaks_of(&file.header, &product.vendor);
    meant.then(|| key.to_owned())
}
