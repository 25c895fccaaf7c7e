//! A few products at a time, each in a savepoint of its own.

use std::convert::Infallible;

use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use super::apply::{ApplyError, apply};
use super::parse::parse;
use super::reader::{ProductFile, RowGroup};
use super::report::{FileError, Outcome, RowError, Tally};

/// Products per transaction: enough to be quick, few enough to be seen moving.
const BATCH: usize = 50;
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
        let Some(mut group) = file.next_product()? else {
            return Ok((tally, true));
        };
        group.lead_with_title(&file.header);
        tally.rows = tally.rows.saturating_add(group.count);
        match product(tx, file, &group, import)? {
            Ok((outcome, notes)) => {
                tally.count(outcome);
                tally.note(of_product(notes, &group.key));
            }
            Err(errors) => tally.fail(of_product(shortened(errors), &group.key)),
        }
    }
    Ok((tally, false))
}

/// What became of a product, with notes; or why it was refused.
type Taken = Result<(Outcome, Vec<RowError>), Vec<RowError>>;

/// One product in a savepoint of its own: what is wrong with it does not touch the others.
fn product(tx: &mut StoreTx, file: &ProductFile, group: &RowGroup, import: Uuid) -> Result<Taken, DbError> {
    let mut parsed = match parse(&file.header, file.survey.evidence, group, tx.store().currency) {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors)),
    };
    let mut notes = std::mem::take(&mut parsed.notes);
    match tx.savepoint(|tx| apply(tx, &file.header, &parsed, import)) {
        Ok((outcome, more)) => {
            notes.extend(more);
            Ok(Ok((outcome, notes)))
        }
        Err(ApplyError::Rows(errors)) => Ok(Err(errors)),
        Err(ApplyError::Db(error @ (DbError::Unavailable(_) | DbError::Unconfirmed(_) | DbError::Unaudited))) => Err(error),
        Err(ApplyError::Db(error)) => {
            tracing::error!(%error, handle = parsed.key, "a product of an import could not be stored");
            Ok(Err(vec![RowError::new(
                parsed.line,
                "",
                "not_stored",
                "the product could not be stored",
            )]))
        }
    }
}

fn of_product(lines: Vec<RowError>, key: &str) -> Vec<RowError> {
    let named = |line: RowError| RowError {
        product: key.to_owned(),
        ..line
    };
    lines.into_iter().map(named).collect()
}

/// A product whose every row is wrong says so in its first lines, and how many there are.
fn shortened(mut errors: Vec<RowError>) -> Vec<RowError> {
    let more = errors.len().saturating_sub(MAX_ERRORS_PER_PRODUCT);
    errors.truncate(MAX_ERRORS_PER_PRODUCT);
    if more > 0
        && let Some(line) = errors.last().map(|error| error.line)
    {
        errors.push(RowError::new(
            line,
            "",
            "more_errors",
            format!("{more} more cells of this product are wrong"),
        ));
    }
    errors
}
