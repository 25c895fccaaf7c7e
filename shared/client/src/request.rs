//! Calls.

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use leptos::prelude::{Owner, StoredValue, WithValue, on_cleanup};
use orion_types::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::{AbortController, FormData, RequestCredentials};

use crate::{ApiError, Session};

/// Headers that some calls carry.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The version of what is changed: the call fails with 412 when somebody else was faster.
    pub if_match: Option<i32>,
    /// Makes a repeated call the same call.
    pub idempotency_key: Option<String>,
}

impl Options {
    /// Only if the version is still this one.
    pub fn if_match(version: i32) -> Self {
        Self {
            if_match: Some(version),
            ..Self::default()
        }
    }

    /// The same effect however often it is sent.
    pub fn idempotent(key: impl Into<String>) -> Self {
        Self {
            idempotency_key: Some(key.into()),
            ..Self::default()
        }
    }
}

/// A new idempotency key.
pub fn idempotency_key() -> String {
    let mut bytes = [0u8; 16];
    // `crypto.randomUUID` is missing, and throws, where a page comes by plain HTTP from another machine, such as a phone's test of a shop.
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    match filled {
        Some(Ok(_)) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        // An empty key would make different orders the same one.
        _ => format!("{}-{}", js_sys::Date::now(), js_sys::Math::random()),
    }
}

/// What a call sends.
enum Content<'a> {
    Nothing,
    Json(&'a str),
    Form(&'a FormData),
}

/// Calls that need nobody to be signed in.
#[derive(Debug, Clone)]
pub struct Client {
    api: String,
}

impl Client {
    /// A client of the API below a prefix, such as `/api/v1/storefront`.
    pub fn new(api: impl Into<String>) -> Self {
        Self { api: api.into() }
    }

    /// GET; the path starts with a slash and is below the API's prefix.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.call(Method::GET, path, Content::Nothing, &Options::default(), None).await
    }

    /// GET with a query string made from a value.
    pub async fn get_query<T: DeserializeOwned>(&self, path: &str, query: &impl Serialize) -> Result<T, ApiError> {
        self.get(&format!("{path}{}", query_string(query))).await
    }

    /// POST of JSON.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        self.send(Method::POST, path, body, &Options::default(), None).await
    }

    /// POST of JSON with options.
    pub async fn post_with<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize, options: &Options) -> Result<T, ApiError> {
        self.send(Method::POST, path, body, options, None).await
    }

    /// PATCH of JSON.
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        self.send(Method::PATCH, path, body, &Options::default(), None).await
    }

    /// DELETE; the answer may be empty (`()`).
    pub async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.call(Method::DELETE, path, Content::Nothing, &Options::default(), None).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
        options: &Options,
        token: Option<&str>,
    ) -> Result<T, ApiError> {
        let json = serde_json::to_string(body).map_err(|error| ApiError::Decode(error.to_string()))?;
        self.call(method, path, Content::Json(&json), options, token).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        content: Content<'_>,
        options: &Options,
        token: Option<&str>,
    ) -> Result<T, ApiError> {
        // A write runs to its end: to abort it would not undo it, and an aborted renewal would lose the new refresh token.
        let controller = if method == Method::GET { abort_with_owner() } else { None };
        let signal = controller.as_ref().map(AbortController::signal);
        let mut request = RequestBuilder::new(&format!("{}{path}", self.api))
            .method(method)
            .credentials(RequestCredentials::SameOrigin)
            .abort_signal(signal.as_ref())
            .header("accept", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        if let Some(version) = options.if_match {
            request = request.header("if-match", &format!("\"{version}\""));
        }
        if let Some(key) = &options.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        let request: Result<Request, _> = match content {
            Content::Nothing => request.build(),
            Content::Json(json) => request.header("content-type", "application/json").body(json),
            Content::Form(form) => request.body(form),
        };
        let request = request.map_err(|error| ApiError::Offline(error.to_string()))?;
        read(request.send().await.map_err(|error| ApiError::Offline(error.to_string()))?).await
    }
}

