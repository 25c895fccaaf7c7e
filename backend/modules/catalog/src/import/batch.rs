//! A few products at a time, each in a savepoint of its own.

use std::convert::Infallible;

use orion_framework::db::{DbError, StoreTx};

use super::apply::{Applied, ApplyError, Task, apply};
use super::header::Header;
use super::parse::parse;
use super::reader::{ProductFile, Row, RowGroup};
use super::report::{FileError, Refused, RowError, Tally};
use super::values;

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
pub(super) fn rehearse(tx: &mut StoreTx, file: &mut ProductFile, task: Task) -> Result<(Tally, bool), StepError> {
    let undone = tx.savepoint(|tx| -> Result<Infallible, Undone> {
        let (tally, ended) = batch(tx, file, task).map_err(Undone::Failed)?;
        Err(Undone::Done(tally, ended))
    });
    match undone {
        Err(Undone::Done(tally, ended)) => Ok((tally, ended)),
        Err(Undone::Failed(error)) => Err(error),
    }
}

/// The next products of the file and whether it has ended.
pub(super) fn batch(tx: &mut StoreTx, file: &mut ProductFile, task: Task) -> Result<(Tally, bool), StepError> {
    let mut tally = Tally::default();
    for _ in 0..BATCH {
        let Some(mut group) = file.next_product()? else {
            return Ok((tally, true));
        };
        group.lead_with_title(&file.header);
        tally.rows = tally.rows.saturating_add(group.count);
        match product(tx, file, &group, task)? {
            Ok(applied) => {
                tally.count(applied.outcome);
                tally.note(of_product(applied.notes, &group.key));
                tally.changes.extend(applied.changes);
            }
            Err(errors) => {
                let rows = refused_rows(&errors, &group, &file.header);
                tally.fail(of_product(with_values(shortened(errors), &group, &file.header), &group.key), rows);
            }
        }
    }
    Ok((tally, false))
}

/// What became of a product, or why it was refused.
type Taken = Result<Applied, Vec<RowError>>;

/// One product in a savepoint of its own: what is wrong with it does not touch the others.
fn product(tx: &mut StoreTx, file: &ProductFile, group: &RowGroup, task: Task) -> Result<Taken, DbError> {
    let mut parsed = match parse(&file.header, file.survey.evidence, group, tx.store().currency) {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors)),
    };
    let mut notes = std::mem::take(&mut parsed.notes);
    match tx.savepoint(|tx| apply(tx, &file.header, &parsed, task)) {
        Ok(applied) => {
            notes.extend(applied.notes);
            Ok(Ok(Applied { notes, ..applied }))
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

/// What the store refused names the column; what stands there is added.
fn with_values(errors: Vec<RowError>, group: &RowGroup, header: &Header) -> Vec<RowError> {
    let valued = |error: RowError| {
        let row = group.rows.iter().find(|row| row.line == error.line);
        match row.filter(|_| error.value.is_empty()) {
            Some(row) => {
                let value = values::shortened(header.below(&row.fields, &error.column));
                error.of(value)
            }
            None => error,
        }
    };
    errors.into_iter().map(valued).collect()
}

/// The rows of a refused product in the order of the file, each with what is wrong in it.
fn refused_rows(errors: &[RowError], group: &RowGroup, header: &Header) -> Vec<Refused> {
    let is_there = |line: i32| group.rows.iter().any(|row| row.line == line);
    let said = |error: &RowError| match error.column.as_str() {
        "" => error.detail.clone(),
        column => format!("{column}: {}", error.detail),
    };
    let mut rows: Vec<&Row> = group.rows.iter().collect();
    rows.sort_by_key(|row| row.line);
    let first = rows.first().map(|row| row.line);
    let refused = |row: &Row| {
        // What is said about no row that is kept is said about the first.
        let about = |error: &&RowError| error.line == row.line || (Some(row.line) == first && !is_there(error.line));
        let reasons: Vec<String> = errors.iter().filter(about).map(said).collect();
        Refused {
            line: row.line,
            reason: reasons.join("; "),
            cells: header.cells(&row.fields),
        }
    };
    rows.into_iter().map(refused).collect()
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

#[cfg(test)]
mod tests {
    use csv::StringRecord;

    use super::super::mapping::Mapping;
    use super::*;

    #[test]
    fn what_the_store_refuses_says_the_value_of_the_cell() {
        let header = Header::read(&StringRecord::from(vec!["Handle", "Tags"]), &Mapping::default()).unwrap();
        let group = RowGroup {
            rows: vec![Row {
                line: 2,
                fields: StringRecord::from(vec!["mug", "red, blue"]),
            }],
            ..RowGroup::default()
        };
        let refused = |line, column: &str| RowError::new(line, column, "too_long", "is too long");
        let said = refused(2, "Tags").of("said before");
        let told = with_values(vec![refused(2, "Tags"), refused(2, ""), refused(9, "Tags"), said], &group, &header);
        let values: Vec<&str> = told.iter().map(|error| error.value.as_str()).collect();
        assert_eq!(values, ["red, blue", "", "", "said before"]);
    }
}
