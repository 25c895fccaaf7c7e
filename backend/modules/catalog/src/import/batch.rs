//! A few products at a time, each in a savepoint of its own.

use std::convert::Infallible;

use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use super::apply::{ApplyError, apply};
use super::header::Column;
use super::parse::{ParsedProduct, parse};
use super::reader::{ProductFile, RowGroup};
use super::report::{FileError, RowError, Tally};

/// Products per transaction: enough to be quick, few enough to be seen moving.
const BATCH: usize = 20;
/// Lines in the report per product.
const MAX_ERRORS_PER_PRODUCT: usize = 20;

/// Why a batch could not be finished.
pub(super) enum StepError {
    File(FileError),
    Db(DbError),
}

impl From<DbError> for StepError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<FileError> for StepError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// A rehearsal ends like this, so that its savepoint is undone.
enum Undone {
    Done(Tally, bool),
    Failed(StepError),
}

impl From<DbError> for Undone {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// A batch that leaves nothing but its report.
pub(super) fn rehearse(tx: &mut StoreTx, file: &mut ProductFile, import: Uuid) -> Result<(Tally, bool), StepError> {
    let undone = tx.savepoint(|tx| -> Result<Infallible, Undone> {
        let (tally, ended) = batch(tx, file, import).map_err(Undone::Failed)?;
        Err(Undone::Done(tally, ended))
    });
    match undone {
        Err(Undone::Done(tally, ended)) => Ok((tally, ended)),
        Err(Undone::Failed(error)) => Err(error),
    }
}

/// The next products of the file and whether it has ended.
pub(super) fn batch(tx: &mut StoreTx, file: &mut ProductFile, import: Uuid) -> Result<(Tally, bool), StepError> {
    let mut tally = Tally::default();
    for _ in 0..BATCH {
        let Some(group) = file.next_product()? else {
            return Ok((tally, true));
        };
        tally.rows = tally.rows.saturating_add(group.count);
        if let Err(mut errors) = product(tx, file, &group, import, &mut tally)? {
            errors.truncate(MAX_ERRORS_PER_PRODUCT);
            tally.fail(errors);
        }
    }
    Ok((tally, false))
}

/// One product in a savepoint of its own: what is wrong with it does not touch the others.
fn product(
    tx: &mut StoreTx,
    file: &mut ProductFile,
    group: &RowGroup,
    import: Uuid,
    tally: &mut Tally,
) -> Result<Result<(), Vec<RowError>>, DbError> {
    let parsed = match parse(&file.header, group, tx.store().currency) {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors)),
    };
    let repeated = repeated_skus(file, &parsed);
    if !repeated.is_empty() {
        return Ok(Err(repeated));
    }
    match tx.savepoint(|tx| apply(tx, &file.header, &parsed, import)) {
        Ok(outcome) => {
            tally.count(outcome);
            file.note_skus(skus(&parsed).map(|(_, sku)| sku));
            Ok(Ok(()))
        }
        Err(ApplyError::Rows(errors)) => Ok(Err(errors)),
        Err(ApplyError::Db(error @ (DbError::Unavailable(_) | DbError::Unconfirmed(_) | DbError::Unaudited))) => Err(error),
        Err(ApplyError::Db(error)) => {
            tracing::error!(%error, slug = parsed.slug, "a product of an import could not be stored");
            Ok(Err(vec![RowError::new(
                parsed.line,
                "",
                "not_stored",
                "the product could not be stored",
            )]))
        }
    }
}

fn skus(parsed: &ParsedProduct) -> impl Iterator<Item = (i32, &str)> {
    parsed
        .variants
        .iter()
        .filter_map(|variant| Some((variant.line, variant.sku.as_deref().filter(|sku| !sku.is_empty())?)))
}

/// SKUs that an earlier product of the same file has; a rehearsal would not notice them in the database.
fn repeated_skus(file: &ProductFile, parsed: &ParsedProduct) -> Vec<RowError> {
    let column = file.header.name(Column::Sku);
    let repeated = skus(parsed).filter(|(_, sku)| file.knows_sku(sku));
    repeated
        .map(|(line, _)| RowError::new(line, column, "taken", "another product of the file has this SKU"))
        .collect()
}
