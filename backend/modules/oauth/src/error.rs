//! What can go wrong, and what a client is told about it. The addresses for programs alone answer in the words of OAuth; see [`crate::form`].

use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::problem::{INVALID, ModuleError, NOT_FOUND, ProblemDraft, ProblemKind};
use orion_types::oauth::{MAX_CONNECTIONS, MAX_PROGRAMS};

/// Nobody knows the program.
pub static UNKNOWN_PROGRAM: ProblemKind = ProblemKind {
    code: "oauth.unknown_program",
    status: 422,
    title: "Nobody knows this program here",
};
/// The program has not named the address that its answer would go to.
pub static UNKNOWN_REDIRECT: ProblemKind = ProblemKind {
    code: "oauth.unknown_redirect",
    status: 422,
    title: "The program has not said that answers may go to this address",
};
/// The program has asked in a way that nothing can be allowed to.
pub static ASKED_WRONGLY: ProblemKind = ProblemKind {
    code: "oauth.asked_wrongly",
    status: 422,
    title: "The program has asked in a way that cannot be answered",
};
/// Nobody gives what they lack, or what was not asked for.
pub static RIGHT_NOT_HELD: ProblemKind = ProblemKind {
    code: "oauth.right_not_held",
    status: 403,
    title: "A program is given rights that it asked for and that whoever gives them holds",
};
/// The store has as many programs as it may have.
pub static TOO_MANY_PROGRAMS: ProblemKind = ProblemKind {
    code: "oauth.too_many_programs",
    status: 409,
    title: "The store has registered as many programs as it may",
};
/// Somebody has as many connections as they may have.
pub static TOO_MANY_CONNECTIONS: ProblemKind = ProblemKind {
    code: "oauth.too_many_connections",
    status: 409,
    title: "As many programs act for you as may",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[
    &UNKNOWN_PROGRAM,
    &UNKNOWN_REDIRECT,
    &ASKED_WRONGLY,
    &RIGHT_NOT_HELD,
    &TOO_MANY_PROGRAMS,
    &TOO_MANY_CONNECTIONS,
];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum OauthError {
    /// The host is none at which a store gives tokens.
    #[error("no store gives tokens at this host")]
    NoIssuer,
    /// The program is neither registered, nor is there a document that says who it is.
    #[error("unknown program: {0}")]
    UnknownProgram(&'static str),
    /// The answer would go somewhere that the program has not named.
    #[error("unknown redirect")]
    UnknownRedirect,
    /// The program has asked in a wrong way.
    #[error("asked wrongly: {0}")]
    AskedWrongly(&'static str),
    /// A right was not asked for, or is not held; with its place in the list.
    #[error("right {0} is not to be given")]
    NotHeld(usize),
    /// One more program would be too many.
    #[error("too many programs")]
    TooManyPrograms,
    /// One more connection would be too many.
    #[error("too many connections")]
    TooManyConnections,
    /// What was asked for makes no sense.
    #[error("refused")]
    Refused(ProblemDraft),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for OauthError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for OauthError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl ModuleError for OauthError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::NoIssuer => ProblemDraft::new(&NOT_FOUND),
            Self::UnknownProgram(why) => ProblemDraft::new(&UNKNOWN_PROGRAM).detail(*why),
            Self::UnknownRedirect => {
                let told = "The program has not said that answers may go to this address: nothing was sent there.";
                ProblemDraft::new(&UNKNOWN_REDIRECT).detail(told)
            }
            Self::AskedWrongly(why) => ProblemDraft::new(&ASKED_WRONGLY).detail(*why),
            Self::NotHeld(place) => {
                let told = "was not asked for, or you do not hold it";
                ProblemDraft::new(&RIGHT_NOT_HELD).field(format!("/rights/{place}"), "not_held", told)
            }
            Self::TooManyPrograms => ProblemDraft::new(&TOO_MANY_PROGRAMS).detail(format!("It has {MAX_PROGRAMS}; take one away first.")),
            Self::TooManyConnections => {
                ProblemDraft::new(&TOO_MANY_CONNECTIONS).detail(format!("There are {MAX_CONNECTIONS}; revoke one first."))
            }
            Self::Refused(draft) => draft.clone(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}

/// A list of rights with nothing in it.
pub(crate) fn no_rights() -> ProblemDraft {
    ProblemDraft::new(&INVALID).field("/rights", "required", "names no right: allow one at least, or deny")
}
