//! The HTTP side: the stack around every request, bodies, queries, answers, errors and the response cache.

mod body;
mod cache;
mod cors;
mod failure;
mod headers;
mod limits;
mod page;
mod path;
mod query;
mod rate_limit;
mod respond;
mod shelves;
pub mod stack;

pub(crate) use body::keep_pace;
pub use body::{Body, BodyBudget, RawBody, cleared, is_too_slow};
pub use cache::{CachedAnswer, ResponseCache, Varies};
pub use cors::Cors;
pub use failure::Failure;
pub use headers::{Expected, IfMatch, accepts_coding, bearer, header_text, same_origin};
pub use limits::Limits;
pub use page::{DoorForm, ErrorPage, Voice, error_page, render_door_page, render_error_page, render_text_page};
pub use path::Path;
pub use query::Query;
pub(crate) use rate_limit::Allowance;
pub use respond::{Created, NoContent, Versioned};
