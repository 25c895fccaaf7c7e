//! A client of one host and one area, with whatever it always sends.

use std::net::SocketAddr;

use reqwest::Method;
use serde::Serialize;
use serde_json::{Value, json};

use super::body::Form;
use super::{Answer, PASSWORD};

/// Sends requests; each method that adds something gives a new client.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: SocketAddr,
    host: String,
    prefix: String,
    headers: Vec<(String, String)>,
}

impl Client {
    /// A client for `host` at `address`; `prefix` goes before every path.
    pub fn new(address: SocketAddr, host: &str, prefix: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("an HTTP client");
        Self {
            http,
            address,
            host: host.to_owned(),
            prefix: prefix.to_owned(),
            headers: Vec::new(),
        }
    }

    /// The same client with one more header.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same client with an access token.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// The same client with a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str, value: &str) -> Self {
        self.with("cookie", &format!("{name}={value}"))
    }

    /// The same client, asking another host or another server.
    #[must_use]
    pub fn at(&self, address: SocketAddr, host: &str) -> Self {
        Self {
            address,
            host: host.to_owned(),
            ..self.clone()
        }
    }

    /// The same client without what goes before paths.
    #[must_use]
    pub fn at_root(&self) -> Self {
        Self {
            prefix: String::new(),
            ..self.clone()
        }
    }

    /// What goes before every path.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The server it asks.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token that this client sends.
    pub fn token(&self) -> Option<&str> {
        let (_, value) = self.headers.iter().rev().find(|(name, _)| name == "authorization")?;
        value.strip_prefix("Bearer ")
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(Method::POST, path, Some(to_value(body))).await
    }

    /// Replaces by JSON.
    pub async fn put(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(Method::PUT, path, Some(to_value(body))).await
    }

    /// Changes by JSON.
    pub async fn patch(&self, path: &str, body: impl Serialize) -> Answer {
        self.send(Method::PATCH, path, Some(to_value(body))).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Posts a form with files.
    pub async fn upload(&self, path: &str, form: Form) -> Answer {
        let (content_type, bytes) = form.finish();
        self.send_bytes(Method::POST, path, &content_type, bytes).await
    }

    /// Sends a request with or without a JSON body.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.try_send(method, path, body).await.expect("the server answers")
    }

    /// Like [`Self::send`]; the error when the server went away.
    pub async fn try_send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Answer, reqwest::Error> {
        let mut request = self.request(&method, path);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        self.answer(method, path, request).await
    }

    /// Sends bytes of some type.
    pub async fn send_bytes(&self, method: Method, path: &str, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.request(&method, path).header("content-type", content_type).body(body);
        self.answer(method, path, request).await.expect("the server answers")
    }

    fn request(&self, method: &Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("http://{}{}{path}", self.address, self.prefix);
        let request = self.http.request(method.clone(), url).header("host", &self.host);
        self.headers
            .iter()
            .fold(request, |request, (name, value)| request.header(name, value))
    }

    async fn answer(&self, method: Method, path: &str, request: reqwest::RequestBuilder) -> Result<Answer, reqwest::Error> {
        let told = format!("{method} {}{}{path}", self.host, self.prefix);
        let response = request.send().await?;
        Ok(Answer::read(told, response).await)
    }

    /// Signs in with the tests' password; the same client with the token.
    pub async fn signed_in(&self, email: &str) -> Self {
        let answer = self
            .post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .is(200);
        self.bearer(answer.json["access_token"].as_str().expect("a token"))
    }
}

fn to_value(body: impl Serialize) -> Value {
    serde_json::to_value(body).expect("the body is JSON")
}
