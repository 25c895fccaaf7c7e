//! Errors as RFC 9457 problem documents: kinds with a stable code, drafts that a module fills in, and what a client gets.

use orion_types::auth::SignInChallenge;
use orion_types::{FieldProblem, Problem};

/// A kind of problem, declared once by the module that owns its code.
#[derive(Debug, PartialEq, Eq)]
pub struct ProblemKind {
    /// `module.snake_case`; it never changes its meaning.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The same sentence for every problem of the kind.
    pub title: &'static str,
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident = $code:literal $status:literal $title:literal)+) => {
        $($(#[$meta])* pub static $name: ProblemKind = ProblemKind { code: $code, status: $status, title: $title };)+
        /// The kinds that belong to no module.
        pub static FRAMEWORK: &[&ProblemKind] = &[$(&$name),+];
    };
}

kinds! {
    /// The body is not the syntax it says it is.
    BAD_REQUEST = "framework.bad_request" 400 "The request could not be read"
    /// A query parameter is unknown or unreadable.
    BAD_QUERY = "framework.bad_query" 400 "A query parameter is not understood"
    /// A list cursor is none of ours.
    BAD_CURSOR = "framework.invalid_cursor" 400 "The cursor is not one of this list"
    /// Nobody is signed in, or the session ended.
    UNAUTHENTICATED = "framework.unauthenticated" 401 "Signing in is needed"
    /// Signed in, but without the right.
    FORBIDDEN = "framework.forbidden" 403 "This account may not do that"
    /// A browser sent the request from another site.
    CROSS_ORIGIN = "framework.cross_origin" 403 "The request came from another origin"
    /// There is no such thing here.
    NOT_FOUND = "framework.not_found" 404 "There is nothing here"
    /// The module that would answer is off on this platform.
    MODULE_DISABLED = "framework.module_disabled" 404 "This feature is switched off"
    /// The path exists, the method does not.
    METHOD_NOT_ALLOWED = "framework.method_not_allowed" 405 "The method is not allowed here"
    /// The body did not arrive in time.
    TIMEOUT = "framework.timeout" 408 "The request took too long to arrive"
    /// The change collides with something that exists.
    CONFLICT = "framework.conflict" 409 "The change collides with something that exists"
    /// If-Match names an old version.
    STALE = "framework.stale" 412 "Somebody else has changed this in the meantime"
    /// The body is larger than allowed.
    TOO_LARGE = "framework.too_large" 413 "The request is too large"
    /// The content type is not JSON.
    UNSUPPORTED_MEDIA_TYPE = "framework.unsupported_media_type" 415 "The content type is not supported"
    /// Fields are wrong.
    INVALID = "framework.invalid" 422 "Some fields are not valid"
    /// If-Match is needed.
    PRECONDITION_REQUIRED = "framework.precondition_required" 428 "The header If-Match is required"
    /// Too many requests.
    RATE_LIMITED = "framework.rate_limited" 429 "Too many requests"
    /// Our fault; the log has the rest under the request id.
    INTERNAL = "framework.internal" 500 "Something went wrong on our side"
    /// The database cannot be reached or has no connection to spare.
    UNAVAILABLE = "framework.unavailable" 503 "The service is busy or down for a moment"
    /// The database went away between a change and the word that it is kept.
    UNCONFIRMED = "framework.unconfirmed" 503 "Nobody knows whether this was done"
    /// No space is left for files.
    STORAGE_FULL = "framework.storage_full" 507 "There is no space left to store the file"
}

/// A problem in the making: a kind and what happened this time.
#[derive(Debug, Clone)]
pub struct ProblemDraft {
    /// What kind it is.
    pub kind: &'static ProblemKind,
    /// What happened this time; safe to show.
    pub detail: Option<String>,
    /// One entry per wrong field.
    pub errors: Vec<FieldProblem>,
    /// Modules that must change first.
    pub modules: Box<[String]>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
    /// What the second step of signing in answers.
    pub challenge: Option<Box<SignInChallenge>>,
}

impl ProblemDraft {
    /// A draft with nothing but its kind.
    pub fn new(kind: &'static ProblemKind) -> Self {
        Self {
            kind,
            detail: None,
            errors: Vec::new(),
            modules: Box::default(),
            retry_after: None,
            challenge: None,
        }
    }

    /// Says what happened this time.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Names a wrong field by its JSON pointer (RFC 6901), query parameter or header.
    #[must_use]
    pub fn field(mut self, pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        self.errors.push(FieldProblem::new(pointer, code, detail));
        self
    }

    /// Names modules that must change first.
    #[must_use]
    pub fn modules(mut self, modules: Vec<String>) -> Self {
        self.modules = modules.into();
        self
    }

    /// Tells after how many seconds to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Says what the second step of signing in answers.
    #[must_use]
    pub fn challenge(mut self, challenge: SignInChallenge) -> Self {
        self.challenge = Some(Box::new(challenge));
        self
    }

    /// The document for the client.
    pub fn document(&self, instance: Option<&str>, request_id: Option<&str>) -> Problem {
        Problem {
            type_url: format!("/api/v1/errors#{}", self.kind.code),
            title: self.kind.title.to_owned(),
            status: self.kind.status,
            detail: self.detail.clone(),
            instance: instance.map(str::to_owned),
            code: self.kind.code.to_owned(),
            request_id: request_id.map(str::to_owned),
            errors: self.errors.clone(),
            modules: self.modules.to_vec(),
            challenge: self.challenge.as_deref().cloned(),
        }
    }
}

/// An error enum of a module: every variant has one problem.
pub trait ModuleError: std::error::Error + From<crate::db::DbError> + Send + 'static {
    /// The problem that tells the client about it; nothing internal may be in it.
    fn problem(&self) -> ProblemDraft;
}

/// The most findings of one answer. A list of half a million wrong values fits into a body, and each finding is far longer than its value.
const MOST_FINDINGS: usize = 1_000;

/// Collects what is wrong with a request, the first 1,000 findings of it, so that a person mends it in one go.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldProblem>);

impl FieldErrors {
    /// Adds what a check found about the field at `pointer`.
    pub fn check<T, E: FieldRule>(&mut self, pointer: impl Into<String>, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(rule) => {
                self.add(pointer, rule.code(), rule.to_string());
                None
            }
        }
    }

    /// Adds a finding, unless there are 1,000 already.
    pub fn add(&mut self, pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) {
        if self.0.len() < MOST_FINDINGS {
            self.0.push(FieldProblem::new(pointer, code, detail));
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ends the collection: a draft of kind [`INVALID`] when anything was found.
    pub fn into_result(self) -> Result<(), ProblemDraft> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut draft = ProblemDraft::new(&INVALID);
        draft.errors = self.0;
        Err(draft)
    }
}

/// A rule that a field broke: a stable code and a sentence.
pub trait FieldRule: std::fmt::Display {
    /// The code for programs.
    fn code(&self) -> &'static str;
}

impl FieldRule for orion_types::validation::FieldError {
    fn code(&self) -> &'static str {
        orion_types::validation::FieldError::code(*self)
    }
}
