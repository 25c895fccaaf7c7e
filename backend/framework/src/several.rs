//! Several things in one request: each is changed or refused by itself.

use orion_types::Page;
use orion_types::several::Outcome;
use uuid::Uuid;

use crate::db::StoreTx;
use crate::problem::{INVALID, ModuleError, ProblemDraft};

/// Most things in one request.
pub const MOST: usize = 500;

/// Whether a request names at least one thing, and not too many, in its field at `pointer`.
///
/// # Errors
/// 422 otherwise.
pub fn check_count(pointer: &str, count: usize) -> Result<(), ProblemDraft> {
    match count {
        1..=MOST => Ok(()),
        _ => Err(ProblemDraft::new(&INVALID).field(pointer, "out_of_range", format!("names 1 to {MOST}"))),
    }
}

/// Does the work for each of the things, in a savepoint of its own; the work tells the version afterwards.
///
/// # Errors
/// What is nobody's fault ends all of it, and nothing is changed.
pub fn each<I, E: ModuleError>(
    tx: &mut StoreTx,
    things: impl IntoIterator<Item = (Uuid, I)>,
    mut work: impl FnMut(&mut StoreTx, I) -> Result<Option<i32>, E>,
) -> Result<Page<Outcome>, E> {
    tx.no_audit("what changes is audited by itself, and all of it may have been refused");
    let mut outcomes = Vec::new();
    for (id, thing) in things {
        let done = tx.savepoint(|tx| work(tx, thing));
        outcomes.push(outcome(id, done)?);
    }
    Ok(Page::complete(outcomes))
}

/// What became of a thing.
///
/// # Errors
/// What is nobody's fault is no outcome.
pub fn outcome<E: ModuleError>(id: Uuid, done: Result<Option<i32>, E>) -> Result<Outcome, E> {
    let (status, version, problem) = match done {
        Ok(version) => (200, version, None),
        Err(error) => {
            let draft = error.problem();
            if draft.kind.status >= 500 {
                return Err(error);
            }
            (draft.kind.status, None, Some(draft.document(None, None)))
        }
    };
    Ok(Outcome {
        id,
        status,
        version,
        problem,
    })
}
