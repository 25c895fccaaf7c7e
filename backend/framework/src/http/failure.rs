//! A problem on its way to the client.

use std::fmt;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};

use crate::problem::{ModuleError, ProblemDraft, ProblemKind};

/// The error of every handler and extractor. The stack adds the request's id and path before it leaves.
#[derive(Debug)]
pub struct Failure {
    draft: ProblemDraft,
    /// What went wrong inside, for the log only.
    cause: Option<String>,
    /// A header that goes with the answer, such as a cookie that takes a dead token away.
    header: Option<Box<(HeaderName, HeaderValue)>>,
}

impl Failure {
    /// A failure with nothing but its kind.
    pub fn of(kind: &'static ProblemKind) -> Self {
        Self {
            draft: ProblemDraft::new(kind),
            cause: None,
            header: None,
        }
    }

    /// Sets a cookie with the answer.
    #[must_use]
    pub fn with_cookie(self, cookie: &Cookie<'static>) -> Self {
        match HeaderValue::from_str(&cookie.to_string()) {
            Ok(value) => self.with_header(SET_COOKIE, value),
            Err(error) => {
                tracing::error!(%error, "a cookie is no header");
                self
            }
        }
    }

    /// Sets a header of the answer, instead of one that was set before.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }

    /// What the client is told.
    pub fn draft(&self) -> &ProblemDraft {
        &self.draft
    }

    /// What only the log is told.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The answer, with the request's path and id when they are known.
    pub fn response(&self, instance: Option<&str>, request_id: Option<&str>) -> HttpResponse {
        let mut answer = self.builder();
        let document = self.draft.document(instance, request_id);
        answer.insert_header((CONTENT_TYPE, "application/problem+json"));
        answer.body(serde_json::to_vec(&document).unwrap_or_default())
    }

    /// An empty answer with the status and headers of the failure, for pages that bring their own body.
    pub fn builder(&self) -> HttpResponseBuilder {
        let mut answer = HttpResponse::build(self.status_code());
        answer.insert_header((CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.draft.retry_after {
            answer.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if self.status_code() == StatusCode::UNAUTHORIZED {
            answer.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(header) = &self.header {
            let (name, value) = header.as_ref();
            answer.insert_header((name.clone(), value.clone()));
        }
        answer
    }
}

impl From<ProblemDraft> for Failure {
    fn from(draft: ProblemDraft) -> Self {
        Self {
            draft,
            cause: None,
            header: None,
        }
    }
}

impl<E: ModuleError> From<E> for Failure {
    fn from(error: E) -> Self {
        let draft = error.problem();
        // The chain of causes is for whoever reads the log; a client learns nothing from it that it may know.
        let cause = (draft.kind.status >= 500).then(|| chain(&error));
        Self {
            draft,
            cause,
            header: None,
        }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.draft.kind.code)
    }
}

impl std::error::Error for Failure {}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.draft.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response(None, None)
    }
}

impl Failure {
    /// The same failure once more; the log gets its cause from whichever copy is rendered.
    pub(crate) fn again(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            cause: self.cause.clone(),
            header: self.header.clone(),
        }
    }
}
