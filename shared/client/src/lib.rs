//! The API as the three apps call it: typed, aborted on navigation, signed in through a cookie that scripts cannot read.
//!
//! [`Client`] makes calls that need nobody. [`SessionClient`] makes calls that need somebody; only a [`Session`] hands one out, so a call
//! that needs a session cannot be written without one.

mod answer;
mod error;
mod fetch;
mod page;
mod request;
mod session;

pub use answer::Answer;
pub use error::ApiError;
pub use page::{first_data, page_context};
pub use request::{Client, Options, SessionClient, idempotency_key};
pub use session::{Session, SessionState};
