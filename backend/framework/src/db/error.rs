//! What can go wrong between us and PostgreSQL, in the words that callers act on.

use diesel::result::{DatabaseErrorKind, Error};

use crate::problem::{self, ModuleError, ProblemDraft};

/// A database error.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// No such row, or not in this store.
    #[error("no such row")]
    NotFound,
    /// A unique index refused the row.
    #[error("the value is taken ({constraint})")]
    Unique {
        /// The index.
        constraint: String,
    },
    /// A foreign key refused the row: it points to something that is not there, or not in this store.
    #[error("the reference leads nowhere ({constraint})")]
    Reference {
        /// The key.
        constraint: String,
    },
    /// A CHECK refused the row.
    #[error("the value is out of its bounds ({constraint})")]
    Check {
        /// The CHECK.
        constraint: String,
    },
    /// The database is down, or every connection is busy.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// The database went away while it committed: whether the change is kept is not known.
    #[error("the database did not confirm the change: {0}")]
    Unconfirmed(String),
    /// A transaction wrote and told the audit log nothing.
    #[error("a transaction wrote without an audit entry")]
    Unaudited,
    /// Anything else.
    #[error(transparent)]
    Other(Error),
}

impl DbError {
    /// Whether the unique index `name` refused the row.
    pub fn is_unique(&self, name: &str) -> bool {
        matches!(self, Self::Unique { constraint } if constraint == name)
    }

    /// Whether the CHECK `name` refused the row.
    pub fn is_check(&self, name: &str) -> bool {
        matches!(self, Self::Check { constraint } if constraint == name)
    }
}

impl DbError {
    /// Whether the change may have been made all the same.
    pub const fn is_unconfirmed(&self) -> bool {
        matches!(self, Self::Unconfirmed(_))
    }

    /// What an error means that comes after everything was sent.
    pub(crate) fn while_committing(self) -> Self {
        match self {
            Self::Unavailable(reason) => Self::Unconfirmed(reason),
            certain => certain,
        }
    }
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        let Error::DatabaseError(kind, info) = &error else {
            return match error {
                Error::NotFound => Self::NotFound,
                Error::BrokenTransactionManager => Self::Unavailable("the connection broke".to_owned()),
                other => Self::Other(other),
            };
        };
        let constraint = info.constraint_name().unwrap_or_default().to_owned();
        match kind {
            DatabaseErrorKind::UniqueViolation => Self::Unique { constraint },
            DatabaseErrorKind::ForeignKeyViolation => Self::Reference { constraint },
            DatabaseErrorKind::CheckViolation => Self::Check { constraint },
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => Self::Unavailable(info.message().to_owned()),
            _ if connection_died(info.message()) => Self::Unavailable(info.message().to_owned()),
            // A NUL in a text that nobody looked at more closely: JSON can carry one, PostgreSQL cannot.
            _ if info.message().contains("invalid byte sequence for encoding") => Self::Check {
                constraint: "encoding".to_owned(),
            },
            _ => Self::Other(error),
        }
    }
}

/// libpq reports a server that went away as an unknown error; only its text tells.
fn connection_died(message: &str) -> bool {
    [
        "server closed the connection",
        "terminating connection",
        "connection to server",
        "no connection to the server",
        "SSL SYSCALL",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

impl ModuleError for DbError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::NotFound => ProblemDraft::new(&problem::NOT_FOUND),
            Self::Unique { .. } => ProblemDraft::new(&problem::CONFLICT),
            Self::Reference { .. } => ProblemDraft::new(&problem::INVALID).detail("A reference leads to nothing in this store."),
            Self::Check { .. } => ProblemDraft::new(&problem::INVALID).detail("A value is out of its bounds."),
            Self::Unavailable(_) => ProblemDraft::new(&problem::UNAVAILABLE).retry_after(2),
            Self::Unconfirmed(_) => ProblemDraft::new(&problem::UNCONFIRMED)
                .detail("Look whether it is there before you send it again; with the same Idempotency-Key it cannot happen twice.")
                .retry_after(2),
            Self::Unaudited | Self::Other(_) => ProblemDraft::new(&problem::INTERNAL),
        }
    }
}
