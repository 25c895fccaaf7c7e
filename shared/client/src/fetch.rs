//! One exchange with the server.

use leptos::prelude::{Owner, StoredValue, WithValue, on_cleanup};
use orion_types::Problem;
use orion_types::json::from_str;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, FormData, Headers, RequestCredentials, RequestInit, Response};

use crate::{ApiError, Options};

/// What is done to what the address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What a call sends.
pub enum Content {
    Nothing,
    Json(String),
    Form(FormData),
}

/// Sends a request and returns the text of the answer, or the problem that the server has answered with.
pub async fn fetch(method: Method, url: &str, content: &Content, options: &Options, token: Option<&str>) -> Result<String, ApiError> {
    // A write runs to its end: to abort it would not undo it, and an aborted renewal would lose the new refresh token.
    let controller = if method == Method::Get { abort_with_owner() } else { None };
    let answer = exchange(method, url, content, options, token, controller.as_ref());
    let (status, text) = answer.await.map_err(|error| ApiError::Offline(described(&error)))?;
    if (200..300).contains(&status) {
        return Ok(if text.is_empty() { "null".to_owned() } else { text });
    }
    Err(match from_str::<Problem>(&text) {
        Ok(problem) => ApiError::Problem(problem),
        Err(_) => ApiError::Offline(format!("the server answered {status}")),
    })
}

async fn exchange(
    method: Method,
    url: &str,
    content: &Content,
    options: &Options,
    token: Option<&str>,
    controller: Option<&AbortController>,
) -> Result<(u16, String), JsValue> {
    let request = RequestInit::new();
    request.set_method(method.as_str());
    request.set_credentials(RequestCredentials::SameOrigin);
    request.set_headers(&headers(content, options, token)?.into());
    if let Some(controller) = controller {
        request.set_signal(Some(&controller.signal()));
    }
    match content {
        Content::Nothing => {}
        Content::Json(json) => request.set_body(&JsValue::from_str(json)),
        Content::Form(form) => request.set_body(form),
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(url, &request))
        .await?
        .unchecked_into();
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

fn headers(content: &Content, options: &Options, token: Option<&str>) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    headers.append("accept", "application/json")?;
    if let Some(token) = token {
        headers.append("authorization", &format!("Bearer {token}"))?;
    }
    if let Some(version) = options.if_match {
        headers.append("if-match", &format!("\"{version}\""))?;
    }
    if let Some(key) = &options.idempotency_key {
        headers.append("idempotency-key", key)?;
    }
    // A form names its own type, with the mark between its parts.
    if let Content::Json(_) = content {
        headers.append("content-type", "application/json")?;
    }
    Ok(headers)
}

fn described(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => "no answer".to_owned(),
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