/// Aborts the call when the page or component that made it goes away.
fn abort_with_owner() -> Option<AbortController> {
    let _owner = Owner::current()?;
    let controller = AbortController::new().ok()?;
    let handle = StoredValue::new_local(controller.clone());
    on_cleanup(move || {
        handle.try_with_value(AbortController::abort);
    });
    Some(controller)
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    let text = response.text().await.map_err(|error| ApiError::Offline(error.to_string()))?;
    if response.ok() {
        let text = if text.is_empty() { "null" } else { &text };
        return serde_json::from_str(text).map_err(|error| ApiError::Decode(error.to_string()));
    }
    match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => Err(ApiError::Problem(problem)),
        Err(_) => Err(ApiError::Offline(format!("the server answered {}", response.status()))),
    }
}

/// `?a=1&b=x` from a flat struct; absent values are left out. Empty when nothing is set.
fn query_string(query: &impl Serialize) -> String {
    let value = serde_json::to_value(query).unwrap_or_default();
    let mut text = String::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let value = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        text.push_str(&String::from(js_sys::encode_uri_component(&value)));
    }
    text
}

/// Calls on behalf of somebody who is signed in; made by [`Session::client`].
#[derive(Clone, Copy)]
pub struct SessionClient {
    session: Session,
}

impl SessionClient {
    pub(crate) fn new(session: Session) -> Self {
        Self { session }
    }

    /// GET; the path starts with a slash and is below the API's prefix.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.call(Method::GET, path, Content::Nothing, Options::default()).await
    }

    /// GET with a query string made from a value.
    pub async fn get_query<T: DeserializeOwned>(&self, path: &str, query: &impl Serialize) -> Result<T, ApiError> {
        self.get(&format!("{path}{}", query_string(query))).await
    }

    /// POST of JSON.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        self.send(Method::POST, path, body, Options::default()).await
    }

    /// POST of JSON with options.
    pub async fn post_with<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize, options: Options) -> Result<T, ApiError> {
        self.send(Method::POST, path, body, options).await
    }

    /// PUT of JSON.
    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize, options: Options) -> Result<T, ApiError> {
        self.send(Method::PUT, path, body, options).await
    }

    /// PATCH of JSON.
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize, options: Options) -> Result<T, ApiError> {
        self.send(Method::PATCH, path, body, options).await
    }

    /// DELETE; the answer may be empty (`()`).
    pub async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        self.call(Method::DELETE, path, Content::Nothing, Options::default()).await
    }

    /// POST of a form with files.
    pub async fn upload<T: DeserializeOwned>(&self, path: &str, form: &FormData) -> Result<T, ApiError> {
        self.call(Method::POST, path, Content::Form(form), Options::default()).await
    }

    async fn send<T: DeserializeOwned>(&self, method: Method, path: &str, body: &impl Serialize, options: Options) -> Result<T, ApiError> {
        let json = serde_json::to_string(body).map_err(|error| ApiError::Decode(error.to_string()))?;
        self.call(method, path, Content::Json(&json), options).await
    }

    /// Calls with the present token; when it has expired meanwhile, renews it once and calls again. Guests have none to renew.
    async fn call<T: DeserializeOwned>(&self, method: Method, path: &str, content: Content<'_>, options: Options) -> Result<T, ApiError> {
        let client = self.session.public();
        let again = match &content {
            Content::Nothing => Content::Nothing,
            Content::Json(json) => Content::Json(json),
            Content::Form(form) => Content::Form(form),
        };
        self.session.settled().await;
        let token = self.session.token();
        match client.call(method.clone(), path, content, &options, token.as_deref()).await {
            Err(error) if error.status() == Some(401) && self.session.renew_after(token.as_deref()).await => {
                client.call(method, path, again, &options, self.session.token().as_deref()).await
            }
            outcome => outcome,
        }
    }
}
