//! What signing in can end with.

use orion_types::auth::SignInChallenge;

use super::{PasswordError, PasswordRule, TokenError, VaultError};
use crate::db::DbError;
use crate::http::Failure;
use crate::problem::{FieldRule, INTERNAL, INVALID, ModuleError, ProblemDraft, ProblemKind, UNAUTHENTICATED, UNAVAILABLE};

/// E-mail or password are wrong, or the account may not sign in here; which of these is nobody's business.
pub static INVALID_CREDENTIALS: ProblemKind = ProblemKind {
    code: "auth.invalid_credentials",
    status: 401,
    title: "E-mail or password are not right",
};
/// The session is over.
pub static SESSION_ENDED: ProblemKind = ProblemKind {
    code: "auth.session_ended",
    status: 401,
    title: "The session has ended; sign in again",
};
/// Too many attempts.
pub static TOO_MANY_ATTEMPTS: ProblemKind = ProblemKind {
    code: "auth.too_many_attempts",
    status: 429,
    title: "Too many attempts to sign in; wait a moment",
};

/// The password is right, and the account has a second factor.
pub static CODE_NEEDED: ProblemKind = ProblemKind {
    code: "auth.code_needed",
    status: 401,
    title: "A code of the authenticator app is needed too",
};
/// The second step took too long or too many tries, or belongs elsewhere.
pub static CHALLENGE_ENDED: ProblemKind = ProblemKind {
    code: "auth.challenge_ended",
    status: 410,
    title: "Signing in has to begin again",
};
/// There is a second factor already.
pub static SECOND_FACTOR_ON: ProblemKind = ProblemKind {
    code: "auth.second_factor_on",
    status: 409,
    title: "The second factor is on already",
};
/// There is no second factor, or none that was started of late.
pub static NO_SECOND_FACTOR: ProblemKind = ProblemKind {
    code: "auth.no_second_factor",
    status: 409,
    title: "There is no second factor to do that with",
};

/// The problems of signing in.
pub static PROBLEMS: &[&ProblemKind] = &[
    &INVALID_CREDENTIALS,
    &SESSION_ENDED,
    &TOO_MANY_ATTEMPTS,
    &CODE_NEEDED,
    &CHALLENGE_ENDED,
    &SECOND_FACTOR_ON,
    &NO_SECOND_FACTOR,
];

/// Why signing in, staying signed in or changing a password did not work.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Unknown account, wrong password, or an account that may not sign in here.
    #[error("the credentials are not right")]
    InvalidCredentials,
    /// There is no session, or it has ended.
    #[error("the session has ended")]
    SessionEnded,
    /// Too many attempts.
    #[error("too many attempts, wait {retry_after} s")]
    TooManyAttempts {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The present password, asked for again, is wrong.
    #[error("the current password is not right")]
    WrongPassword,
    /// The new password breaks a rule.
    #[error("the new password {0}")]
    WeakPassword(PasswordRule),
    /// The password is right; this is what the second step answers.
    #[error("a code is needed")]
    CodeNeeded(SignInChallenge),
    /// The second step is over.
    #[error("the challenge has ended")]
    ChallengeEnded,
    /// The account has a second factor, and no code was given.
    #[error("no code was given")]
    CodeMissing,
    /// The code is none, an old one, or was used.
    #[error("the code is not right")]
    WrongCode,
    /// The second factor is on.
    #[error("the second factor is on")]
    SecondFactorOn,
    /// The second factor is off, or what was started has expired.
    #[error("there is no second factor")]
    NoSecondFactor,
    /// The secret of an authenticator app cannot be used.
    #[error("no authenticator: {0}")]
    Authenticator(#[from] totp_rs::TotpError),
    /// A secret could not be locked away or read again.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// So many passwords are being checked that this one was not.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A token could not be made.
    #[error("no token could be made: {0}")]
    Token(TokenError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for AuthError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl ModuleError for AuthError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::InvalidCredentials => ProblemDraft::new(&INVALID_CREDENTIALS),
            Self::SessionEnded => ProblemDraft::new(&SESSION_ENDED),
            Self::TooManyAttempts { retry_after } => ProblemDraft::new(&TOO_MANY_ATTEMPTS).retry_after(*retry_after),
            Self::WrongPassword => ProblemDraft::new(&INVALID).field("/current_password", "wrong_password", "is not the present password"),
            Self::WeakPassword(rule) => ProblemDraft::new(&INVALID).field("/new_password", rule.code(), rule.to_string()),
            Self::CodeNeeded(challenge) => ProblemDraft::new(&CODE_NEEDED).challenge(challenge.clone()),
            Self::ChallengeEnded => ProblemDraft::new(&CHALLENGE_ENDED).detail("Give e-mail and password again."),
            Self::CodeMissing => {
                ProblemDraft::new(&INVALID).field("/one_time_code", "required", "is required: the account has a second factor")
            }
            Self::WrongCode => ProblemDraft::new(&INVALID).field("/one_time_code", "wrong_code", "is not right, or was used already"),
            Self::SecondFactorOn => ProblemDraft::new(&SECOND_FACTOR_ON).detail("Turn it off before another one is set up."),
            Self::NoSecondFactor => ProblemDraft::new(&NO_SECOND_FACTOR).detail("Set it up first."),
            Self::Password(PasswordError::Busy) => ProblemDraft::new(&UNAVAILABLE).retry_after(5),
            Self::Password(PasswordError::Hash(_)) | Self::Token(_) | Self::Authenticator(_) | Self::Vault(_) => {
                ProblemDraft::new(&INTERNAL)
            }
            Self::Db(error) => error.problem(),
        }
    }
}

/// Whatever is wrong with a token, signing in again is the answer.
impl From<TokenError> for Failure {
    fn from(_: TokenError) -> Self {
        Self::of(&UNAUTHENTICATED)
    }
}
