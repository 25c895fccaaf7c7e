//! What a call can end with instead of an answer.

use orion_types::Problem;
use orion_types::auth::SignInChallenge;

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// The server said no, and why.
    Problem(Problem),
    /// The server was not reached.
    Offline(String),
    /// The server said something that this app does not understand; it is probably newer or older than the server.
    Decode(String),
}

impl ApiError {
    /// A sentence to show.
    pub fn message(&self) -> String {
        match self {
            Self::Problem(problem) => problem.message().to_owned(),
            Self::Offline(_) => "The shop cannot be reached. Check the connection and try again.".to_owned(),
            Self::Decode(_) => "The answer was not understood. Reload the page and try again.".to_owned(),
        }
    }

    /// The code of the problem.
    pub fn code(&self) -> Option<&str> {
        self.problem().map(|problem| problem.code.as_str())
    }

    /// The status of the problem.
    pub fn status(&self) -> Option<u16> {
        self.problem().map(|problem| problem.status)
    }

    /// The problem itself.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// What a code has to be sent along with, where the password was right and the account has a second factor.
    pub fn challenge(&self) -> Option<&SignInChallenge> {
        self.problem().and_then(|problem| problem.challenge.as_ref())
    }

    /// The id to quote when asking for help.
    pub fn request_id(&self) -> Option<&str> {
        self.problem().and_then(|problem| problem.request_id.as_deref())
    }

    /// What is wrong with the field at a JSON pointer such as `/title`.
    pub fn field(&self, pointer: &str) -> Option<String> {
        self.problem()
            .and_then(|problem| problem.field(pointer))
            .map(|field| field.detail.clone())
    }
}
