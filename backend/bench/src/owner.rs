//! Whom the load data's stores belong to, and what that person asks.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::client::{Connection, Request};

/// Signs in at a store's dashboard and returns the access token, which is good for ten minutes.
///
/// # Errors
/// When the store does not know its owner.
pub fn sign_in(port: u16, host: &str) -> anyhow::Result<String> {
    let body = json!({ "email": "owner@acme.test", "password": "Orion-demo-2026!" }).to_string();
    let session = ask(
        &mut Connection::open(port, host)?,
        &Request {
            method: "POST",
            path: "/api/v1/store/auth/login",
            body: &body,
            ..Request::default()
        },
    )?;
    Ok(text(&session, "access_token")?.to_owned())
}

/// Asks and reads the answer's JSON.
///
/// # Errors
/// When the answer is a refusal; what it says is in the error.
pub fn ask(connection: &mut Connection, request: &Request<'_>) -> anyhow::Result<Value> {
    let answer = connection.send(request)?;
    let body = String::from_utf8_lossy(&answer.body);
    ensure!(answer.status < 300, "{} answered {}: {body}", request.path, answer.status);
    Ok(serde_json::from_str(&body)?)
}

/// A text of an answer.
///
/// # Errors
/// When the field is missing or no text.
pub fn text<'a>(value: &'a Value, field: &str) -> anyhow::Result<&'a str> {
    value[field].as_str().with_context(|| format!("no {field} in {value}"))
}
