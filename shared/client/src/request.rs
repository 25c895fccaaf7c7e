//! Calls.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use orion_types::json::{FromJson, Json};
use serde::Serialize;
use web_sys::FormData;

use crate::answer::Answer;
use crate::fetch::{Content, Method, fetch};
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
        // Whole numbers: to write a floating-point number takes as much code as a page of the shop.
        _ => format!("{}-{}", js_sys::Date::now() as u64, (js_sys::Math::random() * 1e15) as u64),
    }
}

/// A text on its way. The same type for every call: only the last step, from text to value, depends on what is asked for.
type Text = LocalBoxFuture<'static, Result<String, ApiError>>;

/// What a call sends, or that it could not be written.
type Sent = Result<Content, ApiError>;

fn json(body: &impl Serialize) -> Sent {
    serde_json::to_string(body)
        .map(Content::Json)
        .map_err(|error| ApiError::Decode(error.to_string()))
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
    pub fn get<T: FromJson>(&self, path: &str) -> Answer<T> {
        self.call(Method::Get, path, Ok(Content::Nothing), Options::default()).into()
    }

    /// GET with a query string made from a value.
    pub fn get_query<T: FromJson>(&self, path: &str, query: &impl Serialize) -> Answer<T> {
        self.get(&with_query(path, &json(query)))
    }

    /// POST of JSON.
    pub fn post<T: FromJson>(&self, path: &str, body: &impl Serialize) -> Answer<T> {
        self.call(Method::Post, path, json(body), Options::default()).into()
    }

    /// POST of JSON with options.
    pub fn post_with<T: FromJson>(&self, path: &str, body: &impl Serialize, options: Options) -> Answer<T> {
        self.call(Method::Post, path, json(body), options).into()
    }

    /// PATCH of JSON.
    pub fn patch<T: FromJson>(&self, path: &str, body: &impl Serialize) -> Answer<T> {
        self.call(Method::Patch, path, json(body), Options::default()).into()
    }

    /// DELETE; the answer may be empty (`()`).
    pub fn delete<T: FromJson>(&self, path: &str) -> Answer<T> {
        self.call(Method::Delete, path, Ok(Content::Nothing), Options::default()).into()
    }

    fn call(&self, method: Method, path: &str, content: Sent, options: Options) -> Text {
        let url = self.url(path);
        async move { fetch(method, &url, &content?, &options, None).await }.boxed_local()
    }

    fn url(&self, path: &str) -> String {
        let mut url = self.api.clone();
        url.push_str(path);
        url
    }
}

/// `/path?a=1&b=x` from a flat struct; absent values are left out, and so is the question mark when nothing is set.
fn with_query(path: &str, query: &Sent) -> String {
    let mut text = path.to_owned();
    let Ok(Content::Json(query)) = query else { return text };
    let Ok(Json::Object(members)) = Json::parse(query) else {
        return text;
    };
    let mut joint = '?';
    for (name, value) in &members {
        let value = match value {
            Json::Text(text) => text.as_ref(),
            Json::Number(digits) => digits,
            Json::Bool(true) => "true",
            Json::Bool(false) => "false",
            Json::Null | Json::List(_) | Json::Object(_) => continue,
        };
        text.push(joint);
        joint = '&';
        text.push_str(name);
        text.push('=');
        text.push_str(&String::from(js_sys::encode_uri_component(value)));
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
    pub fn get<T: FromJson>(&self, path: &str) -> Answer<T> {
        self.call(Method::Get, path, Ok(Content::Nothing), Options::default()).into()
    }

    /// GET of a file of text.
    pub fn get_text(&self, path: &str) -> impl Future<Output = Result<String, ApiError>> + use<> {
        self.call(Method::Get, path, Ok(Content::Nothing), Options::default())
    }

    /// GET with a query string made from a value.
    pub fn get_query<T: FromJson>(&self, path: &str, query: &impl Serialize) -> Answer<T> {
        self.get(&with_query(path, &json(query)))
    }

    /// POST of JSON.
    pub fn post<T: FromJson>(&self, path: &str, body: &impl Serialize) -> Answer<T> {
        self.post_with(path, body, Options::default())
    }

    /// POST of JSON with options.
    pub fn post_with<T: FromJson>(&self, path: &str, body: &impl Serialize, options: Options) -> Answer<T> {
        self.call(Method::Post, path, json(body), options).into()
    }

    /// PUT of JSON.
    pub fn put<T: FromJson>(&self, path: &str, body: &impl Serialize, options: Options) -> Answer<T> {
        self.call(Method::Put, path, json(body), options).into()
    }

    /// PATCH of JSON.
    pub fn patch<T: FromJson>(&self, path: &str, body: &impl Serialize, options: Options) -> Answer<T> {
        self.call(Method::Patch, path, json(body), options).into()
    }

    /// DELETE; the answer may be empty (`()`).
    pub fn delete<T: FromJson>(&self, path: &str) -> Answer<T> {
        self.call(Method::Delete, path, Ok(Content::Nothing), Options::default()).into()
    }

    /// POST of a form with files.
    pub fn upload<T: FromJson>(&self, path: &str, form: &FormData) -> Answer<T> {
        self.call(Method::Post, path, Ok(Content::Form(form.clone())), Options::default())
            .into()
    }

    /// Calls with the present token; when it has expired meanwhile, renews it once and calls again. Guests have none to renew.
    fn call(&self, method: Method, path: &str, content: Sent, options: Options) -> Text {
        let session = self.session;
        let url = session.public().url(path);
        async move {
            let content = content?;
            session.settled().await;
            let token = session.token();
            match fetch(method, &url, &content, &options, token.as_deref()).await {
                Err(error) if error.status() == Some(401) && session.renew_after(token.as_deref()).await => {
                    fetch(method, &url, &content, &options, session.token().as_deref()).await
                }
                outcome => outcome,
            }
        }
        .boxed_local()
    }
}
