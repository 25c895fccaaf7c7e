//! What a server answered, with checks that show the whole answer when they fail.

use std::collections::BTreeMap;

use bytes::Bytes;
use orion_types::Problem;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Method and address, for messages.
    pub request: String,
    /// The status.
    pub status: u16,
    /// Headers by their lower-case name.
    pub headers: BTreeMap<String, Vec<String>>,
    /// The body as it came.
    pub body: Bytes,
    /// The body as JSON; null when it is none.
    pub json: Value,
}

impl Answer {
    pub(crate) async fn read(request: String, response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in response.headers() {
            headers
                .entry(name.as_str().to_owned())
                .or_default()
                .push(String::from_utf8_lossy(value.as_bytes()).into_owned());
        }
        let body = response.bytes().await.expect("the body arrives");
        let json = serde_json::from_slice(&body).unwrap_or_default();
        Self {
            request,
            status,
            headers,
            body,
            json,
        }
    }

    /// The answer, when it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} answered {}", self.request, self.text());
        self
    }

    /// The answer, when it is a complete problem document of this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let problem = self.problem();
        assert_eq!(
            (self.status, problem.code.as_str()),
            (status, code),
            "{} answered {}",
            self.request,
            self.text()
        );
        self
    }

    /// The problem document, checked for what every one must have.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        let told = || format!("{} answered {} {}", self.request, self.status, self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", told());
        let problem: Problem = serde_json::from_value(self.json.clone()).unwrap_or_else(|error| panic!("{error}: {}", told()));
        assert_eq!(problem.status, self.status, "{}", told());
        assert!(problem.type_url.ends_with(&problem.code) && !problem.title.is_empty(), "{}", told());
        assert_eq!(problem.request_id.as_deref(), self.header("x-request-id"), "{}", told());
        problem
    }

    /// The answer, when its problem names this field.
    #[track_caller]
    pub fn at(self, pointer: &str) -> Self {
        let problem = self.problem();
        assert!(
            problem.field(pointer).is_some(),
            "{} does not name {pointer}: {}",
            self.request,
            self.text()
        );
        self
    }

    /// The body as a type of the API.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.json.clone()).unwrap_or_else(|error| panic!("{}: {error}: {}", self.request, self.text()))
    }

    /// The rows of a list.
    #[track_caller]
    pub fn rows<T: DeserializeOwned>(&self) -> Vec<T> {
        serde_json::from_value(self.json["data"].clone()).unwrap_or_else(|error| panic!("{}: {error}: {}", self.request, self.text()))
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|values| values.first()).map(String::as_str)
    }

    /// The value of a cookie that was set; empty when it was taken away.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get("set-cookie")?;
        let start = format!("{name}=");
        let cookie = cookies.iter().find(|cookie| cookie.starts_with(&start))?;
        cookie.split(';').next()?.strip_prefix(&start).map(str::to_owned)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}
