//! Errors on the wire: RFC 9457 problem details.

use crate::auth::SignInChallenge;

wire! {
    /// A problem document (`application/problem+json`, RFC 9457), the only shape of an error.
    pub struct Problem {
        /// A stable address that names the kind of problem; it ends in `code`.
        #[serde(rename = "type")]
        pub type_url: String,
        /// What happened, the same sentence for every problem of the kind.
        pub title: String,
        /// The HTTP status.
        pub status: u16,
        /// What happened this time, for a person to read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub detail: Option<String>,
        /// The path that was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub instance: Option<String>,
        /// The kind of problem for programs: `module.snake_case`.
        pub code: String,
        /// The id of the request; the same as in the header `x-request-id` and in the log.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub request_id: Option<String>,
        /// One entry per wrong field.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub errors: Vec<FieldProblem>,
        /// Modules that must change first, where a module switch is refused.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub modules: Vec<String>,
        /// What the second step of signing in answers, where the password was right and a code is needed too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub challenge: Option<SignInChallenge>,
    }

    /// What is wrong with one field of the request.
    pub struct FieldProblem {
        /// Where in the body: a JSON Pointer (RFC 6901); empty for the body as a whole, and where `parameter` or `header` says more.
        #[serde(default)]
        pub pointer: String,
        /// The query parameter that is wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub parameter: Option<String>,
        /// The header that is wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub header: Option<String>,
        /// What, for programs: `required`, `too_long`, `invalid_email` …
        pub code: String,
        /// What, for a person.
        pub detail: String,
    }
}

impl Problem {
    /// The problem of one field, query parameter or header, if it is among the errors.
    pub fn field(&self, place: &str) -> Option<&FieldProblem> {
        self.errors.iter().find(|error| error.place() == place)
    }

    /// The sentence to show to a person: the detail, or else the title.
    pub fn message(&self) -> &str {
        self.detail.as_deref().unwrap_or(&self.title)
    }
}

impl FieldProblem {
    /// A finding at a place: a JSON Pointer, or the name of a query parameter or of a header. Names of headers begin with a capital.
    pub fn new(place: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        let place = place.into();
        let (mut pointer, mut parameter, mut header) = (String::new(), None, None);
        if place.is_empty() || place.starts_with('/') {
            pointer = place;
        } else if place.starts_with(|first: char| first.is_ascii_uppercase()) {
            header = Some(place);
        } else {
            parameter = Some(place);
        }
        Self {
            pointer,
            parameter,
            header,
            code: code.into(),
            detail: detail.into(),
        }
    }

    /// The pointer, or the name of the parameter or header.
    pub fn place(&self) -> &str {
        self.parameter.as_deref().or(self.header.as_deref()).unwrap_or(&self.pointer)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} {})", self.message(), self.status, self.code)
    }
}
