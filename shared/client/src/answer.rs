//! From an answer's text to its value: the only part of a call that is there once per type.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::future::LocalBoxFuture;
use orion_types::json::{FromJson, JsonError, from_str};

use crate::ApiError;

/// A call on its way, or not sent yet: it is sent when it is awaited.
#[must_use = "a call is sent when it is awaited"]
pub struct Answer<T> {
    text: LocalBoxFuture<'static, Result<String, ApiError>>,
    value: PhantomData<fn() -> T>,
}

impl<T> From<LocalBoxFuture<'static, Result<String, ApiError>>> for Answer<T> {
    fn from(text: LocalBoxFuture<'static, Result<String, ApiError>>) -> Self {
        Self { text, value: PhantomData }
    }
}

impl<T: FromJson> Future for Answer<T> {
    type Output = Result<T, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.text
            .as_mut()
            .poll(context)
            .map(|text| from_str(&text?).map_err(not_understood))
    }
}

#[cold]
fn not_understood(error: JsonError) -> ApiError {
    ApiError::Decode(error.to_string())
}
